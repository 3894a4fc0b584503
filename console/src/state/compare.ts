import { linkTo } from "./question";

/** In place of the second id: what the first trace is held against is what is usual. */
export const TYPICAL = "typical";

/** The address of a comparison; the question of the page it is reached from goes along. */
export function compareLink(a: string, b: string): string {
  const path = linkTo("/compare");
  return `${path}${path.includes("?") ? "&" : "?"}${new URLSearchParams({ ...(a && { a }), ...(b && { b }) })}`;
}
