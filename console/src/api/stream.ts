import { refusalOf, UNREACHABLE, ApiError } from "./client";

/** One server-sent event: its name, and its data as JSON. */
export interface ServerEvent {
  name: string;
  data: unknown;
}

/** The events of a stream until it ends, an `open` of our own before them; throws ApiError when the server refuses it or cannot be reached. */
export async function* eventsOf(path: string, signal: AbortSignal): AsyncGenerator<ServerEvent> {
  let response: Response;
  try {
    response = await fetch(path, { signal, headers: { Accept: "text/event-stream" } });
  } catch (error) {
    throw new ApiError(path, UNREACHABLE, String(error), 0, null, null);
  }
  if (!response.ok || !response.body || !response.headers.get("Content-Type")?.startsWith("text/event-stream")) {
    throw refusalOf(path, response, await response.json().catch(() => null));
  }
  yield { name: "open", data: null };
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const read = readEvents(rest + value);
      rest = read.rest;
      yield* read.events;
    }
  } catch (error) {
    throw new ApiError(path, UNREACHABLE, String(error), 0, null, null);
  } finally {
    void reader.cancel().catch(() => undefined);
  }
}

/** The whole events at the beginning of a text, and what is left; comments and what is no JSON are passed over. */
export function readEvents(text: string): { events: ServerEvent[]; rest: string } {
  const blocks = text.replaceAll("\r\n", "\n").split("\n\n");
  const rest = blocks.pop()!;
  const events = blocks.flatMap((block) => {
    let name = "message";
    const data: string[] = [];
    for (const line of block.split("\n")) {
      const [field, value] = [line.split(":", 1)[0]!, line.slice(line.indexOf(":") + 1).replace(/^ /, "")];
      if (field === "event") name = value;
      if (field === "data") data.push(value);
    }
    try {
      return data.length > 0 ? [{ name, data: JSON.parse(data.join("\n")) as unknown }] : [];
    } catch {
      return [];
    }
  });
  return { events, rest };
}
