import { useState } from "react";
import * as iam from "../../api/access.gen";
import { note } from "../../api/asked";
import { query, queryQuietly } from "../../api/query";
import { useLanguage } from "../../i18n";
import { Failure } from "../../shell/Failure";
import { Check, Delete } from "../../shell/Form";
import { passwordOf } from "./holders";
import { Part } from "./parts";
import { Read, useDo, useRead } from "./reading";

/** The password that a user logs in to the console with: whether there is one, another one, or none any more. */
export function Password({ user }: { user: string }) {
  const { say, format } = useLanguage();
  const [typed, setTyped] = useState("");
  const [isFirst, setFirst] = useState(true);
  const profile = useRead(["user", user, "password"], (signal) => passwordOf(user, signal));
  const change = useDo(() => setTyped(""));
  const asked = () => {
    const operation = profile.data ? iam.UpdateLoginProfile : iam.CreateLoginProfile;
    const request = { UserName: user, PasswordResetRequired: isFirst };
    note(operation.name, { ...request, Password: "…" }, "iam"); // what the page asked is shown; what was typed is not
    return queryQuietly<iam.CreateLoginProfileRequest, unknown>(operation, { ...request, Password: typed });
  };
  const drop = () => query(iam.DeleteLoginProfile, { UserName: user });
  return (
    <Part title={say("iam.password")} tools={profile.data && <Delete name={say("iam.password")} busy={change.isPending} onDelete={() => change.mutate(drop)} />}>
      {change.error && <Failure error={change.error} />}
      <Read reading={profile}>
        {(found) => (
          <>
            <p className="secondary">{found ? say("iam.hasPassword", format.moment(found.CreateDate)) : say("iam.noPassword")} {found?.PasswordResetRequired && say("iam.resetRequired")}</p>
            <form className="access-choose" onSubmit={(event) => (event.preventDefault(), change.mutate(asked))}>
              <input type="password" autoComplete="new-password" aria-label={say("iam.newPassword")} placeholder={say("iam.newPassword")} required maxLength={128} value={typed} onChange={(event) => setTyped(event.target.value)} />
              <Check label={say("iam.mustChange")} checked={isFirst} onChange={setFirst} />
              <button type="submit" className="tool" data-outlined="" disabled={change.isPending || !typed}>{say(found ? "iam.changePassword" : "iam.setPassword")}</button>
            </form>
          </>
        )}
      </Read>
    </Part>
  );
}
