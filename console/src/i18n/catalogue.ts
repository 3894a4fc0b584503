import type { en } from "./en";
import type { moreEn } from "./more.en";
import type { Translated } from "./translated";

/** What is said from the first page on. */
export type FirstWords = Translated<typeof en>;
/** What only pages say that few visits open; they wait for it. */
export type MoreWords = Translated<typeof moreEn>;
/** Every key, each a text or a function of the same parameters in both languages. */
export type Catalogue = FirstWords & MoreWords;
