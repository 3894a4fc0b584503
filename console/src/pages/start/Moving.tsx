import { useLanguage } from "../../i18n";
import { Copied } from "./Copied";
import { DropFile } from "./DropFile";
import type { FileTrace } from "./offline";
import type { Place } from "./snippets";

/** What a user of AWS X-Ray does: point to this server, bring what there is, and look at files. */
export function Moving({ place, onOpen }: { place: Place; onOpen: (name: string, traces: FileTrace[]) => void }) {
  const { say } = useLanguage();
  const variables = [
    `export AWS_XRAY_DAEMON_ADDRESS=${place.near ? place.udp : "127.0.0.1:2000"}`,
    `export AWS_ENDPOINT_URL_XRAY=${place.url} AWS_REGION=${place.region}`,
    "aws xray get-groups",
  ];
  const pull = `radiograph pull --from-aws --region ${place.region} --endpoint ${place.url}`;
  return (
    <section className="start-column" aria-label={say("start.move")}>
      <h2>{say("start.move")}</h2>
      <h3>{say("start.moveEnd")}</h3>
      <p className="secondary">{say("start.moveEndAbout")}</p>
      <Copied text={variables.join("\n")} label={say("start.moveEnd")} />
      <h3>{say("start.movePull")}</h3>
      <p className="secondary">{say("start.movePullAbout")}</p>
      <Copied text={pull} label={say("start.movePull")} />
      <h3>{say("start.moveImport")}</h3>
      <Copied text={`radiograph import --endpoint ${place.url} traces.json spans.jsonl.gz`} label={say("start.moveImport")} />
      <h3>{say("start.file")}</h3>
      <p className="secondary">{say("start.fileAbout")}</p>
      <DropFile onOpen={onOpen} />
    </section>
  );
}
