import { useLanguage } from "../i18n";
import type { Asked } from "../state/question";
import { range } from "../state/range";

const CHOICES = [300, 900, 3600, 6 * 3600];

/** How long a look back, for pages that ask about now: four buttons, where the whole question bar would weigh too much. */
export function Period({ asked }: { asked: Asked }) {
  const { say, format } = useLanguage();
  const { question, ask, refresh } = asked;
  const now = range.format(question.timeRange);
  return (
    <div className="period" role="group" aria-label={say("home.period")}>
      {CHOICES.map((seconds) => {
        const on = range.format({ kind: "last", seconds }) === now;
        return (
          <button key={seconds} type="button" className="tool" data-outlined aria-pressed={on} onClick={() => (on ? refresh() : ask({ timeRange: { kind: "last", seconds } }))}>
            {format.period(seconds)}
          </button>
        );
      })}
      <button type="button" className="tool" data-outlined title={say("question.refresh")} aria-label={say("question.refresh")} onClick={refresh}>
        <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
          <path d="M13.5 8A5.5 5.5 0 1 1 11.6 3.8M12 1v3.2H8.8" fill="none" stroke="currentColor" strokeWidth="1.5" />
        </svg>
      </button>
    </div>
  );
}
