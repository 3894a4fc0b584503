import { useLanguage } from "../../i18n";
import { type Pill, PILLS } from "../../timeline/kinds";

export const LENSES = ["timeline", "flame", "map", "table", "json"] as const;
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
  pills: readonly Pill[];
  onPills: (pills: Pill[]) => void;
  /** How many spans each pill means; null where that is not known. */
  counts: Readonly<Record<Pill, number | null>>;
  hide: boolean;
  onHide: (hide: boolean) => void;
  /** Where traces with such spans are found; null when there is nowhere to look. */
  search: string | null;
}

/** How the trace is looked at, and which of its spans. */
export function LensBar({ lens, onLens, filter, onFilter, found, of, onNext, pills, onPills, counts, hide, onHide, search }: Props) {
  const { say, format } = useLanguage();
  const turn = (pill: Pill) => onPills(PILLS.filter((each) => (each === pill ? !pills.includes(each) : pills.includes(each))));
  return (
    <div className="lens-bar">
      <div role="group" aria-label={say("lens.label")} className="lenses">
        {LENSES.map((each) => (
          <button key={each} type="button" className="tool" data-outlined data-lens={each} aria-pressed={each === lens} onClick={() => onLens(each)}>
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
      <div role="group" aria-label={say("pill.label")} className="lenses">
        {PILLS.map((pill) => (
          counts[pill] !== null && (
            <button key={pill} type="button" className="tool pill" data-outlined data-pill={pill} aria-pressed={pills.includes(pill)} disabled={counts[pill] === 0 && !pills.includes(pill)} onClick={() => turn(pill)}>
              {say(`pill.${pill}`)} <span className="timeline-count">{format.number(counts[pill])}</span>
            </button>
          )
        ))}
      </div>
      {found !== null && (
        <button type="button" className="tool" data-outlined aria-pressed={hide} onClick={() => onHide(!hide)}>{say("lens.hide")}</button>
      )}
      <span className="secondary" role="status">{found === null ? "" : say("lens.found", format.number(found), format.number(of))}</span>
      {search && <a className="lens-search" href={search}>{say("lens.search")}</a>}
    </div>
  );
}
