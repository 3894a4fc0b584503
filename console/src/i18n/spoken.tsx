import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { sentenceOf, type WordName } from "../filters/words";
import type { Catalogue, FirstWords, MoreWords } from "./catalogue";
import { type Format, formatFor } from "./format";

export type Language = "en" | "fr";

/** The text of a key; a key with parameters asks for them. */
export type Say = <K extends keyof Catalogue>(
  key: K,
  ...values: Catalogue[K] extends (...values: infer P) => string ? P : []
) => string;

export interface Spoken {
  language: Language;
  say: Say;
  format: Format;
  /** What a word of the filter expression means. */
  explain(word: WordName): string;
  choose(language: Language): void;
}

export const SpokenContext = createContext<Spoken | null>(null);

/** What more words there are may be added to the catalogue later. */
export function speak(catalogue: FirstWords & Partial<MoreWords>): Say {
  return (key, ...values) => {
    const entry: unknown = catalogue[key];
    return typeof entry === "function" ? (entry as (...v: unknown[]) => string)(...values) : (entry as string);
  };
}

/** Languages that are here already, for a page without the kit and without a server to read more from. */
export function SpokenProvider({ first, catalogues, children }: { first: Language; catalogues: Record<Language, FirstWords>; children: ReactNode }) {
  const [language, choose] = useState(first);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const spoken = useMemo<Spoken>(
    () => ({ language, say: speak(catalogues[language]), format: formatFor(language), explain: sentenceOf, choose }),
    [language, catalogues],
  );
  return <SpokenContext.Provider value={spoken}>{children}</SpokenContext.Provider>;
}

export function useLanguage(): Spoken {
  const spoken = useContext(SpokenContext);
  if (!spoken) throw new Error("useLanguage needs a LanguageProvider above it");
  return spoken;
}
