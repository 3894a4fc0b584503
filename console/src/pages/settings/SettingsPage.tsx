import { type ReactNode, useEffect } from "react";
import { useLanguage } from "../../i18n";
import { oneOf, useUrlState } from "../../state/url";
import { About } from "./About";
import { Appearance } from "./Appearance";
import { Destination } from "./Destination";
import { Encryption } from "./Encryption";
import { Indexing } from "./Indexing";
import { Policies } from "./Policies";
import { Sharing } from "./Sharing";
import "../../shell/form.css";
import "./settings.css";
import { Tags } from "./Tags";

const SECTIONS = ["appearance", "server", "encryption", "indexing", "destination", "policies", "sharing", "tags"] as const;
const STATE = { section: oneOf(...SECTIONS) };
const CONTENT: Record<(typeof SECTIONS)[number], () => ReactNode> = {
  appearance: Appearance, server: About, encryption: Encryption, indexing: Indexing, destination: Destination, policies: Policies, sharing: Sharing, tags: Tags,
};

/** What there is one of: how this console looks, how the server runs, and the account's own settings. */
export default function SettingsPage() {
  const { say } = useLanguage();
  const [{ section }, patch] = useUrlState(STATE);
  useEffect(() => {
    document.title = `${say("settings.title")} · ${say("app.name")}`;
  }, [say]);
  const Content = CONTENT[section];
  return (
    <div className="page">
      <h1>{say("settings.title")}</h1>
      <div className="own-settings">
        <nav aria-label={say("settings.sections")}>
          <ul>
            {SECTIONS.map((each) => (
              <li key={each}>
                <button type="button" aria-current={each === section ? "page" : undefined} onClick={() => patch({ section: each })}>{say(`settings.${each}`)}</button>
              </li>
            ))}
          </ul>
        </nav>
        <section aria-label={say(`settings.${section}`)}>
          <h2>{say(`settings.${section}`)}</h2>
          <Content />
        </section>
      </div>
    </div>
  );
}
