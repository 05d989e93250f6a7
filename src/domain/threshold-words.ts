import { durationText } from './computed-words';
import { cellText, dateText, type RuleWord, shortNumber } from './listed-words';
import type { RuleOf } from './rules';

/** Intervals that a sentence lists before it says how many more there are. */
const MAX_INTERVALS = 5;

/** "`class` is “low” where `risk` is below 10, “medium” below 20, “high” from 20 on" */
export function thresholdWords(
  { target, column, minus, thresholds, cells, inclusive }: RuleOf<'thresholds'>,
  isDate: (column: string) => boolean,
): RuleWord[] {
  const texts = cells.map((cell) => cellText(cell, isDate(target)));
  const start: RuleWord[] = [{ column: target }, ` is ${texts[0]} where `, { column }];
  if (minus !== undefined && thresholds.length === 1 && thresholds[0] === 0)
    return [...start, inclusive ? ' ≤ ' : ' < ', { column: minus }, `, else ${texts[1]}`];
  const number = (value: number) => {
    if (!isDate(column)) return shortNumber(value);
    return minus === undefined ? dateText(value) : durationText(value);
  };
  const below = inclusive ? 'up to' : isDate(column) && minus === undefined ? 'before' : 'below';
  const difference: RuleWord[] = minus === undefined ? [] : [' − ', { column: minus }];
  const shown = thresholds.length > MAX_INTERVALS ? thresholds.slice(0, MAX_INTERVALS - 1) : thresholds;
  const parts = shown.map((value, k) => `${k === 0 ? ' is' : `, ${texts[k]}`} ${below} ${number(value)}`);
  const more = thresholds.length - shown.length;
  const last = inclusive ? 'above' : `from ${number(thresholds.at(-1)!)} on`;
  const end = more > 0 ? `, and ${more + 1} more` : `, ${texts.at(-1)} ${last}`;
  return [...start, ...difference, ...parts, end];
}
