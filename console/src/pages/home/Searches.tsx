import { useState } from "react";
import { Link } from "wouter";
import { Coloured } from "../../filters/Paint";
import { useLanguage } from "../../i18n";
import { linkTo } from "../../state/question";
import { recentTraces } from "../../state/recent";
import { dropSearch, keepSearch, linkToSearch, type Search, searches } from "../../state/searches";

/** What this browser has searched for and opened: searches that were saved first, then recent ones, then traces. */
export function Searches() {
  const { say } = useLanguage();
  const [shelves, setShelves] = useState(() => ({ saved: searches("saved"), recent: searches("recent") }));
  const again = () => setShelves({ saved: searches("saved"), recent: searches("recent") });
  const isSaved = (search: Search) => shelves.saved.some((each) => each.filter === search.filter && each.group === search.group);
  const worded = ({ filter, group }: Search) => [group && say("home.inGroup", group), filter].filter(Boolean).join(" · ");
  const row = (search: Search) => {
    const saved = isSaved(search);
    return (
      <li key={`${search.group}|${search.filter}`}>
        <button
          type="button"
          className="tool"
          aria-pressed={saved}
          aria-label={say(saved ? "home.unsave" : "home.save", worded(search))}
          onClick={() => (saved ? dropSearch("saved", search) : keepSearch("saved", search), again())}
        >
          <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
            <path d="M3 1.5h8v11L7 9.6l-4 2.9Z" fill={saved ? "currentColor" : "none"} stroke="currentColor" strokeWidth="1.3" />
          </svg>
        </button>
        <Link className="clip" href={linkToSearch(search)} title={worded(search)}>
          {search.group && <span>{say("home.inGroup", search.group)} </span>}
          {search.filter ? <Coloured text={search.filter} /> : <span className="secondary">{say("home.everything")}</span>}
        </Link>
      </li>
    );
  };
  const recent = shelves.recent.filter((search) => !isSaved(search));
  const traces = recentTraces().slice(0, 5);
  return (
    <>
      {shelves.saved.length > 0 && (
        <section className="home-card">
          <h2>{say("home.saved")}</h2>
          <ul className="home-searches">{shelves.saved.map(row)}</ul>
        </section>
      )}
      <section className="home-card">
        <h2>{say("home.searches")}</h2>
        {recent.length > 0 ? <ul className="home-searches">{recent.map(row)}</ul> : <p className="secondary">{say("home.noSearches")}</p>}
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
