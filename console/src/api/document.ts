/** A segment document as its sender wrote it: every member may be absent, and none is to be trusted. */
export interface SegmentDocument {
  id?: string;
  trace_id?: string;
  parent_id?: string;
  name?: string;
  type?: string;
  start_time?: number;
  end_time?: number;
  in_progress?: boolean;
  inferred?: boolean;
  namespace?: string;
  origin?: string;
  resource_arn?: string;
  user?: string;
  service?: Record<string, unknown>;
  fault?: boolean;
  error?: boolean;
  throttle?: boolean;
  http?: {
    request?: { method?: string; url?: string; user_agent?: string; client_ip?: string };
    response?: { status?: number; content_length?: number | string };
  };
  aws?: Record<string, unknown>;
  sql?: Record<string, unknown>;
  cause?: string | { working_directory?: string; paths?: string[]; exceptions?: ExceptionDocument[] };
  annotations?: Record<string, string | number | boolean>;
  metadata?: Record<string, unknown>;
  links?: unknown;
  subsegments?: SegmentDocument[];
}

export interface ExceptionDocument {
  id?: string;
  type?: string;
  message?: string;
  remote?: boolean;
  truncated?: number;
  skipped?: number;
  cause?: string;
  stack?: { path?: string; line?: number; label?: string }[];
}

/** The document, or an empty one when the text is not a JSON object: one bad segment must not hide a trace. */
export function readDocument(text: string | undefined): SegmentDocument {
  if (!text) return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as SegmentDocument) : {};
  } catch {
    return {};
  }
}
