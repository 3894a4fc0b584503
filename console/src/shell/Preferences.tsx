import { Link } from "wouter";
import { LANGUAGES, useLanguage } from "../i18n";
import { chooseTheme, type ThemeChoice, useThemeChoice } from "../state/theme";

const NEXT: Record<ThemeChoice, ThemeChoice> = { system: "light", light: "dark", dark: "system" };
const ICONS: Record<ThemeChoice, React.ReactNode> = {
  system: <path d="M8 2a6 6 0 1 0 0 12ZM8 2a6 6 0 0 1 0 12" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  light: (
    <g fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round">
      <circle cx="8" cy="8" r="3" />
      <path d="M8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M3 13l1-1M12 4l1-1" />
    </g>
  ),
  dark: <path d="M13.5 9.6A6 6 0 0 1 6.4 2.5a6 6 0 1 0 7.1 7.1Z" fill="none" stroke="currentColor" strokeWidth="1.5" />,
};

/** Language, theme and the list of keys, at the right end of the bar. */
export function Preferences({ onHelp, onCalls, onPalette }: { onHelp: () => void; onCalls: () => void; onPalette: () => void }) {
  const { say, language, choose } = useLanguage();
  const theme = useThemeChoice();
  const other = LANGUAGES.find(({ id }) => id !== language)!;
  return (
    <div className="bar-tools">
      <button type="button" className="tool" data-outlined aria-label={say("palette.button")} title={say("palette.button")} onClick={onPalette}>
        <kbd>{/Mac/.test(navigator.platform) ? "⌘K" : "Ctrl K"}</kbd>
      </button>
      <button type="button" className="tool" title={say("calls.title")} aria-label={say("calls.title")} onClick={onCalls}>
        <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
          <path d="M5 4 1 8l4 4M11 4l4 4-4 4M9.3 2.5l-2.6 11" fill="none" stroke="currentColor" strokeWidth="1.5" />
        </svg>
      </button>
      <button type="button" className="tool" lang={other.id} title={other.name} aria-label={other.name} onClick={() => choose(other.id)}>
        {other.id.toUpperCase()}
      </button>
      <button
        type="button"
        className="tool"
        title={say(`theme.${theme}`)}
        aria-label={`${say("theme.label")}: ${say(`theme.${theme}`)}`}
        onClick={() => chooseTheme(NEXT[theme])}
      >
        <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">{ICONS[theme]}</svg>
      </button>
      <Link className="tool" href="/settings" title={say("nav.settings")} aria-label={say("nav.settings")}>
        <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
          <path d="M1.5 4.5h7M12.5 4.5h2M1.5 11.5h2M7.5 11.5h7" stroke="currentColor" strokeWidth="1.5" />
          <g fill="none" stroke="currentColor" strokeWidth="1.5"><circle cx="10.5" cy="4.5" r="2" /><circle cx="5.5" cy="11.5" r="2" /></g>
        </svg>
      </Link>
      <button type="button" className="tool" title={say("keys.open")} aria-label={say("keys.open")} onClick={onHelp}>
        <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
          <g fill="none" stroke="currentColor" strokeWidth="1.4">
            <rect x="1" y="3.5" width="14" height="9" rx="1.5" />
            <path d="M3.5 6.2h1M6.5 6.2h1M9.5 6.2h1M12 6.2h.8M3.5 9.8h1M6 9.8h4.2M12 9.8h.8" />
          </g>
        </svg>
      </button>
    </div>
  );
}
