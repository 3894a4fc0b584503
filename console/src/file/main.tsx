import { createRoot } from "react-dom/client";
import "../tokens.css";
import "../base.css";
import "../shell/shell.css";
import { type Language, SpokenProvider } from "../i18n/spoken";
import { en } from "../i18n/en";
import { fr } from "../i18n/fr";
import { currentTheme, followSystemTheme } from "../state/theme";
import { keepStateIn } from "../state/url";
import { inFragment } from "./address";
import { readData } from "./compose";
import { Viewer } from "./Viewer";

keepStateIn(inFragment);
document.documentElement.dataset.theme = currentTheme();
followSystemTheme();
const data = readData(document.getElementById("data")?.textContent ?? "");
const first: Language = navigator.language.startsWith("fr") ? "fr" : "en";
createRoot(document.getElementById("root")!).render(
  <SpokenProvider first={first} catalogues={{ en, fr }}><Viewer data={data} /></SpokenProvider>,
);
