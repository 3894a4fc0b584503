// "/" pressed while the next page is on its way: there is no field to focus yet, or only one that React has hidden.
let summoned = false;

/** Focuses the filter of the question, now or, when the page with it is still coming, as soon as it is there. */
export function summonQuestion(): void {
  const field = document.querySelector<HTMLInputElement>(".question-filter input");
  if (field?.checkVisibility()) field.focus();
  else summoned = document.querySelector("[data-coming]") !== null;
}

/** Whether the filter was called for and has not come yet; until it does, letters are meant for it. */
export function isSummoned(): boolean {
  return summoned;
}

/** The filter came, or a page without one. */
export function dismissSummons(): void {
  summoned = false;
}
