import { I18nProvider, type I18nProviderProps } from "@cloudscape-design/components/i18n";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { type Sentences, sentenceOf } from "../filters/words";
import { recall, remember } from "../state/storage";
import type { FirstWords, MoreWords } from "./catalogue";
import { formatFor } from "./format";
import { type Language, speak, type Spoken, SpokenContext } from "./spoken";

export { type Language, type Say, speak, useLanguage } from "./spoken";

export const LANGUAGES: { id: Language; name: string }[] = [
  { id: "en", name: "English" },
  { id: "fr", name: "Français" },
];

const KEY = "radiograph.language";

/** The reader's choice, else what the browser asks for; public/before-paint.js does the same for the first paint. */
export function firstLanguage(): Language {
  return (recall(KEY) ?? navigator.language).startsWith("fr") ? "fr" : "en";
}

/** Our words, those of the filter expression, and those of the kit's own controls. */
export interface Words {
  catalogue: FirstWords & Partial<MoreWords>;
  sentences: Sentences | null; // null: the server's own
  kit: I18nProviderProps["messages"];
}

interface Chunks {
  first(): Promise<Words>;
  more(): Promise<MoreWords>;
}

const CHUNKS: Record<Language, Chunks> = {
  en: {
    first: async () => {
      const [{ en }, kit] = await Promise.all([import("./en"), import("@cloudscape-design/components/i18n/messages/all.en")]);
      return { catalogue: { ...en }, sentences: null, kit: [kit.default] };
    },
    more: async () => (await import("./more.en")).moreEn,
  },
  fr: {
    first: async () => {
      const [{ fr }, { sentences }, kit] = await Promise.all([
        import("./fr"),
        import("../filters/sentences.fr"),
        import("@cloudscape-design/components/i18n/messages/all.fr"),
      ]);
      return { catalogue: { ...fr }, sentences, kit: [kit.default] };
    },
    more: async () => (await import("./more.fr")).moreFr,
  },
};

const read: Partial<Record<Language, Words>> = {};
let isMoreWanted = false;

/** Each language is chunks of its own: the first is read with the first page. */
export async function loadWords(language: Language): Promise<Words> {
  const [words, more] = await Promise.all([read[language] ?? CHUNKS[language].first(), isMoreWanted ? CHUNKS[language].more() : {}]);
  Object.assign(words.catalogue, more);
  return (read[language] = words);
}

/** A page that says more than the first words, once these are there too, in each language that is read. */
export async function withMoreWords<P>(page: () => Promise<P>): Promise<P> {
  isMoreWanted = true;
  const [found] = await Promise.all([page(), ...(Object.keys(read) as Language[]).map(loadWords)]);
  return found;
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
      <SpokenContext.Provider value={spoken}>{props.children}</SpokenContext.Provider>
    </I18nProvider>
  );
}
