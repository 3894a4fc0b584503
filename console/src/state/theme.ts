import { useSyncExternalStore } from "react";
import { recall, remember } from "./storage";

export type Theme = "light" | "dark";
export type ThemeChoice = Theme | "system";

const KEY = "radiograph.theme";
const listeners = new Set<() => void>();
const system = () => matchMedia("(prefers-color-scheme: dark)");

export function themeChoice(): ThemeChoice {
  const stored = recall(KEY);
  return stored === "light" || stored === "dark" ? stored : "system";
}

export function currentTheme(): Theme {
  const choice = themeChoice();
  return choice === "system" ? (system().matches ? "dark" : "light") : choice;
}

export function chooseTheme(choice: ThemeChoice): void {
  remember(KEY, choice === "system" ? null : choice);
  apply();
}

/** Must do what public/before-paint.js did for the first paint. */
function apply(): void {
  const theme = currentTheme();
  document.documentElement.dataset.theme = theme;
  document.body.classList.toggle("awsui-dark-mode", theme === "dark");
  for (const listener of listeners) listener();
}

export function followSystemTheme(): void {
  system().addEventListener("change", apply);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, currentTheme);
}
export function useThemeChoice(): ThemeChoice {
  return useSyncExternalStore(subscribe, themeChoice);
}
