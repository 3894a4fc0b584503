import { call } from "../api/client";
import { readTraces } from "../api/read-traces";
import { compose, type FileData } from "./compose";

const CALLS_AT_ONCE = 6;

/**
 * The text of a file with these traces, their maps, and the map of all of them.
 *
 * Raises: ApiError; TooLarge; Error when the server has no page for files.
 */
export async function fileOf(ids: readonly string[], question: string): Promise<string> {
  const page = await fetch("/viewer.html");
  if (!page.ok) throw new Error("404 /viewer.html");
  const traces = await readTraces(ids);
  const services = async (wanted: readonly string[]) => (await call("GetTraceGraph", { TraceIds: [...wanted] })).Services ?? [];
  const all = await services(traces.map((trace) => trace.Id ?? ""));
  const whole: FileData["Traces"][number][] = [];
  for (let at = 0; at < traces.length; at += CALLS_AT_ONCE) {
    const some = traces.slice(at, at + CALLS_AT_ONCE);
    const maps = await Promise.all(some.map((trace) => (traces.length === 1 ? all : services([trace.Id ?? ""]))));
    whole.push(...some.map((trace, i) => ({ ...trace, Services: maps[i]! })));
  }
  return compose(await page.text(), { Version: 1, Written: Date.now() / 1000, Question: question, Services: all, Traces: whole });
}
