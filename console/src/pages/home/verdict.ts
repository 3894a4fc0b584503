import type { ServiceChange } from "../../api/types.gen";
import type { Status } from "../../state/status";

/** What can be said of a period in one sentence. */
export interface Verdict {
  status: Status;
  unhealthy: ServiceChange[];
  since: number | null; // the first minute in which one of them was unhealthy
  seen: number;
}

/** The services that got worse, the gravest first, and since when; the list comes ranked from the server. */
export function verdictOf(services: readonly ServiceChange[]): Verdict {
  const seen = services.filter((service) => service.Count > 0);
  const unhealthy = seen.filter((service) => service.IsUnhealthy);
  const moments = unhealthy.flatMap((service) => service.FirstBad ?? []);
  return {
    status: unhealthy.length === 0 ? "ok" : unhealthy.some((service) => service.FaultShare > service.FaultShareBefore) ? "fault" : "error",
    unhealthy,
    since: moments.length > 0 ? Math.min(...moments) : null,
    seen: seen.length,
  };
}

/** The changes for the worse, the largest first. */
export function worst(services: readonly ServiceChange[], most: number): ServiceChange[] {
  return services.filter((service) => service.Worse > 0 && service.Count > 0).sort((a, b) => b.Worse - a.Worse).slice(0, most);
}

/** How a share or a duration moved: 1.2 is a fifth more; null when there is nothing before to hold it against. */
export function ratio(now: number, before: number): number | null {
  return before > 0 ? now / before : null;
}
