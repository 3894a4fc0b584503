import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { call } from "../../api/client";
import type { SamplingRule } from "../../api/types.gen";
import { useLanguage } from "../../i18n";
import { Field, Form } from "../../shell/Form";
import { Attributes, readAttributes, writeAttributes } from "./Attributes";

const PATTERNS = [
  ["ServiceName", "sampling.service", 64],
  ["ServiceType", "sampling.type", 64],
  ["HTTPMethod", "sampling.method", 10],
  ["Host", "sampling.host", 64],
  ["URLPath", "sampling.path", 128],
  ["ResourceARN", "sampling.arn", 500],
] as const;

/** A rule as it is to be; of the one that is always there, only the limits can be changed. */
export function RuleForm({ rule, onClose }: { rule: SamplingRule | null; onClose: () => void }) {
  const { say } = useLanguage();
  const client = useQueryClient();
  const [name, setName] = useState(rule?.RuleName ?? "");
  const [priority, setPriority] = useState(String(rule?.Priority ?? 100));
  const [reservoir, setReservoir] = useState(String(rule?.ReservoirSize ?? 1));
  const [percent, setPercent] = useState(String(Number(((rule?.FixedRate ?? 0.05) * 100).toPrecision(12))));
  const [patterns, setPatterns] = useState(() => Object.fromEntries(PATTERNS.map(([field]) => [field, rule?.[field] ?? "*"])) as Record<(typeof PATTERNS)[number][0], string>);
  const [attributes, setAttributes] = useState(writeAttributes(rule?.Attributes ?? {}));
  const [most, setMost] = useState(rule?.SamplingRateBoost ? String(rule.SamplingRateBoost.MaxRate * 100) : "");
  const [cooldown, setCooldown] = useState(String(rule?.SamplingRateBoost?.CooldownWindowMinutes ?? 10));
  const isDefault = rule?.RuleName === "Default";
  const save = useMutation({
    mutationFn: async () => {
      const limits = { FixedRate: Number(percent) / 100, ReservoirSize: Number(reservoir) };
      const boost = most.trim() ? { SamplingRateBoost: { MaxRate: Number(most) / 100, CooldownWindowMinutes: Number(cooldown) } } : {};
      const members = { ...limits, ...patterns, ...boost, Priority: Number(priority), Attributes: readAttributes(attributes) };
      if (!rule) return await call("CreateSamplingRule", { SamplingRule: { RuleName: name.trim(), Version: 1, ...members } });
      return await call("UpdateSamplingRule", { SamplingRuleUpdate: { RuleName: name, ...(isDefault ? limits : members) } });
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["GetSamplingRules"] });
      onClose();
    },
  });
  return (
    <Form
      title={rule ? say("sampling.edit", name) : say("sampling.new")}
      submit={say(rule ? "form.save" : "form.create")}
      busy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate()}
      onCancel={onClose}
    >
      {!isDefault && (
        <div className="form-pair">
          <Field label={say("sampling.rule")} value={name} disabled={rule !== null} autoFocus={rule === null} required maxLength={32} onChange={(event) => setName(event.target.value)} />
          <Field label={say("sampling.priority")} hint={say("sampling.priorityHint")} type="number" min={1} max={9999} required value={priority} onChange={(event) => setPriority(event.target.value)} />
        </div>
      )}
      <div className="form-pair">
        <Field label={say("sampling.reservoir")} hint={say("sampling.reservoirHint")} type="number" min={0} required value={reservoir} onChange={(event) => setReservoir(event.target.value)} />
        <Field label={say("sampling.rate")} hint={say("sampling.rateHint")} type="number" min={0} max={100} step="any" required value={percent} onChange={(event) => setPercent(event.target.value)} />
      </div>
      {!isDefault && (
        <>
          <div className="form-pair">
            {PATTERNS.map(([field, word, longest]) => (
              <Field key={field} label={say(word)} required value={patterns[field]} maxLength={longest} onChange={(event) => setPatterns({ ...patterns, [field]: event.target.value })} />
            ))}
          </div>
          <p className="secondary">{say("sampling.patternHint")}</p>
          <Attributes value={attributes} hint={say("sampling.attributesHint")} onChange={setAttributes} />
          <div className="form-pair">
            <Field label={say("sampling.boost")} hint={say("sampling.boostHint")} type="number" min={0} max={100} step="any" value={most} onChange={(event) => setMost(event.target.value)} />
            <Field label={say("sampling.cooldown")} type="number" min={0} value={cooldown} disabled={!most.trim()} onChange={(event) => setCooldown(event.target.value)} />
          </div>
        </>
      )}
    </Form>
  );
}
