import Button from "@cloudscape-design/components/button";
import { useEffect, useId, useRef, useState } from "react";
import { type AccessKey, CreateAccessKey, DeleteAccessKey, GetAccessKeyLastUsed, ListAccessKeys, UpdateAccessKey } from "../../api/access.gen";
import { query, queryAll } from "../../api/query";
import { useLanguage } from "../../i18n";
import { Failure } from "../../shell/Failure";
import { Delete } from "../../shell/Form";
import { download } from "../../shell/download";
import { Copy, List, Part, Tool } from "./parts";
import { Read, useDo, useRead } from "./reading";

/** The access keys of a user; of a new one, the secret is shown this once. */
export function AccessKeys({ user }: { user: string }) {
  const { say, format } = useLanguage();
  const [made, setMade] = useState<AccessKey | null>(null);
  const keys = useRead(["user", user, "keys"], (signal) => queryAll(ListAccessKeys, { UserName: user }, (page) => page.AccessKeyMetadata, signal));
  const change = useDo();
  const make = async () => setMade((await query(CreateAccessKey, { UserName: user })).AccessKey);
  return (
    <Part title={say("iam.nav.keys")} tools={<Tool label={say("iam.newKey")} disabled={change.isPending} onClick={() => change.mutate(make)} />}>
      {change.error && <Failure error={change.error} />}
      <Read reading={keys}>
        {(rows) => (
          <List
            label={say("iam.nav.keys")}
            rows={rows}
            name={(key) => key.AccessKeyId ?? ""}
            empty={say("iam.noKeys")}
            columns={[
              { head: say("iam.key"), cell: (key) => <code>{key.AccessKeyId}</code> },
              { head: say("iam.status"), cell: (key) => say(key.Status === "Active" ? "iam.active" : "iam.inactive") },
              { head: say("iam.created"), cell: (key) => (key.CreateDate === null ? "–" : format.moment(key.CreateDate)), narrow: true },
              { head: say("iam.lastUsed"), cell: (key) => <LastUsed id={key.AccessKeyId ?? ""} /> },
              {
                head: "",
                cell: (key) => {
                  const [id, next] = [key.AccessKeyId ?? "", key.Status === "Active" ? ("Inactive" as const) : ("Active" as const)];
                  const does = say(next === "Active" ? "iam.makeActive" : "iam.makeInactive");
                  return (
                    <>
                      <button type="button" className="tool" aria-label={`${does} ${id}`} disabled={change.isPending} onClick={() => change.mutate(() => query(UpdateAccessKey, { UserName: user, AccessKeyId: id, Status: next }))}>{does}</button>
                      <Delete name={id} busy={change.isPending} onDelete={() => change.mutate(() => query(DeleteAccessKey, { UserName: user, AccessKeyId: id }))} />
                    </>
                  );
                },
              },
            ]}
          />
        )}
      </Read>
      {made && <Secret made={made} onClose={() => setMade(null)} />}
    </Part>
  );
}

/** When a key was last used, and for what. */
export function LastUsed({ id }: { id: string }) {
  const { say, format } = useLanguage();
  const used = useRead(["used", id], async (signal) => (await query(GetAccessKeyLastUsed, { AccessKeyId: id }, signal)).AccessKeyLastUsed);
  if (used.error) return <span title={used.error.message}>–</span>;
  if (!used.data) return null;
  const { LastUsedDate: at, ServiceName: service, Region: region } = used.data;
  return at === null ? say("iam.neverUsed") : <span title={format.moment(at)}>{format.age(Date.now() / 1000 - at)} · {service} · {region}</span>;
}

/** A new key with its secret, until this is closed; then nobody can see it again. */
function Secret({ made, onClose }: { made: AccessKey; onClose: () => void }) {
  const { say } = useLanguage();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);
  const save = () => download(`${made.UserName}_accessKeys.csv`, "text/csv", `Access key ID,Secret access key\r\n${made.AccessKeyId},${made.SecretAccessKey}\r\n`);
  return (
    <dialog ref={dialog} className="access-dialog" aria-labelledby={id} onCancel={(event) => event.preventDefault()} onClose={onClose}>
      <h2 id={id}>{say("iam.keyMade", made.UserName)}</h2>
      <p className="strip">{say("iam.once")}</p>
      <dl className="access-secret">
        <dt>{say("iam.key")}</dt>
        <dd><code>{made.AccessKeyId}</code> <Copy text={made.AccessKeyId} about={say("iam.key")} /></dd>
        <dt>{say("iam.secret")}</dt>
        <dd><code data-secret="">{made.SecretAccessKey}</code> <Copy text={made.SecretAccessKey} about={say("iam.secret")} /></dd>
      </dl>
      <div className="form-end">
        <Button onClick={save}>{say("iam.download")}</Button>
        <Button variant="primary" onClick={onClose}>{say("iam.kept")}</Button>
      </div>
    </dialog>
  );
}
