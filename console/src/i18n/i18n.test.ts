import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { en as firstEn } from "./en";
import { formatFor } from "./format";
import { fr as firstFr } from "./fr";
import { moreEn } from "./more.en";
import { moreFr } from "./more.fr";

const en = { ...firstEn, ...moreEn };
const fr = { ...firstFr, ...moreFr };

test("both languages have the same keys, each said in some way", () => {
  expect(Object.keys(fr).sort()).toEqual(Object.keys(en).sort());
  for (const [key, text] of Object.entries({ ...en, ...fr })) expect(typeof text === "function" || text.trim().length > 0, key).toBe(true);
});
test("every text is said somewhere", () => {
  const sources = new URL("..", import.meta.url);
  const names = readdirSync(sources, { recursive: true, encoding: "utf8" }).filter((name) => /\.tsx?$/.test(name) && !/^i18n\b/.test(name));
  const code = names.map((name) => readFileSync(new URL(name, sources), "utf8")).join("\n");
  const stems = (key: string) => key.split(".").slice(0, -1).map((_, i, parts) => parts.slice(0, i + 1).join("."));
  const said = (key: string) => code.includes(`"${key}"`) || stems(key).some((stem) => code.includes(`\`${stem}.\${`));
  expect(Object.keys(en).filter((key) => !said(key))).toEqual([]);
});
test("what the first pages say is in the first words", () => {
  const sources = new URL("..", import.meta.url);
  const others = /^(i18n|policies|pages\/(access|audit|insights|live|services|settings|start))\b/;
  const names = readdirSync(sources, { recursive: true, encoding: "utf8" }).filter((name) => /\.tsx?$/.test(name) && !others.test(name));
  const code = names.map((name) => readFileSync(new URL(name, sources), "utf8")).join("\n");
  expect(Object.keys(moreEn).filter((key) => code.includes(`"${key}"`))).toEqual([]);
});
test("texts with parameters are functions of as many in both", () => {
  const arity = (text: unknown) => (typeof text === "function" ? text.length : -1);
  for (const key of Object.keys(en) as (keyof typeof en)[]) expect(arity(fr[key]), key).toBe(arity(en[key]));
});
test("nothing is singular in French and plural in English", () => {
  expect(en["traces.count"](0)).toBe("0\u00a0traces");
  expect(fr["traces.count"](0)).toBe("0\u00a0trace");
  expect(fr["traces.count"](1284)).toMatch(/^1.284.traces$/u);
});

describe("a duration", () => {
  const plain = (text: string) => text.replace(/[\u202f\u00a0]/g, " ");
  test.each([
    [0, "0 ms"], [0.000413, "413 µs"], [0.00567, "5.67 ms"], [0.9999, "1 s"], [1.124, "1.12 s"], [59.99, "1 min"],
    [125, "2 min 5 s"], [7260, "2 h 1 min"], [NaN, "–"],
  ])("of %d s is %s", (seconds, words) => expect(plain(formatFor("en").duration(seconds))).toBe(words));
  test("has a comma in French", () => expect(plain(formatFor("fr").duration(1.124))).toBe("1,12 s"));
});
test("an age is relative", () => {
  expect(formatFor("fr").age(120)).toMatch(/il y a 2.min/u);
  expect(formatFor("en").age(-3)).toMatch(/0 sec/);
});
