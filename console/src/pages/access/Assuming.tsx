import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ask } from "../../api/client";
import { useLanguage } from "../../i18n";
import { Tabs } from "../../shell/Tabs";
import { Copy, Part } from "./parts";
import { assuming } from "./trust";

/** What an application says to become a role. */
export function Assuming({ arn }: { arn: string }) {
  const { say } = useLanguage();
  const [active, setActive] = useState("profile");
  // Nothing else tells the server's region; one that may not read groups is told the usual one.
  const region = useQuery({ queryKey: ["region"], queryFn: async ({ signal }) => (await ask("GetGroups", {}, signal)).Groups[0]?.GroupARN.split(":")[3] });
  const tabs = assuming(arn, location.origin, region.data ?? "us-east-1").map(({ id, name, text }) => ({
    id,
    label: name,
    content: (
      <div className="access-snippet">
        <pre tabIndex={0}>{text}</pre>
        <Copy text={text} about={name} />
      </div>
    ),
  }));
  return (
    <Part title={say("iam.assuming")}>
      <Tabs tabs={tabs} active={active} label={say("iam.assuming")} onChange={setActive} />
    </Part>
  );
}
