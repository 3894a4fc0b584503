const XRAY = /\b1-([0-9a-f]{8})-([0-9a-f]{24})\b/i;
const W3C = /^\s*(?:[0-9a-f]{2}-)?([0-9a-f]{8})([0-9a-f]{24})(?:-[0-9a-f]{16}-[0-9a-f]{2})?\s*$/i;

/**
 * The trace id in what was pasted, or null when it holds none.
 *
 * Takes an X-Ray id alone, in a `Root=` header or in an address, and the W3C forms: 32 hex digits or a traceparent.
 * A longer expression that only mentions an id is a question, not an id.
 */
export function traceIdIn(pasted: string): string | null {
  const w3c = W3C.exec(pasted);
  if (w3c) return `1-${w3c[1]}-${w3c[2]}`.toLowerCase();
  const xray = XRAY.exec(pasted);
  if (!xray) return null;
  const around = pasted.replace(xray[0], "").trim();
  const header = /^(Root=)?(;\s*[\w-]+=[\w?:|-]*)*;?$/.test(around);
  const address = /^https?:\S*$/.test(around);
  return header || address ? xray[0].toLowerCase() : null;
}
