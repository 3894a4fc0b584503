/** How an element is read: a list says what its members are, a map what its values are, the rest what their text means. */
export type Shape = "text" | "number" | "flag" | "moment" | readonly [Shape] | { readonly each: Shape } | { readonly [member: string]: Shape };

/** As much of a DOM element as is needed here. */
export interface Element {
  readonly localName: string;
  readonly textContent: string | null;
  readonly children: Iterable<Element>;
}

/** The value of an element; members that are absent are null, lists and maps empty. Moments are epoch seconds. */
export function valueIn(element: Element, shape: Shape): unknown {
  const text = element.textContent ?? "";
  if (shape === "text") return text;
  if (shape === "number") return Number(text);
  if (shape === "flag") return text === "true";
  if (shape === "moment") return Date.parse(text) / 1000;
  const children = [...element.children];
  if (isList(shape)) return children.map((child) => valueIn(child, shape[0]));
  if (isMap(shape)) {
    const entries = children.map(({ children: inside }) => [...inside]);
    return Object.fromEntries(entries.map((entry) => [named(entry, "key")?.textContent ?? "", valueIn(named(entry, "value")!, shape.each)]));
  }
  return Object.fromEntries(
    Object.entries(shape).map(([name, inner]) => {
      const child = named(children, name);
      return [name, child ? valueIn(child, inner) : isList(inner) ? [] : isMap(inner) ? {} : null];
    }),
  );
}

/** The code and the message of a refusal; null for anything else. */
export function refusalIn(root: Element): { code: string; message: string } | null {
  const error = root.localName === "ErrorResponse" ? named(root.children, "Error") : undefined;
  if (!error) return null;
  const said = (name: string) => named(error.children, name)?.textContent ?? "";
  return { code: said("Code"), message: said("Message") };
}

function named(elements: Iterable<Element>, name: string): Element | undefined {
  return [...elements].find((each) => each.localName === name);
}

function isList(shape: Shape): shape is readonly [Shape] {
  return Array.isArray(shape);
}

function isMap(shape: Shape): shape is { readonly each: Shape } {
  return typeof shape === "object" && "each" in shape && !isList(shape);
}
