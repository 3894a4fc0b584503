import Button from "@cloudscape-design/components/button";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { call } from "../../api/client";
import type { SamplingRule, SamplingStatisticSummary } from "../../api/types.gen";
import { useLanguage } from "../../i18n";
import { inOrder } from "../../sampling/match";
import { statisticsOf } from "../../sampling/statistics";
import { Failure } from "../../shell/Failure";
import { Waiting } from "../../shell/Waiting";
import { text, useUrlState } from "../../state/url";
import { Bench } from "./Bench";
import { RuleForm } from "./RuleForm";
import { RuleTable } from "./RuleTable";
import "./sampling.css";

const STATE = { edit: text };
const NEW = "*";
const STATISTICS_EVERY_MS = 10_000; // clients report as often

async function readRules(signal: AbortSignal): Promise<SamplingRule[]> {
  const rules: SamplingRule[] = [];
  let token: string | undefined;
  do {
    const page = await call("GetSamplingRules", { ...(token && { NextToken: token }) }, signal);
    rules.push(...page.SamplingRuleRecords.map((record) => record.SamplingRule));
    token = page.NextToken;
  } while (token);
  return rules;
}

async function readStatistics(signal: AbortSignal): Promise<{ summaries: SamplingStatisticSummary[]; at: number }> {
  const summaries: SamplingStatisticSummary[] = [];
  let token: string | undefined;
  do {
    const page = await call("GetSamplingStatisticSummaries", { ...(token && { NextToken: token }) }, signal);
    summaries.push(...page.SamplingStatisticSummaries);
    token = page.NextToken;
  } while (token);
  return { summaries, at: Date.now() / 1000 };
}

/** The sampling rules by priority, what clients do under them, and which one would decide on a request. */
export default function SamplingPage() {
  const { say } = useLanguage();
  const client = useQueryClient();
  const [{ edit }, patch] = useUrlState(STATE);
  const query = useQuery({ queryKey: ["GetSamplingRules"], queryFn: ({ signal }) => readRules(signal), staleTime: 0 });
  const statistics = useQuery({
    queryKey: ["GetSamplingStatisticSummaries"],
    queryFn: ({ signal }) => readStatistics(signal),
    refetchInterval: STATISTICS_EVERY_MS,
    staleTime: 0,
  });
  const gone = useMutation({
    mutationFn: (name: string) => call("DeleteSamplingRule", { RuleName: name }),
    onSuccess: (_, name) => {
      if (edit === name) patch({ edit: "" });
      return client.invalidateQueries({ queryKey: ["GetSamplingRules"] });
    },
  });
  useEffect(() => {
    document.title = `${say("sampling.title")} · ${say("app.name")}`;
  }, [say]);

  const rules = useMemo(() => inOrder(query.data ?? []), [query.data]);
  const counted = useMemo(() => statisticsOf(statistics.data?.summaries ?? [], statistics.data?.at ?? 0), [statistics.data]);
  const chosen = rules.find((rule) => rule.RuleName === edit);
  const close = () => patch({ edit: "" }, "replace");
  return (
    <div className="page">
      <div className="settings-head">
        <h1>{say("sampling.title")}</h1>
        <span className="secondary">{say("sampling.about")}</span>
        <Button onClick={() => patch({ edit: NEW })}>{say("sampling.new")}</Button>
      </div>
      {[query, statistics].map(({ error, refetch }, i) => error && <Failure key={i} error={error} onRetry={() => void refetch()} />)}
      {gone.error && <Failure error={gone.error} />}
      {query.isPending && <Waiting label={say("sampling.loading")} />}
      {query.data && (
        <div className="settings" data-form={edit === NEW || chosen ? "" : undefined}>
          <div className="sampling-main">
            <RuleTable rules={rules} statistics={counted} chosen={edit} busy={gone.isPending} onEdit={(name) => patch({ edit: name })} onDelete={(name) => gone.mutate(name)} />
            <Bench rules={rules} />
          </div>
          {edit === NEW && <RuleForm key={NEW} rule={null} onClose={close} />}
          {chosen && <RuleForm key={chosen.RuleName} rule={chosen} onClose={close} />}
        </div>
      )}
    </div>
  );
}
