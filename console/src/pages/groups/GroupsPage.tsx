import Button from "@cloudscape-design/components/button";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { Link } from "wouter";
import { call } from "../../api/client";
import type { GroupSummary } from "../../api/types.gen";
import { Coloured } from "../../filters/Paint";
import { useLanguage } from "../../i18n";
import { Failure } from "../../shell/Failure";
import { Delete } from "../../shell/Form";
import { Waiting } from "../../shell/Waiting";
import { linkTo } from "../../state/question";
import { text, useUrlState } from "../../state/url";
import { GroupForm } from "./GroupForm";

const STATE = { edit: text };
const NEW = "*"; // no name of a group has one
const ALL = "Default";

async function read(signal: AbortSignal) {
  const groups: GroupSummary[] = [];
  let token: string | undefined;
  do {
    const page = await call("GetGroups", { ...(token && { NextToken: token }) }, signal);
    groups.push(...page.Groups);
    token = page.NextToken;
  } while (token);
  return { Groups: groups };
}

/** The groups: named expressions that traces are matched against as they come. */
export default function GroupsPage() {
  const { say } = useLanguage();
  const client = useQueryClient();
  const [{ edit }, patch] = useUrlState(STATE);
  const query = useQuery({ queryKey: ["GetGroups"], queryFn: ({ signal }) => read(signal), staleTime: 0 });
  const gone = useMutation({
    mutationFn: (name: string) => call("DeleteGroup", { GroupName: name }),
    onSuccess: (_, name) => {
      if (edit === name) patch({ edit: "" });
      return client.invalidateQueries({ queryKey: ["GetGroups"] });
    },
  });
  useEffect(() => {
    document.title = `${say("groups.title")} · ${say("app.name")}`;
  }, [say]);

  const groups = query.data?.Groups ?? [];
  const chosen = groups.find((group) => group.GroupName === edit);
  const close = () => patch({ edit: "" }, "replace");
  return (
    <div className="page">
      <div className="settings-head">
        <h1>{say("groups.title")}</h1>
        <span className="secondary">{say("groups.about")}</span>
        <Button onClick={() => patch({ edit: NEW })}>{say("groups.new")}</Button>
      </div>
      {query.error && <Failure error={query.error} onRetry={() => void query.refetch()} />}
      {gone.error && <Failure error={gone.error} />}
      {query.isPending && <Waiting label={say("groups.loading")} />}
      {query.data && (
        <div className="settings" data-form={edit === NEW || chosen ? "" : undefined}>
          <table className="list" aria-label={say("groups.title")}>
            <thead>
              <tr>
                <th scope="col">{say("groups.name")}</th>
                <th scope="col">{say("groups.expression")}</th>
                <th scope="col">{say("groups.insights")}</th>
                <td />
              </tr>
            </thead>
            <tbody>
              {groups.map((group) => {
                const { GroupName: name, FilterExpression: expression, InsightsConfiguration: insights } = group;
                return (
                  <tr key={name} data-chosen={name === edit ? "" : undefined}>
                    <th scope="row">{name}</th>
                    <td>{expression ? <Coloured text={expression} /> : <span className="secondary">{say("groups.everything")}</span>}</td>
                    <td>{say(insights.NotificationsEnabled ? "groups.told" : insights.InsightsEnabled ? "groups.watched" : "groups.off")}</td>
                    <td className="tools">
                      <Link className="tool" aria-label={`${say("groups.use")} ${name}`} href={linkTo("/traces", { group: name === ALL ? "" : name, filter: "" })}>{say("groups.use")}</Link>
                      <button type="button" className="tool" aria-label={`${say("form.edit")} ${name}`} onClick={() => patch({ edit: name })}>{say("form.edit")}</button>
                      {name !== ALL && <Delete name={name} busy={gone.isPending} onDelete={() => gone.mutate(name)} />}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
          {edit === NEW && <GroupForm key={NEW} group={null} onClose={close} />}
          {chosen && <GroupForm key={chosen.GroupName} group={chosen} onClose={close} />}
        </div>
      )}
    </div>
  );
}
