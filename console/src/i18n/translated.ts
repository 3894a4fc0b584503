/** The keys of a page's English words, each a text or a function of the same parameters: what its French must be. */
export type Translated<W> = {
  readonly [K in keyof W]: W[K] extends (...values: infer P) => string ? (...values: P) => string : string;
};
