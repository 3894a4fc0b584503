import type { ServiceChange } from "../../api/types.gen";
import { useLanguage } from "../../i18n";

const NOTICED = 1.25;
const NOTICED_SHARE = 0.01;

/** What became of a service since the period before, in a few words; nothing is said of what chance may account for. */
export function Change({ change }: { change: ServiceChange | undefined }) {
  const { say, format } = useLanguage();
  if (!change || change.Count === 0) return <span className="secondary">–</span>;
  if (change.CountBefore === 0) return <span className="secondary">{say("services.isNew")}</span>;
  const words = [];
  if (change.FaultShare - change.FaultShareBefore >= NOTICED_SHARE) words.push(say("services.moreFaults", format.percent(change.FaultShare), format.percent(change.FaultShareBefore)));
  if (change.P95Before > 0 && change.P95 / change.P95Before >= NOTICED) words.push(say("services.slower", format.compact(Number((change.P95 / change.P95Before).toPrecision(2)))));
  if (!change.IsUnhealthy) return <span className="secondary">{words.length > 0 ? words.join(", ") : say("services.steady")}</span>;
  if (change.FirstBad) words.push(say("services.worse", format.clock(change.FirstBad)));
  return <span className="status-fault">{words.join(", ")}</span>;
}
