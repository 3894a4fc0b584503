import Modal from "@cloudscape-design/components/modal";
import { useLanguage } from "../i18n";
import type { Catalogue } from "../i18n/catalogue";
import { useKeysSwitch } from "../state/keys";

type Row = [keys: string[], word: keyof Catalogue & `keys.${string}`];

const ANYWHERE: Row[] = [
  [["g", "m"], "keys.map"],
  [["g", "t"], "keys.traces"],
  [["g", "h"], "keys.home"],
  [["g", "s"], "keys.services"],
  [["g", "i"], "keys.insights"],
  [["g", "l"], "keys.live"],
  [["g", "a"], "keys.analytics"],
  [["g", "r"], "keys.groups"],
  [["g", "p"], "keys.sampling"],
  [["g", "n"], "keys.start"],
  [["g", "e"], "keys.settings"],
  [["/"], "keys.query"],
  [["Ctrl", "K"], "keys.palette"],
  [["t"], "keys.table"],
  [["j", "k"], "keys.list"],
  [["p"], "keys.pause"],
  [["."], "keys.theme"],
  [["?"], "keys.help"],
];
const TIMELINE: Row[] = [
  [["←", "↑", "→", "↓"], "keys.move"],
  [["Enter"], "keys.drawer"],
  [["n", "N"], "keys.fault"],
  [["c"], "keys.critical"],
  [["+", "-", "0"], "keys.zoom"],
  [["z"], "keys.fit"],
  [["[", "]"], "keys.levels"],
  [["x"], "keys.exclude"],
  [["y"], "keys.link"],
  [["f"], "keys.flame"],
];

export function KeysHelp({ onClose }: { onClose: () => void }) {
  const { say } = useLanguage();
  const [on, setOn] = useKeysSwitch();
  const list = (title: keyof Catalogue & `keys.${string}`, rows: Row[]) => (
    <div>
      <h3>{say(title as "keys.title")}</h3>
      {rows.map(([keys, word]) => (
        <div key={word}>
          <span>{say(word as "keys.title")}</span>
          <span>{keys.map((key) => <kbd key={key}>{key}</kbd>)}</span>
        </div>
      ))}
    </div>
  );
  return (
    <Modal visible header={say("keys.title")} closeAriaLabel={say("keys.close")} onDismiss={onClose}>
      <div className="keys">
        {list("keys.anywhere", ANYWHERE)}
        {list("keys.timeline", TIMELINE)}
      </div>
      <label className="keys-switch status">
        <input type="checkbox" checked={on} onChange={(event) => setOn(event.target.checked)} />
        {say("keys.on")}
      </label>
    </Modal>
  );
}
