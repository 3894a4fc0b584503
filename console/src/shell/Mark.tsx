/** Radiograph's own mark: three bars of a waterfall. */
export function Mark() {
  return (
    <svg width="22" height="22" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <rect width="24" height="24" rx="5" fill="var(--accent)" />
      <g fill="none" stroke="var(--on-accent)" strokeLinecap="round" strokeWidth="2">
        <path d="M5 7h14" />
        <path d="M8 12h8" />
        <path d="M11 17h3" />
      </g>
    </svg>
  );
}
