import { I18nProvider, type I18nProviderProps } from "@cloudscape-design/components/i18n";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { type Sentences, sentenceOf, type WordName } from "../filters/words";
import { recall, remember } from "../state/storage";
import { type Catalogue, en } from "./en";
import { type Format, formatFor } from "./format";

export type Language = "en" | "fr";
export const LANGUAGES: { id: Language; name: string }[] = [
  { id: "en", name: "English" },
  { id: "fr", name: "Français" },
];

/** The text of a key; a key with parameters asks for them. */
export type Say = <K extends keyof Catalogue>(
  key: K,
  ...values: Catalogue[K] extends (...values: infer P) => string ? P : []
) => string;

interface Spoken {
  language: Language;
  say: Say;
  format: Format;
  /** What a word of the filter expression means. */
  explain(word: WordName): string;
  choose(language: Language): void;
}

const KEY = "radiograph.language";
const Context = createContext<Spoken | null>(null);

/** The reader's choice, else what the browser asks for; public/before-paint.js does the same for the first paint. */
export function firstLanguage(): Language {
  return (recall(KEY) ?? navigator.language).startsWith("fr") ? "fr" : "en";
}

/** Our words, those of the filter expression, and those of the kit's own controls. */
export interface Words {
  catalogue: Catalogue;
  sentences: Sentences | null; // null: the server's own
  kit: I18nProviderProps["messages"];
}

/** Each language is a chunk of its own, read with the first page. */
export async function loadWords(language: Language): Promise<Words> {
  if (language === "fr") {
    const [{ fr }, { sentences }, kit] = await Promise.all([
      import("./fr"),
      import("../filters/sentences.fr"),
      import("@cloudscape-design/components/i18n/messages/all.fr"),
    ]);
    return { catalogue: fr, sentences, kit: [kit.default] };
  }
  return { catalogue: en, sentences: null, kit: [(await import("@cloudscape-design/components/i18n/messages/all.en")).default] };
}

export function speak(catalogue: Catalogue): Say {
  return (key, ...values) => {
    const entry: unknown = catalogue[key];
    return typeof entry === "function" ? (entry as (...v: unknown[]) => string)(...values) : (entry as string);
  };
}

export function LanguageProvider(props: { first: Language; words: Words; children: ReactNode }) {
  const [language, setLanguage] = useState(props.first);
  const [words, setWords] = useState(props.words);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const spoken = useMemo<Spoken>(
    () => ({
      language,
      say: speak(words.catalogue),
      format: formatFor(language),
      explain: (word) => words.sentences?.[word] ?? sentenceOf(word),
      choose: (next) => {
        remember(KEY, next);
        void loadWords(next).then((loaded) => {
          setWords(loaded);
          setLanguage(next);
        });
      },
    }),
    [language, words],
  );
  return (
    <I18nProvider locale={language} messages={words.kit}>
      <Context.Provider value={spoken}>{props.children}</Context.Provider>
    </I18nProvider>
  );
}

export function useLanguage(): Spoken {
  const spoken = useContext(Context);
  if (!spoken) throw new Error("useLanguage needs a LanguageProvider above it");
  return spoken;
}
