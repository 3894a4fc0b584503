import { useEffect, useRef, useState } from "react";
import { ApiError, UNREACHABLE } from "../api/client";
import { eventsOf, type ServerEvent } from "../api/stream";

/** How a stream is: on its way, open, lost and tried again at a moment (epoch ms), or refused for good. */
export type StreamState = { kind: "connecting" | "open" } | { kind: "lost"; againAt: number } | { kind: "refused"; error: ApiError };

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 15_000;

/** Listens to a stream for as long as the page shows; what is lost is opened again, later each time. */
export function useStream(path: string, hear: (event: ServerEvent) => void): [StreamState, () => void] {
  const [state, setState] = useState<StreamState>({ kind: "connecting" });
  const [turn, setTurn] = useState(0);
  const current = useRef(hear);
  current.current = hear;
  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let wait = FIRST_WAIT_MS;
    const listen = async () => {
      try {
        setState({ kind: "connecting" });
        for await (const event of eventsOf(path, stop.signal)) {
          wait = FIRST_WAIT_MS;
          setState((before) => (before.kind === "open" ? before : { kind: "open" }));
          if (stop.signal.aborted) return;
          current.current(event);
        }
        throw new ApiError(path, UNREACHABLE, "the stream ended", 0, null, null);
      } catch (error) {
        if (stop.signal.aborted) return;
        const known = error instanceof ApiError ? error : new ApiError(path, UNREACHABLE, String(error), 0, null, null);
        if (known.code !== UNREACHABLE && known.status < 500 && known.status !== 429) return setState({ kind: "refused", error: known });
        setState({ kind: "lost", againAt: Date.now() + wait });
        timer = setTimeout(() => void listen(), wait);
        wait = Math.min(LONGEST_WAIT_MS, wait * 2);
      }
    };
    void listen();
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [path, turn]);
  return [state, () => setTurn((turn) => turn + 1)];
}
