import { useLanguage } from "../../i18n";
import { Monitoring } from "./Monitoring";
import { Source } from "./Source";

/** Links between accounts, from both ends: who shares with this account, and with whom it shares. */
export function Sharing() {
  const { say } = useLanguage();
  return (
    <>
      <p className="secondary">{say("sharing.note")}</p>
      <Monitoring />
      <Source />
    </>
  );
}
