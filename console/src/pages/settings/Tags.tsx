import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { call } from "../../api/client";
import type { Tag } from "../../api/types.gen";
import { useLanguage } from "../../i18n";
import { Failure } from "../../shell/Failure";
import { Delete, Field } from "../../shell/Form";
import { Waiting } from "../../shell/Waiting";
import { text, useUrlState } from "../../state/url";
import { Saving } from "./Saving";

const STATE = { resource: text };

interface Resource {
  arn: string;
  kind: "group" | "samplingRule";
  name: string;
}

async function readResources(signal: AbortSignal): Promise<Resource[]> {
  const found: Resource[] = [];
  let token: string | undefined;
  do {
    const page = await call("GetGroups", { ...(token && { NextToken: token }) }, signal);
    found.push(...(page.Groups ?? []).map((group): Resource => ({ arn: group.GroupARN, kind: "group", name: group.GroupName })));
    token = page.NextToken;
  } while (token);
  do {
    const page = await call("GetSamplingRules", { ...(token && { NextToken: token }) }, signal);
    for (const { SamplingRule: rule } of page.SamplingRuleRecords) {
      if (rule.RuleARN) found.push({ arn: rule.RuleARN, kind: "samplingRule", name: rule.RuleName ?? rule.RuleARN });
    }
    token = page.NextToken;
  } while (token);
  return found;
}

async function readTags(arn: string, signal: AbortSignal): Promise<Tag[]> {
  const tags: Tag[] = [];
  let token: string | undefined;
  do {
    const page = await call("ListTagsForResource", { ResourceARN: arn, ...(token && { NextToken: token }) }, signal);
    tags.push(...(page.Tags ?? []));
    token = page.NextToken;
  } while (token);
  return tags;
}

export function Tags() {
  const { say } = useLanguage();
  const id = useId();
  const [{ resource }, patch] = useUrlState(STATE);
  const query = useQuery({ queryKey: ["resources"], queryFn: ({ signal }) => readResources(signal), staleTime: 0 });
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Waiting label={say("settings.loading")} />;
  const chosen = query.data.find((each) => each.arn === resource) ?? query.data[0];
  return (
    <>
      <p className="secondary">{say("settings.tagsNote")}</p>
      <div className="field own-narrow">
        <label htmlFor={id}>{say("settings.resource")}</label>
        <select id={id} value={chosen?.arn} onChange={(event) => patch({ resource: event.target.value }, "replace")}>
          {query.data.map((each) => <option key={each.arn} value={each.arn}>{say(`settings.${each.kind}`, each.name)}</option>)}
        </select>
        <p className="secondary mono">{chosen?.arn}</p>
      </div>
      {chosen && <TagsOf key={chosen.arn} arn={chosen.arn} />}
    </>
  );
}

function TagsOf({ arn }: { arn: string }) {
  const { say } = useLanguage();
  const client = useQueryClient();
  const [key, setKey] = useState("");
  const [value, setValue] = useState("");
  const again = () => client.invalidateQueries({ queryKey: ["ListTagsForResource", arn] });
  const query = useQuery({ queryKey: ["ListTagsForResource", arn], queryFn: ({ signal }) => readTags(arn, signal), staleTime: 0 });
  const put = useMutation({
    mutationFn: () => call("TagResource", { ResourceARN: arn, Tags: [{ Key: key.trim(), Value: value.trim() }] }),
    onSuccess: () => {
      setKey("");
      setValue("");
      return again();
    },
  });
  const gone = useMutation({ mutationFn: (tag: string) => call("UntagResource", { ResourceARN: arn, TagKeys: [tag] }), onSuccess: again });
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <>
      {gone.error && <Failure error={gone.error} />}
      {query.data?.length === 0 && <p>{say("settings.noTags")}</p>}
      {query.data && query.data.length > 0 && (
        <table className="list own-narrow" aria-label={say("settings.tags")}>
          <thead><tr><th scope="col">{say("settings.tagKey")}</th><th scope="col">{say("settings.tagValue")}</th><td /></tr></thead>
          <tbody>
            {query.data.map((tag) => (
              <tr key={tag.Key}>
                <th scope="row">{tag.Key}</th>
                <td>{tag.Value}</td>
                <td className="tools"><Delete name={tag.Key} busy={gone.isPending} onDelete={() => gone.mutate(tag.Key)} /></td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Saving label={say("settings.addTag")} submit={say("settings.addTag")} saving={put} onSave={() => put.mutate()}>
        <div className="form-pair">
          <Field label={say("settings.tagKey")} value={key} required maxLength={128} onChange={(event) => setKey(event.target.value)} />
          <Field label={say("settings.tagValue")} value={value} maxLength={256} onChange={(event) => setValue(event.target.value)} />
        </div>
      </Saving>
    </>
  );
}
