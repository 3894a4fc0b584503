import Button from "@cloudscape-design/components/button";
import { useQuery } from "@tanstack/react-query";
import { call } from "../../api/client";
import { useLanguage } from "../../i18n";
import type { Asked } from "../../state/question";
import { LONGEST_SECONDS } from "../../state/range";
import { useRangeWords } from "../../shell/range-words";
import { startOf } from "./summaries";

/** Nothing to show: says why, where the nearest trace is, and how to get there. */
export function NoTraces({ asked, considered }: { asked: Asked; considered: number }) {
  const { say, format } = useLanguage();
  const { question, window, ask } = asked;
  const words = useRangeWords();
  const filtered = question.filter !== "";
  const latest = useQuery({
    queryKey: ["GetTraceSummaries", "latest", window.end],
    enabled: !filtered,
    queryFn: async ({ signal }) => {
      const end = Date.now() / 1000;
      const page = await call("GetTraceSummaries", { StartTime: end - LONGEST_SECONDS, EndTime: end }, signal);
      return { end, trace: page.TraceSummaries?.[0] ?? null };
    },
  });
  const trace = latest.data?.trace;
  return (
    <div className="blank">
      <h2>{filtered && considered > 0 ? say("traces.emptyFiltered", say("traces.count", considered)) : say("traces.empty", words(question.timeRange))}</h2>
      {filtered ? (
        <Button onClick={() => ask({ filter: "" })}>{say("traces.dropFilter")}</Button>
      ) : trace ? (
        <>
          <p className="secondary">{say("traces.latest", format.age(latest.data!.end - startOf(trace)))}</p>
          <Button onClick={() => ask({ timeRange: { kind: "last", seconds: LONGEST_SECONDS } })}>{say("traces.widen")}</Button>
        </>
      ) : (
        <p className="secondary">{say("traces.emptyHint")}</p>
      )}
    </div>
  );
}
