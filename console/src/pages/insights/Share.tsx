import type { RequestImpactStatistics } from "../../api/types.gen";
import { useLanguage } from "../../i18n";
import { shareOf } from "./reading";

/** How many requests had a fault, of how many, and as a bar; the figures say what the bar shows. */
export function Share({ impact }: { impact: RequestImpactStatistics }) {
  const { say, format } = useLanguage();
  const share = shareOf(impact);
  return (
    <span className="insight-share">
      <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
        <rect className="insight-all" width="100" height="8" />
        <rect className="insight-fault" width={share * 100} height="8" />
      </svg>
      <b>{format.percent(share)}</b>
      <span className="secondary">{say("insights.of", format.compact(impact.FaultCount), format.compact(impact.TotalCount))}</span>
    </span>
  );
}
