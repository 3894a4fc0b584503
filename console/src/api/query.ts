import { note } from "./asked";
import { ApiError, toLoginIfOut, UNREACHABLE } from "./client";
import { refusalIn, type Shape, valueIn } from "./xml";

/** An operation of a service that speaks the Query protocol: what is posted to `/`, and how its answer is read. */
export interface Operation<Request, Result> {
  service: "iam" | "sts";
  version: string;
  name: string;
  shape: Shape | null;
  /** Only for the types. */
  of?: [Request, Result];
}

/** Calls an operation of IAM or STS for the page, which can show what it asked; throws ApiError for anything but an answer. */
export function query<Q extends object, R>(operation: Operation<Q, R>, request: Q, signal?: AbortSignal): Promise<R> {
  note(operation.name, request, operation.service);
  return queryQuietly(operation, request, signal);
}

/** Calls an operation without a word about it. */
export async function queryQuietly<Q extends object, R>({ service, version, name, shape }: Operation<Q, R>, request: Q, signal?: AbortSignal): Promise<R> {
  let response: Response;
  let text: string;
  try {
    response = await fetch("/", { method: "POST", body: new URLSearchParams([["Action", name], ["Version", version], ...fieldsOf(request)]), signal: signal ?? null });
    text = await response.text();
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError(name, UNREACHABLE, String(error), 0, null, null, service);
  }
  const root = new DOMParser().parseFromString(text, "text/xml").documentElement;
  if (response.ok && root.localName === `${name}Response`) {
    const result = root.getElementsByTagName(`${name}Result`)[0];
    return (shape && valueIn(result ?? root, shape)) as R;
  }
  const { code, message } = refusalIn(root) ?? { code: `HTTP ${response.status}`, message: response.statusText };
  toLoginIfOut(code);
  const wait = Number(response.headers.get("Retry-After"));
  throw new ApiError(name, code, message, response.status, response.headers.get("x-amzn-RequestId"), wait > 0 ? wait : null, service);
}

interface Paged {
  IsTruncated: boolean | null;
  Marker: string | null;
}

/** Calls an operation until its answers end, and gives them one after the other in one list. */
export async function queryAll<Q extends { Marker?: string }, R extends Paged, T>(
  operation: Operation<Q, R>,
  request: Q,
  of: (result: R) => readonly T[],
  signal?: AbortSignal,
): Promise<T[]> {
  const found: T[] = [];
  let marker: string | null = null;
  do {
    const page: R = await query(operation, marker === null ? request : { ...request, Marker: marker }, signal);
    found.push(...of(page));
    marker = page.IsTruncated ? page.Marker : null;
  } while (marker !== null);
  return found;
}

/** The fields of a form: `Tags.member.2.Key` is the Key of the second of Tags. What is undefined or null is left out. */
export function fieldsOf(value: unknown, name = ""): [string, string][] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((each, i) => fieldsOf(each, `${name}.member.${i + 1}`));
  if (typeof value === "object") return Object.entries(value).flatMap(([key, each]) => fieldsOf(each, name ? `${name}.${key}` : key));
  return [[name, String(value)]];
}
