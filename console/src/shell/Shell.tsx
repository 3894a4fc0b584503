import { type ReactNode, useState } from "react";
import { Link, useLocation } from "wouter";
import { useLanguage } from "../i18n";
import { useKeys } from "../state/keys";
import { linkTo } from "../state/question";
import { summonQuestion } from "../state/summon";
import { chooseTheme, currentTheme } from "../state/theme";
import { KeysHelp } from "./KeysHelp";
import { Mark } from "./Mark";
import { Preferences } from "./Preferences";

const PAGES = [
  { path: "/map", word: "nav.map" },
  { path: "/traces", word: "nav.traces" },
] as const;

/** The frame of every page: who we are, where you can go, and the keys that work anywhere. */
export function Shell({ children }: { children: ReactNode }) {
  const { say } = useLanguage();
  const [location, navigate] = useLocation();
  const [help, setHelp] = useState(false);
  useKeys({
    "g m": () => navigate(linkTo("/map")),
    "g t": () => navigate(linkTo("/traces")),
    "/": summonQuestion,
    ".": () => chooseTheme(currentTheme() === "dark" ? "light" : "dark"),
    "?": () => setHelp(true),
    ...(help && { Escape: () => setHelp(false) }), // pressed before the dialog has taken the focus
  });
  const here = (path: string) => location === path || location.startsWith(`${path}/`) || (path === "/traces" && location === "/");
  return (
    <div className="shell">
      <header className="bar">
        <a className="skip" href="#content">{say("app.skip")}</a>
        <Link className="bar-brand" href={linkTo("/")}>
          <Mark />
          {say("app.name")}
        </Link>
        <nav aria-label={say("app.navigation")}>
          <ul>
            {PAGES.map(({ path, word }) => (
              <li key={path}>
                <Link href={linkTo(path)} aria-current={here(path) ? "page" : undefined}>{say(word)}</Link>
              </li>
            ))}
          </ul>
        </nav>
        <Preferences onHelp={() => setHelp(true)} />
      </header>
      <main id="content" className="content" tabIndex={-1}>{children}</main>
      {help && <KeysHelp onClose={() => setHelp(false)} />}
    </div>
  );
}
