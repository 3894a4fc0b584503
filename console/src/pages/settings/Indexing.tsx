import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { call } from "../../api/client";
import type { IndexingRule } from "../../api/types.gen";
import { useLanguage } from "../../i18n";
import { Failure } from "../../shell/Failure";
import { Field } from "../../shell/Form";
import { Waiting } from "../../shell/Waiting";
import { Saving } from "./Saving";

const KEY = ["GetIndexingRules"];

export function Indexing() {
  const { say } = useLanguage();
  const query = useQuery({ queryKey: KEY, queryFn: ({ signal }) => call("GetIndexingRules", {}, signal).then((answer) => answer.IndexingRules ?? []), staleTime: 0 });
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Waiting label={say("settings.loading")} />;
  return query.data.map((rule) => <Rule key={rule.Name} rule={rule} />);
}

function Rule({ rule }: { rule: IndexingRule }) {
  const { say, format } = useLanguage();
  const client = useQueryClient();
  const value = rule.Rule.Probabilistic;
  const [wanted, setWanted] = useState(String(value?.DesiredSamplingPercentage ?? ""));
  const save = useMutation({
    mutationFn: () => call("UpdateIndexingRule", { Name: rule.Name, Rule: { Probabilistic: { DesiredSamplingPercentage: Number(wanted) } } }),
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  });
  return (
    <Saving label={say("settings.indexing")} submit={say("form.save")} saving={save} onSave={() => save.mutate()}>
      <p className="secondary">{say("settings.indexingNote")}</p>
      <dl className="own-facts">
        <div><dt>{say("settings.rule")}</dt><dd>{rule.Name}</dd></div>
        {value && <div><dt>{say("settings.actual")}</dt><dd>{format.percent(value.ActualSamplingPercentage / 100)}</dd></div>}
        <div><dt>{say("settings.changed")}</dt><dd>{rule.ModifiedAt ? format.moment(rule.ModifiedAt) : say("settings.never")}</dd></div>
      </dl>
      <Field label={say("settings.percentage")} type="number" min={0} max={100} step="any" required value={wanted} onChange={(event) => setWanted(event.target.value)} />
    </Saving>
  );
}
