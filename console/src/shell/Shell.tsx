import { lazy, type ReactNode, Suspense, useState } from "react";
import { Link, useLocation } from "wouter";
import { useLanguage } from "../i18n";
import { useEverywhere, useKeys } from "../state/keys";
import { linkTo } from "../state/question";
import { questionIn, savedLink, savedSearches } from "../state/saved";
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
  { path: "/analytics", word: "nav.analytics" },
  { path: "/services", word: "nav.services" },
  { path: "/insights", word: "nav.insights" },
  { path: "/live", word: "nav.live" },
  { path: "/groups", word: "nav.groups" },
  { path: "/sampling", word: "nav.sampling" },
  { path: "/iam", word: "nav.access" },
] as const;

/** Pages that the palette goes to, and something other than the navigation leads to. */
const ASIDE = [
  { path: "/", word: "nav.home" },
  { path: "/start", word: "nav.start" },
  { path: "/settings", word: "nav.settings" },
  { path: "/iam/audit", word: "iam.nav.audit" },
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
    "g a": () => navigate(linkTo("/analytics")),
    "g r": () => navigate(linkTo("/groups")),
    "g s": () => navigate(linkTo("/services")),
    "g p": () => navigate(linkTo("/sampling")),
    "g i": () => navigate(linkTo("/insights")),
    "g l": () => navigate(linkTo("/live")),
    "g h": () => navigate(linkTo("/")),
    "g n": () => navigate(linkTo("/start")),
    "g e": () => navigate(linkTo("/settings")),
    "/": summonQuestion,
    ".": turn,
    "?": () => setOpen("help"),
    ...(open && { Escape: close }), // pressed before the dialog has taken the focus
  });
  useEverywhere("k", () => setOpen("palette"));
  const doing = (id: string, label: string, detail: string, act: () => void): Command => ({ id, kind: "palette.action", label, detail, act });
  const commands: Command[] = [
    ...[...PAGES, ...ASIDE].map(({ path, word }): Command => ({ id: path, kind: "palette.page", label: say(word), detail: "", act: () => go(path) })),
    ...savedSearches().map((each): Command => ({ id: `saved ${each.name}`, kind: "palette.saved", label: each.name, detail: questionIn(each).filter, act: () => navigate(savedLink(each)) })),
    doing("theme", say("keys.theme"), ".", turn),
    doing("calls", say("calls.title"), "", () => setOpen("calls")),
    doing("help", say("keys.open"), "?", () => setOpen("help")),
  ];
  const here = (path: string) => location === path || location.startsWith(`${path}/`);
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
