import { useLanguage } from "../../i18n";

export const LENSES = ["timeline", "flame"] as const;
export type Lens = (typeof LENSES)[number];

interface Props {
  lens: Lens;
  onLens: (lens: Lens) => void;
  filter: string;
  onFilter: (filter: string) => void;
  /** How many spans the filter means, of all; null without a filter. */
  found: number | null;
  of: number;
  onNext: () => void;
}

/** How the trace is looked at, and which of its spans. */
export function LensBar({ lens, onLens, filter, onFilter, found, of, onNext }: Props) {
  const { say, format } = useLanguage();
  return (
    <div className="lens-bar">
      <div role="group" aria-label={say("lens.label")} className="lenses">
        {LENSES.map((each) => (
          <button key={each} type="button" className="tool" data-outlined aria-pressed={each === lens} onClick={() => onLens(each)}>
            {say(`lens.${each}`)} {each === "flame" && <kbd>f</kbd>}
          </button>
        ))}
      </div>
      <input
        type="search"
        className="lens-filter"
        aria-label={say("lens.filter")}
        placeholder={say("lens.filter")}
        spellCheck={false}
        value={filter}
        onChange={(event) => onFilter(event.target.value)}
        onKeyDown={(event) => event.key === "Enter" && onNext()}
      />
      <span className="secondary" role="status">{found === null ? "" : say("lens.found", format.number(found), format.number(of))}</span>
    </div>
  );
}
