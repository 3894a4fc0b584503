type Forms = { one: string; other: string };

/** Words with their count in front, by the plural rules of the language: 0 is singular in French, plural in English. */
export function plurals(language: string): (count: number, forms: Forms) => string {
  const rules = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  return (count, forms) => `${numbers.format(count)}\u00a0${rules.select(count) === "one" ? forms.one : forms.other}`;
}
