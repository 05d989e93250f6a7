import type { Rule, RuleOf } from '../../../../src/domain/rules';
import { numbersOf } from '../../../rules/rule-column';
import type { TableProtection } from '../../privacy/table-protection';
import type { ReadColumn } from './extra-columns';

/**
 * The day up to which ages count is one of several that fit the rows. Of a drawn row the age is the same on all of them
 * if it is on the first and on the last: these are checked without being listed. Birthdays between them are not drawn,
 * as no row has one.
 * As many rows as show a value of the first column are beyond each of the two days, so that it is no single person's
 * birthday.
 */
export async function quietAges(
  rules: readonly Rule[],
  read: ReadColumn,
  { thresholdOf }: TableProtection,
): Promise<RuleOf<'age'>[]> {
  const checks: RuleOf<'age'>[] = [];
  for (const rule of rules) {
    if (rule.kind !== 'age' || typeof rule.to === 'string') continue;
    const minRows = thresholdOf(rule.from);
    const births = numbersOf(await read(rule.from));
    const ages = numbersOf(await read(rule.target));
    const last = births.map((birth, row) => birthday(birth, ages[row]!)).filter((day) => !Number.isNaN(day));
    const next = births
      .map((birth, row) => birthday(birth, ages[row]! + 1))
      .filter((day) => !Number.isNaN(day));
    if (last.length < 2 * minRows) continue;
    const from = last.sort()[last.length - minRows]!;
    const to = next.sort()[minRows - 1]! - 1;
    for (const day of [from, to]) checks.push({ ...rule, to: day });
  }
  return checks;
}

/** The day on which somebody becomes so old; NaN if something is missing. */
function birthday(birth: number, age: number): number {
  const date = new Date(birth);
  return Date.UTC(date.getUTCFullYear() + age, date.getUTCMonth(), date.getUTCDate());
}
