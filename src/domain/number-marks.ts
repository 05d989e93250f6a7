/** Numbers in sentences, in the marks that a person chose. In workers and on the command line they are those of English. */

const GROUPED = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** What parts groups of digits and decimals; by default as in English. */
export interface NumberMarks {
  readonly group: string;
  readonly decimal: string;
}

let marks: NumberMarks = { group: ',', decimal: '.' };

/** Chooses the marks of all numbers that are written from now on. */
export function setNumberMarks(chosen: NumberMarks): void {
  marks = chosen;
}

/** A number in English marks, written in those that were chosen. */
export function inMarks(text: string): string {
  if (marks.group === ',' && marks.decimal === '.') return text;
  return text.replace(/[.,]/g, (mark) => (mark === ',' ? marks.group : marks.decimal));
}

/** 12345 → "12,345"; decimals are rounded away. */
export function countText(value: number): string {
  return inMarks(GROUPED.format(value));
}

/** A number with a fixed count of decimals, not grouped. */
export function fixedText(value: number, digits: number): string {
  return inMarks(value.toFixed(digits));
}
