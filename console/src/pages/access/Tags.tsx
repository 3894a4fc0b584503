import { useState } from "react";
import type { Tag } from "../../api/access.gen";
import { useLanguage } from "../../i18n";
import { Failure } from "../../shell/Failure";
import { Part, Tool } from "./parts";
import { useDo } from "./reading";

/** Tags, which policies may ask for. */
export function Tags({ tags, onPut, onDrop }: { tags: readonly Tag[]; onPut: (tag: Tag) => Promise<unknown>; onDrop: (key: string) => Promise<unknown> }) {
  const { say } = useLanguage();
  const [key, setKey] = useState("");
  const [value, setValue] = useState("");
  const change = useDo(() => (setKey(""), setValue("")));
  return (
    <Part title={say("iam.tags")}>
      {change.error && <Failure error={change.error} />}
      {tags.length === 0 && <p className="secondary">{say("iam.noTags")}</p>}
      <ul className="access-rows">
        {tags.map((tag) => (
          <li key={tag.Key}>
            <span><code>{tag.Key}</code> = <code>{tag.Value}</code></span>
            <Tool label={say("iam.dropTag")} about={tag.Key} disabled={change.isPending} onClick={() => change.mutate(() => onDrop(tag.Key))} />
          </li>
        ))}
      </ul>
      <form className="access-choose" onSubmit={(event) => (event.preventDefault(), change.mutate(() => onPut({ Key: key.trim(), Value: value })))}>
        <input aria-label={say("iam.tagKey")} placeholder={say("iam.tagKey")} required maxLength={128} value={key} onChange={(event) => setKey(event.target.value)} />
        <input aria-label={say("iam.tagValue")} placeholder={say("iam.tagValue")} maxLength={256} value={value} onChange={(event) => setValue(event.target.value)} />
        <button type="submit" className="tool" data-outlined="" disabled={change.isPending || !key.trim()}>{say("iam.putTag")}</button>
      </form>
    </Part>
  );
}
