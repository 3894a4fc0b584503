import { call } from "./client";
import type { Trace } from "./types.gen";

const AT_ONCE = 5;

/** The traces of these ids that are there, each with the segments of all pages. */
export async function readTraces(ids: readonly string[], signal?: AbortSignal): Promise<Trace[]> {
  const found = new Map<string, Trace>();
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    let token: string | null | undefined;
    do {
      const page = await call("BatchGetTraces", { TraceIds: ids.slice(at, at + AT_ONCE), ...(token && { NextToken: token }) }, signal);
      for (const part of page.Traces ?? []) {
        const before = found.get(part.Id ?? "");
        found.set(part.Id ?? "", before ? { ...part, Segments: [...(before.Segments ?? []), ...(part.Segments ?? [])] } : part);
      }
      token = page.NextToken;
    } while (token);
  }
  return [...found.values()];
}
