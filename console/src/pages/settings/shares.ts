import { TRACES } from "../../api/oam";
import { useLanguage } from "../../i18n";

/** What a link shares: traces in words, what has no effect here as it is called. */
export function useShares(): (types: readonly string[]) => string {
  const { say } = useLanguage();
  return (types) => types.map((type) => (type === TRACES ? say("sharing.traces") : type)).join(", ");
}
