import DateRangePicker, { type DateRangePickerProps } from "@cloudscape-design/components/date-range-picker";
import { useLanguage } from "../i18n";
import { LONGEST_SECONDS, PRESETS_SECONDS, type Range } from "../state/range";

type Value = DateRangePickerProps.Value;
const UNITS = { second: 1, minute: 60, hour: 3600, day: 86_400 } as const;

const PRESETS: DateRangePickerProps.RelativeOption[] = PRESETS_SECONDS.map((seconds) => ({
  key: String(seconds),
  type: "relative",
  ...(seconds % 3600 === 0 ? { amount: seconds / 3600, unit: "hour" as const } : { amount: seconds / 60, unit: "minute" as const }),
}));

export function TimeRange({ value, onChange }: { value: Range; onChange: (range: Range) => void }) {
  const { say, format, language } = useLanguage();
  const check: DateRangePickerProps.ValidationFunction = (picked) => {
    const range = picked && rangeOf(picked);
    if (!range) return { valid: false, errorMessage: say("range.empty") };
    if (range.kind === "fixed" && range.start >= range.end) return { valid: false, errorMessage: say("range.order") };
    const seconds = range.kind === "fixed" ? range.end - range.start : range.seconds;
    return seconds > LONGEST_SECONDS ? { valid: false, errorMessage: say("range.tooLong") } : { valid: true };
  };
  return (
    <DateRangePicker
      value={valueOf(value)}
      relativeOptions={PRESETS}
      isValidRange={check}
      locale={language}
      showClearButton={false}
      expandToViewport
      hideTimeOffset={false}
      customRelativeRangeUnits={["minute", "hour"]}
      placeholder={say("range.label")}
      i18nStrings={{
        ariaLabel: say("range.label"),
        formatRelativeRange: (picked) => say("range.last", format.period(picked.amount * unitOf(picked.unit))),
      }}
      onChange={({ detail }) => {
        const range = detail.value && rangeOf(detail.value);
        if (range) onChange(range);
      }}
    />
  );
}

function unitOf(unit: string): number {
  return UNITS[unit as keyof typeof UNITS] ?? 1;
}

function rangeOf(value: Value): Range | null {
  if (value.type === "relative") return { kind: "last", seconds: value.amount * unitOf(value.unit) };
  const [start, end] = [Date.parse(value.startDate) / 1000, Date.parse(value.endDate) / 1000];
  return Number.isNaN(start) || Number.isNaN(end) ? null : { kind: "fixed", start, end };
}

function valueOf(range: Range): Value {
  if (range.kind === "fixed") {
    const iso = (seconds: number) => new Date(seconds * 1000).toISOString();
    return { type: "absolute", startDate: iso(range.start), endDate: iso(range.end) };
  }
  const preset = PRESETS.find((each) => each.key === String(range.seconds));
  return preset ?? { type: "relative", amount: range.seconds / 60, unit: "minute" };
}
