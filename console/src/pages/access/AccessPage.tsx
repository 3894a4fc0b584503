import { type ComponentType, Suspense, useEffect } from "react";
import { Link, useLocation } from "wouter";
import { useLanguage } from "../../i18n";
import { Waiting } from "../../shell/Waiting";
import { late } from "../../shell/late";
import "../../shell/form.css";
import "./access.css";
import { Overview } from "./Overview";

const SECTIONS = ["overview", "users", "roles", "groups", "policies", "keys", "providers", "simulator", "audit"] as const;
type Section = (typeof SECTIONS)[number];
const PAGES: Record<Exclude<Section, "overview">, ComponentType<object>> = {
  users: late(() => import("./UsersPage")),
  roles: late(() => import("./RolesPage")),
  groups: late(() => import("./GroupsPage")),
  policies: late(() => import("./PoliciesPage")),
  keys: late(() => import("./KeysPage")),
  providers: late(() => import("./ProvidersPage")),
  simulator: late(() => import("./SimulatorPage")),
  audit: late(() => import("../audit/AuditPage")),
};

/** Who may do what: the pages of it, and the way from one to the other. */
export default function AccessPage() {
  const { say } = useLanguage();
  const [location] = useLocation();
  const section = SECTIONS.find((each) => location === pathOf(each));
  const title = section ? say(`iam.nav.${section}`) : say("iam.title");
  useEffect(() => {
    document.title = `${title} · ${say("iam.title")} · ${say("app.name")}`;
  }, [say, title]);
  const Page = section && section !== "overview" ? PAGES[section] : null;
  return (
    <div className="page access">
      <nav className="access-nav" aria-label={say("iam.sections")}>
        <ul>
          {SECTIONS.map((each) => (
            <li key={each}>
              <Link href={pathOf(each)} aria-current={each === section ? "page" : undefined}>{say(`iam.nav.${each}`)}</Link>
            </li>
          ))}
        </ul>
      </nav>
      <Suspense fallback={<Waiting label={say("iam.loading")} />}>
        {Page ? <Page key={section} /> : section === "overview" ? <Overview /> : <p className="blank">{say("nav.notFound")}</p>}
      </Suspense>
    </div>
  );
}

function pathOf(section: Section): string {
  return section === "overview" ? "/iam" : `/iam/${section}`;
}
