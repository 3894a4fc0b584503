import { useState } from "react";
import { useLanguage } from "../../i18n";
import { Tabs } from "../../shell/Tabs";
import { recall, remember } from "../../state/storage";
import { Checklist } from "./Checklist";
import { Copied } from "./Copied";
import { type Kit, KITS, type Place, type Sender, SENDERS, snippet } from "./snippets";

const KEY = "radiograph.start";
const KIT_WORDS = {
  collector: { xray: "start.kit.awsxray", otel: "start.kit.otlphttp" },
  curl: { xray: "start.kit.put", otel: "start.kit.otlp" },
} as const;

/** Commands that send a first trace here, for each language and each way; and how far that trace has come. */
export function FirstTrace({ place }: { place: Place }) {
  const { say } = useLanguage();
  const [sender, setSender] = useState<Sender>(() => SENDERS.find((each) => each === recall(KEY)) ?? "python");
  const [kit, setKit] = useState<Kit>("xray");
  const choose = (id: string) => {
    setSender(id as Sender);
    remember(KEY, id);
  };
  const words = sender === "collector" || sender === "curl" ? KIT_WORDS[sender] : { xray: "start.kit.xray", otel: "start.kit.otel" } as const;
  const { install, code } = snippet(sender, kit, place);
  const variable = kit === "otel" ? `OTEL_EXPORTER_OTLP_ENDPOINT=${place.otlp}` : `AWS_XRAY_DAEMON_ADDRESS=${place.near ? place.udp : "127.0.0.1:2000"}`;
  const content = (
    <div className="start-snippet">
      <div className="start-kits" role="group" aria-label={say("start.kit")}>
        {KITS.map((each) => (
          <button key={each} type="button" className="tool" data-outlined aria-pressed={each === kit} onClick={() => setKit(each)}>{say(words[each])}</button>
        ))}
      </div>
      <Copied key={`${sender}${kit}`} text={[install, code].filter(Boolean).join("\n\n")} label={say(sender === "collector" ? "start.config" : "start.run")} />
      {sender !== "curl" && sender !== "collector" && <p className="secondary">{say("start.yours", variable)}</p>}
      {place.signed && <p className="secondary">{say("start.signed")}</p>}
    </div>
  );
  return (
    <section className="start-column" aria-label={say("start.send")}>
      <h2>{say("start.send")}</h2>
      <Tabs label={say("start.sender")} active={sender} onChange={choose} tabs={SENDERS.map((id) => ({ id, label: say(`startSender.${id}`), content }))} />
      <Checklist place={place} kit={kit} />
    </section>
  );
}
