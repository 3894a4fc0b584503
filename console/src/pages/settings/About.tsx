import { useQuery } from "@tanstack/react-query";
import { readServer } from "../../api/server";
import { useLanguage } from "../../i18n";
import { Failure } from "../../shell/Failure";
import { Waiting } from "../../shell/Waiting";

const MIB = 1 << 20;

/** How the server runs: its account and region, where it listens, what it keeps and what it refuses. */
export function About() {
  const { say, format } = useLanguage();
  const query = useQuery({ queryKey: ["server"], queryFn: ({ signal }) => readServer(signal) });
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  const server = query.data;
  if (!server) return <Waiting label={say("settings.loading")} />;
  const bytes = (value: number) => (value >= MIB ? `${format.compact(value / MIB)} MiB` : `${format.compact(value / 1024)} KiB`);
  const most = (value: number, worded: (value: number) => string) => (value > 0 ? worded(value) : say("settings.noLimit"));
  const host = location.hostname;
  const groups: [string | null, [string, string][]][] = [
    [null, [
      [say("settings.version"), server.Version],
      [say("settings.account"), server.AccountId],
      [say("settings.region"), server.Region],
      [say("settings.auth"), say(`settings.${server.Auth}`)],
    ]],
    [say("settings.ways"), [
      [say("settings.api"), `${host}:${server.Port}`],
      [say("settings.udp"), server.UdpAddress],
      [say("settings.otlpGrpc"), `${host}:${server.OtlpGrpcPort}`],
      [say("settings.otlpHttp"), `${host}:${server.OtlpHttpPort}`],
    ]],
    [say("settings.kept"), [
      [say("settings.traces"), say("settings.days", server.RetentionDays)],
      [say("settings.journal"), say("settings.hours", server.JournalRetainHours)],
      [say("settings.redact"), say(server.Redact === "off" ? "settings.unredacted" : "settings.redacted")],
    ]],
    [say("settings.limits"), [
      [say("settings.window"), most(server.MostWindowSeconds, format.duration)],
      [say("settings.calls"), most(server.MostCallsPerSecond, format.number)],
      [say("settings.segments"), most(server.MostSegmentsPerSecond, format.number)],
      [say("settings.annotations"), most(server.MostAnnotations, format.number)],
      [say("settings.traceBytes"), most(server.MostTraceBytes, bytes)],
      [say("settings.body"), bytes(server.MostBodyBytes)],
      [say("settings.otlpBody"), bytes(server.MostOtlpBytes)],
    ]],
  ];
  return (
    <div className="own-card">
      {groups.map(([title, rows], i) => (
        <div key={i}>
          {title && <h3>{title}</h3>}
          <dl className="own-facts">
            {rows.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}
          </dl>
        </div>
      ))}
      <p className="secondary">{say("settings.knobs")}</p>
    </div>
  );
}
