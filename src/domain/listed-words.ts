/** Columns, values and numbers as parts of a rule's sentence. */
import { DAY } from './calendar';
import { numberText } from './cell-text';
import type { Cell } from './rules';

/** A part of a sentence: text, or the name of a column. */
export type RuleWord = string | { readonly column: string };

/** Names and values that a sentence lists before it says how many more there are. */
export const MAX_LISTED = 6;

/** Columns as "a, b and c", the rest counted. */
export function columnList(names: readonly string[]): RuleWord[] {
  const shown = names.length > MAX_LISTED ? names.slice(0, MAX_LISTED - 1) : names;
  const more = names.length - shown.length;
  return [
    ...shown.flatMap((name, index): RuleWord[] => {
      if (index === 0) return [{ column: name }];
      return [index === shown.length - 1 && more === 0 ? ' and ' : ', ', { column: name }];
    }),
    ...(more > 0 ? [` and ${more} more`] : []),
  ];
}

export function listed(texts: readonly string[], last: string): string {
  if (texts.length > MAX_LISTED) {
    const shown = texts.slice(0, MAX_LISTED - 1);
    return `${shown.join(', ')} ${last} one of ${texts.length - shown.length} more`;
  }
  return texts.length > 1 ? `${texts.slice(0, -1).join(', ')} ${last} ${texts.at(-1)}` : texts.join();
}

export function cellText(cell: Cell, isDate: boolean): string {
  if (cell === null) return 'missing';
  if (typeof cell === 'string') return `“${cell.length > 40 ? `${cell.slice(0, 39)}…` : cell}”`;
  return isDate ? dateText(cell) : shortNumber(cell);
}

export function dateText(instant: number): string {
  return numberText(instant, instant % DAY === 0 ? 'date' : 'datetime');
}

/** A number without the noise of its last bits. */
export function shortNumber(value: number): string {
  return String(Number(value.toPrecision(12)));
}
