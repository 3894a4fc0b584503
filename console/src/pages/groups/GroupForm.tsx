import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { call } from "../../api/client";
import type { GroupSummary } from "../../api/types.gen";
import { useCheck, useObserved } from "../../filters/at-hand";
import { Expression } from "../../filters/Expression";
import { useLanguage } from "../../i18n";
import { Check, Field, Form } from "../../shell/Form";
import { useMatching } from "./matching";

/** A group as it is to be: its expression is judged and counted while it is typed. */
export function GroupForm({ group, onClose }: { group: GroupSummary | null; onClose: () => void }) {
  const { say, format } = useLanguage();
  const client = useQueryClient();
  const observed = useObserved();
  const [name, setName] = useState(group?.GroupName ?? "");
  const [expression, setExpression] = useState(group?.FilterExpression ?? "");
  const [insights, setInsights] = useState(group?.InsightsConfiguration.InsightsEnabled ?? false);
  const [told, setTold] = useState(group?.InsightsConfiguration.NotificationsEnabled ?? false);
  const refusal = useCheck(expression, expression === (group?.FilterExpression ?? ""));
  const matching = useMatching(expression);
  const isDefault = group?.GroupName === "Default";
  const save = useMutation({
    mutationFn: async () => {
      const members = {
        GroupName: name.trim(),
        ...(!isDefault && { FilterExpression: expression.trim() }),
        InsightsConfiguration: { InsightsEnabled: insights, NotificationsEnabled: insights && told },
      };
      return group ? await call("UpdateGroup", members) : await call("CreateGroup", members);
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["GetGroups"] });
      onClose();
    },
  });
  return (
    <Form
      title={group ? say("groups.edit", group.GroupName) : say("groups.new")}
      submit={say(group ? "form.save" : "form.create")}
      busy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate()}
      onCancel={onClose}
    >
      <Field label={say("groups.name")} hint={group ? say("groups.nameFixed") : say("groups.nameHint")} value={name} disabled={group !== null} autoFocus={group === null} required maxLength={32} onChange={(event) => setName(event.target.value)} />
      {!isDefault && (
        <div className="field">
          <span className="label" aria-hidden="true">{say("groups.expression")}</span>
          <Expression value={expression} onChange={setExpression} onRun={() => save.mutate()} label={say("groups.expression")} refusal={refusal} observed={observed} />
          <p className="secondary" role="status">
            {matching ? say(matching.more ? "groups.matchingMore" : "groups.matching", say("traces.count", matching.count), format.period(900)) : say("groups.notCounted")}
          </p>
        </div>
      )}
      <Check label={say("groups.insightsOn")} checked={insights} onChange={setInsights} />
      <Check label={say("groups.notificationsOn")} checked={insights && told} disabled={!insights} onChange={setTold} />
      <p className="secondary">{say("groups.fromNow")}</p>
    </Form>
  );
}
