import { note, type Service } from "./asked";
import type { Operations } from "./operations";
import { PATHS } from "./operations";

/** What the server said when it refused: enough to find the call in its log. */
export class ApiError extends Error {
  constructor(
    readonly operation: string,
    readonly code: string,
    message: string,
    readonly status: number,
    readonly requestId: string | null,
    readonly retryAfterSeconds: number | null,
    readonly service: Service = "xray",
  ) {
    super(message);
    this.name = "ApiError";
  }
}

/** The code no server sends: it could not be reached at all. */
export const UNREACHABLE = "Unreachable";

/** Calls one X-Ray operation for the page, which can show what it asked; throws ApiError for anything but an answer. */
export function call<O extends keyof Operations>(
  operation: O,
  request: Operations[O]["request"],
  signal?: AbortSignal,
): Promise<Operations[O]["result"]> {
  note(operation, request);
  return ask(operation, request, signal);
}

/** Calls one X-Ray operation on this page's own origin, without a word about it. */
export function ask<O extends keyof Operations>(
  operation: O,
  request: Operations[O]["request"],
  signal?: AbortSignal,
): Promise<Operations[O]["result"]> {
  return fetched(operation, PATHS[operation], { method: "POST", headers: JSON_BODY, body: JSON.stringify(request), signal: signal ?? null });
}

const JSON_BODY = { "Content-Type": "application/json" };

/** What the server answers at a path; throws ApiError, in which `operation` says what was asked. */
export async function fetched<T>(operation: string, path: string, how: RequestInit): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, how);
  } catch (error) {
    if (how.signal?.aborted) throw error;
    throw new ApiError(operation, UNREACHABLE, String(error), 0, null, null);
  }
  const body: unknown = await response.json().catch(() => null);
  if (response.ok && body !== null) return body as T;
  throw refusalOf(operation, response, body);
}

/** There, and then back here. */
function toLogin(): void {
  location.assign(`/login?to=${encodeURIComponent(location.pathname + location.search)}`);
}

/** What is said to a page whose session is over, or whose login is good for nothing any more; of IAM and STS without the Exception. */
const LOGGED_OUT = /^(MissingAuthenticationToken|ExpiredToken|UnrecognizedClient|InvalidClientTokenId)(Exception)?$/;

/** Whether an error's code says that nobody is logged in, or not any more. */
export function isLoggedOut(code: string): boolean {
  return LOGGED_OUT.test(code);
}

/** Goes to the login when a code says so: pages ask by their cookie alone, so that there is nothing else to mend. */
export function toLoginIfOut(code: string): void {
  if (isLoggedOut(code)) toLogin();
}

/** What the server said instead of an answer; where it wants to know first who asks, the browser goes and says so. */
export function refusalOf(operation: string, response: Response, body: unknown): ApiError {
  const members = typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
  const named = response.headers.get("x-amzn-ErrorType") ?? text(members.__type) ?? `HTTP ${response.status}`;
  // Clients of AWS cut the type at the first colon and keep what follows the last hash; so do we.
  const code = named.split(":")[0]!.split("#").pop()!;
  const message = text(members.message) ?? text(members.Message) ?? response.statusText;
  toLoginIfOut(code);
  const wait = Number(response.headers.get("Retry-After"));
  return new ApiError(
    operation,
    code,
    message,
    response.status,
    response.headers.get("x-amzn-RequestId"),
    Number.isFinite(wait) && wait > 0 ? wait : null,
  );
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
