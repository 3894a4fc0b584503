import { Link } from "wouter";
import { Coloured } from "../../filters/Paint";
import { useLanguage } from "../../i18n";
import { linkTo } from "../../state/question";
import { recentTraces } from "../../state/recent";
import { range } from "../../state/range";
import { forgetSearch, questionIn, savedLink, saveSearch, useSaved } from "../../state/saved";
import { linkToSearch, recentSearches, type Search } from "../../state/searches";

/** What this browser has searched for and opened: searches that were saved first, then recent ones, then traces. */
export function Searches() {
  const { say } = useLanguage();
  const saved = useSaved().map((each) => ({ ...each, ...questionIn(each) }));
  const isSaved = (search: Search) => saved.some((each) => each.filter === search.filter && each.group === search.group);
  const worded = ({ filter, group }: Search) => [group && say("home.inGroup", group), filter].filter(Boolean).join(" · ");
  const recent = recentSearches().filter((search) => !isSaved(search));
  const row = (search: Search, href: string, name: string | null) => (
    <li key={name ?? `${search.group}|${search.filter}`}>
      <button
        type="button"
        className="tool"
        aria-pressed={name !== null}
        aria-label={say(name === null ? "home.save" : "home.unsave", name ?? worded(search))}
        onClick={() => (name === null ? saveSearch(worded(search).slice(0, 80), { ...search, timeRange: range.parse(null), live: false }) : forgetSearch(name))}
      >
        <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
          <path d="M3 1.5h8v11L7 9.6l-4 2.9Z" fill={name === null ? "none" : "currentColor"} stroke="currentColor" strokeWidth="1.3" />
        </svg>
      </button>
      <Link className="clip" href={href} title={worded(search)}>
        {name !== null && name !== worded(search) && <b>{name} </b>}
        {search.group && <span>{say("home.inGroup", search.group)} </span>}
        {search.filter ? <Coloured text={search.filter} /> : <span className="secondary">{say("home.everything")}</span>}
      </Link>
    </li>
  );
  const traces = recentTraces().slice(0, 5);
  return (
    <>
      {saved.length > 0 && (
        <section className="home-card">
          <h2>{say("home.saved")}</h2>
          <ul className="home-searches">{saved.map((each) => row(each, savedLink(each), each.name))}</ul>
        </section>
      )}
      <section className="home-card">
        <h2>{say("home.searches")}</h2>
        {recent.length > 0 ? <ul className="home-searches">{recent.map((each) => row(each, linkToSearch(each), null))}</ul> : <p className="secondary">{say("home.noSearches")}</p>}
      </section>
      {traces.length > 0 && (
        <section className="home-card">
          <h2>{say("home.traces")}</h2>
          <ul className="home-traces">
            {traces.map((trace) => (
              <li key={trace.id}><Link className="clip" href={linkTo(`/traces/${trace.id}`, { filter: "" })}>{trace.name || trace.id}</Link></li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
