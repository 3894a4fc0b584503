const NARROW = "\u202f"; // numbers and units stay together, closer than words do

/** Numbers, moments and durations as one language writes them. */
export interface Format {
  number(value: number): string;
  /** Short numbers for axes and labels: 8 020, 12.3 k. */
  compact(value: number): string;
  percent(share: number): string;
  /** Three significant digits and the unit that fits: 413 µs, 5.67 ms, 1.12 s, 2 min 5 s. */
  duration(seconds: number): string;
  /** The same with its sign: +413 µs, −1.12 s. */
  signed(seconds: number): string;
  /** A period chosen in a menu: "15 minutes". */
  period(seconds: number): string;
  moment(epochSeconds: number): string;
  clock(epochSeconds: number, withSeconds?: boolean): string;
  /** "12 seconds ago" */
  age(seconds: number): string;
}

export function formatFor(language: string): Format {
  const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const three = new Intl.NumberFormat(language, { maximumSignificantDigits: 3 });
  const short = new Intl.NumberFormat(language, { notation: "compact", maximumSignificantDigits: 3 });
  const share = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 1 });
  const moment = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "medium" });
  const minutes = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit" });
  const seconds = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  const relative = new Intl.RelativeTimeFormat(language, { numeric: "always", style: "short" });
  const period = (unit: string) => new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" });

  const duration = (value: number): string => {
    if (!Number.isFinite(value)) return "–";
    const size = Math.abs(value);
    if (size === 0) return `0${NARROW}ms`;
    if (size < 0.9995e-3) return `${three.format(value * 1e6)}${NARROW}µs`;
    if (size < 0.9995) return `${three.format(value * 1e3)}${NARROW}ms`;
    if (size < 59.95) return `${three.format(value)}${NARROW}s`;
    const rounded = Math.round(size);
    const [minute, second] = [Math.floor(rounded / 60), rounded % 60];
    const sign = value < 0 ? "−" : "";
    if (minute < 60) return `${sign}${minute}${NARROW}min${second ? ` ${second}${NARROW}s` : ""}`;
    return `${sign}${whole.format(Math.floor(minute / 60))}${NARROW}h${minute % 60 ? ` ${minute % 60}${NARROW}min` : ""}`;
  };

  return {
    number: (value) => whole.format(value),
    compact: (value) => (Math.abs(value) < 10_000 ? three.format(value) : short.format(value)),
    percent: (value) => share.format(value),
    duration,
    signed: (value) => `${value > 0 ? "+" : value < 0 ? "−" : ""}${duration(Math.abs(value))}`,
    period: (value) =>
      value % 3600 === 0 ? period("hour").format(value / 3600)
      : value % 60 === 0 ? period("minute").format(value / 60)
      : period("second").format(value),
    moment: (value) => moment.format(value * 1000),
    clock: (value, withSeconds = false) => (withSeconds ? seconds : minutes).format(value * 1000),
    age: (value) => {
      const size = Math.max(0, value);
      if (size < 60) return relative.format(-Math.round(size), "second");
      if (size < 3600) return relative.format(-Math.round(size / 60), "minute");
      if (size < 86_400) return relative.format(-Math.round(size / 3600), "hour");
      return relative.format(-Math.round(size / 86_400), "day");
    },
  };
}
