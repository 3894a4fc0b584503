import { call } from "./client";
import type { Trace } from "./types.gen";

/** The whole trace, page by page; null when it is not stored. */
export async function readTrace(id: string, signal: AbortSignal): Promise<Trace | null> {
  let trace: Trace | null = null;
  let token: string | null | undefined;
  do {
    const page = await call("BatchGetTraces", { TraceIds: [id], ...(token && { NextToken: token }) }, signal);
    for (const part of page.Traces ?? []) {
      trace = trace ? { ...part, Segments: [...(trace.Segments ?? []), ...(part.Segments ?? [])] } : part;
    }
    token = page.NextToken;
  } while (token);
  return trace;
}
