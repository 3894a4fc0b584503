import { type KeyboardEvent, type ReactNode, useId } from "react";

export interface Tab {
  id: string;
  label: string;
  content: ReactNode;
}

/** Tabs that fit a narrow panel; arrow keys move between them, as the ARIA pattern says. */
export function Tabs({ tabs, active, label, onChange }: { tabs: readonly Tab[]; active: string; label: string; onChange: (id: string) => void }) {
  const prefix = useId();
  const at = Math.max(0, tabs.findIndex((tab) => tab.id === active));
  const current = tabs[at]!;
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -at, End: tabs.length - 1 - at }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = tabs[(at + step + tabs.length) % tabs.length]!;
    onChange(next.id);
    event.currentTarget.querySelector<HTMLElement>(`#${CSS.escape(prefix + next.id)}`)?.focus();
  };
  return (
    <>
      <div className="tabs" role="tablist" aria-label={label} onKeyDown={onKeyDown}>
        {tabs.map((tab) => (
          <button
            key={tab.id}
            id={prefix + tab.id}
            type="button"
            role="tab"
            aria-selected={tab === current}
            aria-controls={`${prefix}panel`}
            tabIndex={tab === current ? 0 : -1}
            onClick={() => onChange(tab.id)}
          >
            {tab.label}
          </button>
        ))}
      </div>
      <div id={`${prefix}panel`} role="tabpanel" tabIndex={0} aria-labelledby={prefix + current.id}>{current.content}</div>
    </>
  );
}
