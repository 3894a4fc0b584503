import { plurals } from "../plurals";

const n = plurals("en");

export const live = {
  "live.title": "Live traces",
  "live.pause": "Pause",
  "live.resume": "Go on",
  "live.clear": "Clear",
  "live.search": "Search for these",
  "live.waiting": "Waiting for traces. They are shown as they come, the newest on top.",
  "live.waitingFilter": "No trace has fitted the filter yet.",
  "live.connecting": "Connecting",
  "live.open": "Live",
  "live.paused": "Paused",
  "live.pausedWhy": "Paused while you point at or select something.",
  "live.held": (count: number) => `+${n(count, { one: "trace", other: "traces" })} not shown`,
  "live.missed": (count: number) => `+${n(count, { one: "more was", other: "more were" })} too fast to show`,
  "live.seen": (count: number) => n(count, { one: "trace seen", other: "traces seen" }),
  "live.lost": "The connection to the server is lost. It is opened again by itself; what comes meanwhile is found by a search.",
  "live.again": "Connect now",
  "live.arrived": "Began",
  "live.service": "Service",
} as const;
