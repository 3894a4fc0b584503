import { useEffect, useMemo, useState } from "react";
import type { Bin } from "../../charts/bins";
import { useLanguage } from "../../i18n";
import { total } from "../../state/status";

interface Props {
  bins: readonly Bin[];
  /** The start of the bar that is shown; null: all of them. */
  at: number | null;
  onAt: (at: number | null) => void;
}
const STEP_MS = 900;
const TALL = 26;

/** The period as a strip of requests and faults, and a slider over it: the map is that of the bar it stands on. */
export function Scrubber({ bins, at, onAt }: Props) {
  const { say, format } = useLanguage();
  const [playing, setPlaying] = useState(false);
  const index = at === null ? -1 : bins.findIndex((bin) => bin.from === at);
  const faults = useMemo(() => bins.reduce((sum, bin) => sum + bin.fault, 0), [bins]);
  const most = useMemo(() => bins.reduce((largest, bin) => Math.max(largest, total(bin)), 1), [bins]);
  useEffect(() => {
    if (!playing) return;
    const timer = setTimeout(() => {
      const next = bins[index + 1];
      if (next) onAt(next.from);
      else setPlaying(false);
    }, STEP_MS);
    return () => clearTimeout(timer);
  }, [playing, index, bins, onAt]);
  const step = (by: number) => {
    const next = bins[Math.max(0, Math.min(bins.length - 1, (index < 0 ? bins.length : index) + by))];
    setPlaying(false);
    if (next) onAt(next.from);
  };
  const bin = bins[index];
  const words = bin ? say("map.minute", format.clock(bin.from), format.clock(bin.to)) : say("map.whole");
  return (
    <div className="scrubber" role="group" aria-label={say("map.time")}>
      <button type="button" className="tool" data-outlined aria-label={say(playing ? "map.pause" : "map.play")} title={say(playing ? "map.pause" : "map.play")} onClick={() => {
        if (!playing && (index < 0 || index === bins.length - 1)) onAt(bins[0]?.from ?? null);
        setPlaying(!playing);
      }}>
        <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true"><path d={playing ? "M2 1h3v10H2ZM7 1h3v10H7Z" : "M2 1l9 5-9 5Z"} fill="currentColor" /></svg>
      </button>
      <button type="button" className="tool" data-outlined aria-label={say("map.earlier")} title={say("map.earlier")} onClick={() => step(-1)}>‹</button>
      <div className="scrubber-strip">
        <svg viewBox={`0 0 ${bins.length} ${TALL}`} preserveAspectRatio="none" aria-hidden="true">
          {bins.map((each, i) => {
            const [all, bad] = [(total(each) / most) * TALL, each.fault > 0 ? Math.max(3, (each.fault / most) * TALL) : 0];
            return (
              <g key={each.from} data-here={i === index || undefined}>
                <rect className="scrubber-all" x={i + 0.08} width={0.84} y={TALL - all} height={all} />
                <rect className="scrubber-fault" x={i + 0.08} width={0.84} y={TALL - bad} height={bad} />
              </g>
            );
          })}
        </svg>
        <input
          type="range"
          min={0}
          max={Math.max(0, bins.length - 1)}
          value={index < 0 ? Math.max(0, bins.length - 1) : index}
          data-whole={index < 0 || undefined}
          aria-label={say("map.time")}
          aria-valuetext={words}
          onChange={(event) => {
            setPlaying(false);
            onAt(bins[Number(event.target.value)]?.from ?? null);
          }}
        />
      </div>
      <button type="button" className="tool" data-outlined aria-label={say("map.later")} title={say("map.later")} onClick={() => step(1)}>›</button>
      <span className="scrubber-words" role="status"><b>{words}</b> <span className="secondary">{say("map.scrubAbout", bin ? bin.fault : faults, format.duration(bins[0] ? bins[0].to - bins[0].from : 60))}</span></span>
      <button type="button" className="tool" data-outlined aria-pressed={index < 0} onClick={() => (setPlaying(false), onAt(null))}>{say("map.whole")}</button>
    </div>
  );
}
