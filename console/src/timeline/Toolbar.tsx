import { useLanguage } from "../i18n";

interface Props {
  critical: boolean;
  zoomed: boolean;
  problems: boolean;
  onCritical: () => void;
  onProblem: () => void;
  onFit: () => void;
  onWhole: () => void;
  onFold: (on: boolean) => void;
}

/** The buttons that do what the keys do, each naming its key. */
export function Toolbar({ critical, zoomed, problems, onCritical, onProblem, onFit, onWhole, onFold }: Props) {
  const { say } = useLanguage();
  return (
    <div className="timeline-tools">
      <button type="button" className="tool" data-outlined aria-pressed={critical} onClick={onCritical}>
        {say("timeline.critical")} <kbd>c</kbd>
      </button>
      <button type="button" className="tool" data-outlined disabled={!problems} onClick={onProblem}>
        {say("timeline.problem")} <kbd>n</kbd>
      </button>
      <button type="button" className="tool" data-outlined onClick={onFit}>
        {say("timeline.fit")} <kbd>z</kbd>
      </button>
      <button type="button" className="tool" data-outlined disabled={!zoomed} onClick={onWhole}>
        {say("timeline.all")} <kbd>0</kbd>
      </button>
      <button type="button" className="tool" onClick={() => onFold(true)}>{say("timeline.collapse")}</button>
      <button type="button" className="tool" onClick={() => onFold(false)}>{say("timeline.expand")}</button>
      <ul className="timeline-legend">
        <li><i data-look="hatch" />{say("timeline.legendInferred")}</li>
        <li><i data-look="hollow" />{say("timeline.legendPending")}</li>
        <li><i data-look="path" />{say("timeline.critical")}</li>
      </ul>
    </div>
  );
}
