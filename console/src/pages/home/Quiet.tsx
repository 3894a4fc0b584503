import { useQuery } from "@tanstack/react-query";
import { Link, Redirect } from "wouter";
import { ApiError, ask } from "../../api/client";
import type { TraceSummary } from "../../api/types.gen";
import { useLanguage } from "../../i18n";
import { useRangeWords } from "../../shell/range-words";
import { type Asked, linkTo } from "../../state/question";
import { LONGEST_SECONDS } from "../../state/range";

const WINDOWS_S = [30 * 86_400, LONGEST_SECONDS]; // a server may be held to AWS's six hours
const AROUND_S = 450;

/** The newest trace there is, as far back as the server answers for. */
async function newest(signal: AbortSignal): Promise<{ trace: TraceSummary | null; now: number }> {
  const now = Date.now() / 1000;
  for (const seconds of WINDOWS_S) {
    try {
      const page = await ask("GetTraceSummaries", { StartTime: now - seconds, EndTime: now + 60 }, signal);
      return { trace: page.TraceSummaries?.[0] ?? null, now };
    } catch (error) {
      if (!(error instanceof ApiError && error.code === "InvalidRequestException")) throw error;
    }
  }
  return { trace: null, now };
}

/** Nothing in this period: where the latest trace is; and when there is none at all, how to send a first one. */
export function Quiet({ asked }: { asked: Asked }) {
  const { say, format } = useLanguage();
  const words = useRangeWords();
  const latest = useQuery({ queryKey: ["newest", asked.window.end], queryFn: ({ signal }) => newest(signal) });
  if (!latest.data) return latest.isError ? <p className="blank">{say("home.quiet", words(asked.question.timeRange))}</p> : null;
  const { trace, now } = latest.data;
  if (!trace) return <Redirect to="/start" replace />;
  const at = trace.StartTime ?? Number.parseInt(trace.Id?.slice(2, 10) ?? "0", 16);
  const around = { kind: "fixed" as const, start: Math.floor(at) - AROUND_S, end: Math.floor(at) + AROUND_S };
  return (
    <div className="blank">
      <h2>{say("home.quiet", words(asked.question.timeRange))}</h2>
      <p>
        {say("home.latest", format.age(now - at))} <Link href={linkTo("/", { timeRange: around })}>{say("home.goThere")}</Link>
      </p>
      <p><Link href="/start">{say("home.send")}</Link></p>
    </div>
  );
}
