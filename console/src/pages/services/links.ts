import { quote } from "../../filters/literals";
import { linkTo } from "../../state/question";

/** The page of one service; its type tells it from another of the same name. */
export function linkToService(name: string, type: string | null | undefined): string {
  const page = linkTo(`/services/${encodeURIComponent(name)}`, { filter: "" });
  return type ? `${page}${page.includes("?") ? "&" : "?"}type=${encodeURIComponent(type)}` : page;
}

/** The expression for what a service took part in; `inside` narrows it to what holds of the service itself. */
export function serviceClause(name: string, type: string | null | undefined, inside = ""): string {
  const service = `service(id(name: ${quote(name)}${type ? `, type: ${quote(type)}` : ""}))`;
  return inside ? `${service} { ${inside} }` : service;
}
