import { Link } from "wouter";
import { type AccessKeyMetadata, ListAccessKeys, ListUsers } from "../../api/access.gen";
import { queryAll } from "../../api/query";
import { useLanguage } from "../../i18n";
import { LastUsed } from "./AccessKeys";
import { ListHead } from "./Named";
import { List } from "./parts";
import { Read, useRead } from "./reading";

const AT_ONCE = 4;

/** The keys of every user, a few users at a time, the oldest keys first. */
async function readKeys(signal: AbortSignal): Promise<AccessKeyMetadata[]> {
  const users = await queryAll(ListUsers, {}, (page) => page.Users, signal);
  const found: AccessKeyMetadata[] = [];
  for (let i = 0; i < users.length; i += AT_ONCE) {
    const some = users.slice(i, i + AT_ONCE).map(({ UserName }) => queryAll(ListAccessKeys, { UserName }, (page) => page.AccessKeyMetadata, signal));
    found.push(...(await Promise.all(some)).flat());
  }
  return found.sort((a, b) => (a.CreateDate ?? 0) - (b.CreateDate ?? 0));
}

/** Every access key of the account: whose it is, how old, and when it was last used. */
export default function KeysPage() {
  const { say, format } = useLanguage();
  const keys = useRead(["keys"], readKeys);
  return (
    <>
      <ListHead title={say("iam.nav.keys")} about={say("iam.keysAbout")} />
      <Read reading={keys}>
        {(rows) => (
          <List
            label={say("iam.nav.keys")}
            rows={rows}
            name={(key) => `${key.AccessKeyId} ${key.UserName}`}
            empty={say("iam.noKeys")}
            columns={[
              { head: say("iam.key"), cell: (key) => <code>{key.AccessKeyId}</code> },
              { head: say("iam.user"), cell: (key) => <Link href={`/iam/users?name=${encodeURIComponent(key.UserName ?? "")}`}>{key.UserName}</Link> },
              { head: say("iam.status"), cell: (key) => say(key.Status === "Active" ? "iam.active" : "iam.inactive") },
              { head: say("iam.age"), cell: (key) => (key.CreateDate === null ? "–" : format.age(Date.now() / 1000 - key.CreateDate)) },
              { head: say("iam.lastUsed"), cell: (key) => <LastUsed id={key.AccessKeyId ?? ""} /> },
            ]}
          />
        )}
      </Read>
    </>
  );
}
