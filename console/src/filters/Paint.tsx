import type { Ref } from "react";
import type { Refusal } from "./refusal";
import "./expression.css";
import { tokenise } from "./tokens";

/** The expression in colours, drawn where the input's own text would be; the refused piece is underlined. */
export function Paint({ ref, text, refusal }: { ref: Ref<HTMLDivElement>; text: string; refusal: Refusal | null }) {
  const refused = (from: number, to: number) => (refusal && from <= refusal.at && refusal.at < to ? "" : undefined);
  return (
    <div ref={ref} className="expression-paint" aria-hidden="true">
      {tokenise(text).map(({ kind, from, to, text: piece }) => (
        <span key={from} data-kind={kind} data-refused={refused(from, to)}>{piece}</span>
      ))}
      <span data-refused={refused(text.length, Infinity)}>{" "}</span>
    </div>
  );
}

/** An expression that is only read. */
export function Coloured({ text, className = "" }: { text: string; className?: string }) {
  return (
    <code className={`coloured ${className}`} title={text}>
      {tokenise(text).map(({ kind, from, text: piece }) => <span key={from} data-kind={kind}>{piece}</span>)}
    </code>
  );
}
