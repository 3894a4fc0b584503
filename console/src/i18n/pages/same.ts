/** The same keys as another catalogue, each a text or a function of the same parameters. */
export type Same<T> = { readonly [K in keyof T]: T[K] extends (...values: infer P) => string ? (...values: P) => string : string };
