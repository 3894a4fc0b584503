const WIDTHS = [92, 78, 85, 64, 88, 71];

/** Grey lines while nothing has been read yet; shown only when the answer takes longer than a blink. */
export function Waiting({ label }: { label: string }) {
  return (
    <div className="waiting" role="status">
      <span className="spoken">{label}</span>
      {WIDTHS.map((width) => <i key={width} style={{ width: `${width}%` }} />)}
    </div>
  );
}
