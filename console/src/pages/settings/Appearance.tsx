import { LANGUAGES, useLanguage } from "../../i18n";
import { Check } from "../../shell/Form";
import { useKeysSwitch } from "../../state/keys";
import { chooseTheme, useThemeChoice } from "../../state/theme";

const THEMES = ["system", "light", "dark"] as const;

/** Theme, language and keys: choices of this browser. */
export function Appearance() {
  const { say, language, choose } = useLanguage();
  const theme = useThemeChoice();
  const [keys, setKeys] = useKeysSwitch();
  return (
    <div className="own-card">
      <p className="secondary">{say("settings.here")}</p>
      <fieldset>
        <legend>{say("settings.theme")}</legend>
        {THEMES.map((each) => (
          <label key={each} className="field-check"><input type="radio" name="theme" checked={theme === each} onChange={() => chooseTheme(each)} />{say(`theme.${each}`)}</label>
        ))}
      </fieldset>
      <fieldset>
        <legend>{say("settings.language")}</legend>
        {LANGUAGES.map(({ id, name }) => (
          <label key={id} className="field-check" lang={id}><input type="radio" name="language" checked={language === id} onChange={() => choose(id)} />{name}</label>
        ))}
      </fieldset>
      <fieldset>
        <legend>{say("settings.keys")}</legend>
        <Check label={say("keys.on")} checked={keys} onChange={setKeys} />
      </fieldset>
    </div>
  );
}
