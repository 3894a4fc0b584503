import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "./tokens.css";
import "./base.css";
import "./shell/kit.css";
import "./shell/shell.css";
import { App } from "./App";
import { firstLanguage, loadWords } from "./i18n";
import { fromAws } from "./state/aws-links";
import { followSystemTheme } from "./state/theme";

followSystemTheme();
const moved = fromAws(location.pathname, location.hash);
if (moved) history.replaceState(null, "", moved);
const language = firstLanguage();
void loadWords(language).then((words) => {
  createRoot(document.getElementById("root")!).render(
    <StrictMode>
      <App language={language} words={words} />
    </StrictMode>,
  );
});
