import { useLocation } from "wouter";
import type { TraceSummary } from "../../api/types.gen";
import { useLanguage } from "../../i18n";
import { compareLink } from "../../state/compare";

/** Two checked traces are compared: the longer one is A, which the differences are said of. */
export function ComparePicked({ checked }: { checked: readonly TraceSummary[] }) {
  const { say } = useLanguage();
  const [, navigate] = useLocation();
  const [a, b] = [...checked].sort((one, other) => (other.ResponseTime ?? other.Duration ?? 0) - (one.ResponseTime ?? one.Duration ?? 0));
  const two = checked.length === 2;
  return (
    <button
      type="button"
      className="tool"
      data-outlined
      aria-disabled={!two}
      title={say("compare.pickHint")}
      onClick={() => two && navigate(compareLink(a!.Id ?? "", b!.Id ?? ""))}
    >
      {say("compare.pick")}
    </button>
  );
}
