import { useLanguage } from "../../i18n";
import type { Outcome } from "./record";

const SHAPES: Record<Outcome, React.ReactNode> = {
  done: <path d="m2 6.4 2.8 2.8L10.2 3" fill="none" stroke="currentColor" strokeWidth="1.8" />,
  refused: <path d="M3.6.8h4.8l2.8 2.8v4.8l-2.8 2.8H3.6L.8 8.4V3.6ZM3 5.2v1.6h6V5.2Z" fill="currentColor" fillRule="evenodd" />,
  failed: <path d="m2.2 2.2 7.6 7.6m0-7.6L2.2 9.8" fill="none" stroke="currentColor" strokeWidth="2" />,
  told: <path d="M5.2 1h1.6v2H5.2Zm0 3.6h1.6V11H5.2Z" fill="currentColor" />,
};

/** What became of a request: a shape and a word of its own each, so that colour only repeats it. */
export function OutcomeMark({ outcome }: { outcome: Outcome }) {
  const { say } = useLanguage();
  return (
    <span className="audit-outcome" data-outcome={outcome}>
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true" focusable="false">{SHAPES[outcome]}</svg>
      {say(`audit.outcome.${outcome}`)}
    </span>
  );
}
