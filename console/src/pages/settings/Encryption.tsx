import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { call } from "../../api/client";
import type { EncryptionConfig } from "../../api/types.gen";
import { useLanguage } from "../../i18n";
import { Failure } from "../../shell/Failure";
import { Field } from "../../shell/Form";
import { Waiting } from "../../shell/Waiting";
import { Saving } from "./Saving";

const KEY = ["GetEncryptionConfig"];
const AGAIN_MS = 1000;

export function Encryption() {
  const { say } = useLanguage();
  const query = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => call("GetEncryptionConfig", {}, signal).then((answer) => answer.EncryptionConfig),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.Status === "UPDATING" ? AGAIN_MS : false),
  });
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return query.data ? <Chosen config={query.data} /> : <Waiting label={say("settings.loading")} />;
}

function Chosen({ config }: { config: EncryptionConfig }) {
  const { say } = useLanguage();
  const client = useQueryClient();
  const [type, setType] = useState(config.Type);
  const [key, setKey] = useState(config.KeyId ?? "");
  const save = useMutation({
    mutationFn: () => call("PutEncryptionConfig", type === "KMS" ? { Type: type, KeyId: key.trim() } : { Type: type }),
    onSuccess: (answer) => {
      setKey(answer.EncryptionConfig.KeyId ?? "");
      return client.invalidateQueries({ queryKey: KEY });
    },
  });
  return (
    <Saving label={say("settings.encryption")} submit={say("form.save")} saving={save} onSave={() => save.mutate()}>
      <p className="secondary">{say("settings.encryptionNote")}</p>
      <dl className="own-facts"><div><dt>{say("settings.status")}</dt><dd role="status">{say(`settings.status${config.Status}`)}</dd></div></dl>
      <fieldset>
        <legend>{say("map.type")}</legend>
        <label className="field-check"><input type="radio" name="encryption" checked={type === "NONE"} onChange={() => setType("NONE")} />{say("settings.encryptionNone")}</label>
        <label className="field-check"><input type="radio" name="encryption" checked={type === "KMS"} onChange={() => setType("KMS")} />{say("settings.encryptionKms")}</label>
      </fieldset>
      {type === "KMS" && <Field label={say("settings.key")} hint={say("settings.keyHint")} value={key} required onChange={(event) => setKey(event.target.value)} />}
    </Saving>
  );
}
