import { lazy, type ReactNode, Suspense, useState } from "react";
import { Link, useLocation } from "wouter";
import { useLanguage } from "../i18n";
import { useEverywhere, useKeys } from "../state/keys";
import { linkTo } from "../state/question";
import { summonQuestion } from "../state/summon";
import { chooseTheme, currentTheme } from "../state/theme";
import type { Command } from "./commands";
import { Identity } from "./Identity";
import { KeysHelp } from "./KeysHelp";
import { Mark } from "./Mark";
import { Preferences } from "./Preferences";

const Palette = lazy(() => import("./Palette"));
const ApiCalls = lazy(() => import("./ApiCalls"));

const PAGES = [
  { path: "/map", word: "nav.map" },
  { path: "/traces", word: "nav.traces" },
  { path: "/groups", word: "nav.groups" },
  { path: "/sampling", word: "nav.sampling" },
  { path: "/iam", word: "nav.access" },
] as const;

/** The frame of every page: who we are, where you can go, and the keys that work anywhere. */
export function Shell({ children }: { children: ReactNode }) {
  const { say } = useLanguage();
  const [location, navigate] = useLocation();
  const [open, setOpen] = useState<"help" | "calls" | "palette" | null>(null);
  const close = () => setOpen(null);
  const turn = () => chooseTheme(currentTheme() === "dark" ? "light" : "dark");
  const go = (path: string, filter = "") => navigate(linkTo(path, { ...(filter && { filter }) }));
  useKeys({
    "g m": () => navigate(linkTo("/map")),
    "g t": () => navigate(linkTo("/traces")),
    "g r": () => navigate(linkTo("/groups")),
    "g s": () => navigate(linkTo("/sampling")),
    "/": summonQuestion,
    ".": turn,
    "?": () => setOpen("help"),
    ...(open && { Escape: close }), // pressed before the dialog has taken the focus
  });
  useEverywhere("k", () => setOpen("palette"));
  const doing = (id: string, label: string, detail: string, act: () => void): Command => ({ id, kind: "palette.action", label, detail, act });
  const commands: Command[] = [
    ...PAGES.map(({ path, word }): Command => ({ id: path, kind: "palette.page", label: say(word), detail: "", act: () => go(path) })),
    doing("theme", say("keys.theme"), ".", turn),
    doing("calls", say("calls.title"), "", () => setOpen("calls")),
    doing("help", say("keys.open"), "?", () => setOpen("help")),
  ];
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
        <Preferences onHelp={() => setOpen("help")} onCalls={() => setOpen("calls")} onPalette={() => setOpen("palette")} />
        <Identity />
      </header>
      <main id="content" className="content" tabIndex={-1}>{children}</main>
      {open === "help" && <KeysHelp onClose={close} />}
      <Suspense>
        {open === "calls" && <ApiCalls onClose={close} />}
        {open === "palette" && <Palette commands={commands} go={go} onClose={close} />}
      </Suspense>
    </div>
  );
}
