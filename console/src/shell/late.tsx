import { type ComponentType, type ReactNode, lazy, useLayoutEffect, useState } from "react";
import { dismissSummons } from "../state/summon";
import { Waiting } from "./Waiting";

export interface Late<P> {
  (props: P): ReactNode;
  /** Fetches the page, so that going to it later does not show a frame without one. */
  fetch(): void;
}

/** A page in a file of its own, fetched when it is first shown or in a quiet moment before that. */
export function late<P extends object>(load: () => Promise<{ default: ComponentType<P> }>): Late<P> {
  let here: ComponentType<P> | null = null;
  const fetch = async () => {
    const module = await load();
    here = module.default;
    return module;
  };
  const Fetched = lazy(fetch) as unknown as ComponentType<P>;
  function Page(props: P) {
    // Chosen once for each mount: what is fetched meanwhile must not be mounted over what already waits for it.
    const [Chosen] = useState<ComponentType<P>>(() => here ?? Fetched);
    return <Chosen {...props} />;
  }
  return Object.assign(Page, { fetch: () => void fetch().catch(() => undefined) }); // shown again, it says what failed
}

/** Stands in the place of a page that is still being fetched. */
export function Coming() {
  // After the commit that shows the page, whose question takes what was meant for it while it shows.
  useLayoutEffect(() => () => queueMicrotask(dismissSummons), []);
  return <div className="page" data-coming=""><Waiting label="…" /></div>;
}
