import { expect, test } from "vitest";
import { withoutFallbacks } from "../build/kit-tokens";

test("what to take in place of a token goes where the token is always there", () => {
  const known = (property: string) => property === "--ink";
  expect(withoutFallbacks("a{color:var(--ink, rgba(0, 0, 0, var(--x, 1)));b:var(--ink,)}", known)).toBe("a{color:var(--ink);b:var(--ink)}");
  expect(withoutFallbacks("a{color:var(--other, var(--ink, red))}", known)).toBe("a{color:var(--other, var(--ink))}");
  expect(withoutFallbacks("a{color:red}", known)).toBe("a{color:red}");
});
