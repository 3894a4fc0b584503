import type { Service, Trace } from "../api/types.gen";

/** What an exported file holds. */
export interface FileData {
  Version: 1;
  Written: number; // epoch seconds
  /** What was asked for, in the words of the filter language; empty when traces were named. */
  Question: string;
  /** The map of all its traces together. */
  Services: readonly Service[];
  Traces: readonly (Trace & { Services: readonly Service[] })[];
}

const PLACE = "@@RADIOGRAPH-DATA@@";
export const MOST_TRACES = 100;
export const MOST_MIB = 32;
const MIB = 1024 * 1024;

/** The file cannot be made: there is more than one can hold. */
export class TooLarge extends Error {
  constructor(readonly mib: number) {
    super(`the traces are ${Math.ceil(mib)} MiB; a file holds at most ${MOST_MIB} MiB`);
  }
}

/**
 * The page with the data in it. No text of a trace can end the element it is in: `<`, `>` and `&` are written as JSON escapes.
 *
 * Raises: TooLarge.
 */
export function compose(page: string, data: FileData): string {
  const [before, after, more] = page.split(PLACE);
  if (before === undefined || after === undefined || more !== undefined) throw new Error("this is not the page of an exported file");
  const json = JSON.stringify(data).replace(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
  if (json.length > MOST_MIB * MIB) throw new TooLarge(json.length / MIB);
  return before + json + after;
}

/** The data of a page, or null when it is not whole. */
export function readData(text: string): FileData | null {
  try {
    const data = JSON.parse(text) as Partial<FileData> | null;
    return data?.Version === 1 && Array.isArray(data.Traces) ? { Version: 1, Written: data.Written ?? 0, Question: data.Question ?? "", Services: data.Services ?? [], Traces: data.Traces } : null;
  } catch {
    return null;
  }
}
