import type { Rule, RuleOf } from '../../../../src/domain/rules';
import { comparedSides } from '../../../rules/rows/numbers';
import { isDate, type RuleColumn } from '../../../rules/rule-column';
import type { FeatureColumn } from '../../models/model';
import type { ReadColumn } from './extra-columns';

/** Fewer rows with both dates say nothing. */
const MIN_ROWS = 50;
const MAX_DATES = 20;

/**
 * Orders of two date columns that all rows keep although their ranges overlap: birth and death, say, of which chance
 * would keep the order too often for it to be listed. Those that follow from others are left out.
 * @param known rules that are kept anyhow
 */
export async function quietOrders(
  features: readonly FeatureColumn[],
  known: readonly Rule[],
  read: ReadColumn,
): Promise<RuleOf<'inequality'>[]> {
  const dates: RuleColumn[] = [];
  for (const { schema } of features) {
    if (schema.storageType !== 'date' && schema.storageType !== 'datetime') continue;
    if (dates.length < MAX_DATES) dates.push(await read(schema.name));
  }
  const above = new Map<string, Set<string>>(dates.map(({ name }) => [name, new Set()]));
  for (const rule of known) if (rule.kind === 'inequality') above.get(rule.low)?.add(rule.high);
  const listed = new Set([...above].flatMap(([low, highs]) => [...highs].map((high) => keyOf(low, high))));
  for (const low of dates) {
    for (const high of dates) {
      if (low !== high && !listed.has(keyOf(low.name, high.name)) && keepsOrder(low, high))
        above.get(low.name)!.add(high.name);
    }
  }
  const follows = (low: string, high: string) =>
    [...above.get(low)!].some((middle) => middle !== high && above.get(middle)?.has(high));
  return [...above].flatMap(([low, highs]) =>
    [...highs]
      .filter((high) => !listed.has(keyOf(low, high)) && (above.get(high)!.has(low) || !follows(low, high)))
      .map((high) => ({ kind: 'inequality' as const, low, high, strict: false })),
  );
}

function keyOf(low: string, high: string): string {
  return JSON.stringify([low, high]);
}

/** Whether no row has the first date after the second, in ranges that overlap. */
function keepsOrder(low: RuleColumn, high: RuleColumn): boolean {
  if (!isDate(low) || !isDate(high)) return false;
  const [a, b] = comparedSides(low, high);
  let [rows, latest, earliest] = [0, -Infinity, Infinity];
  for (let row = 0; row < a.length; row++) {
    const [from, to] = [a[row]!, b[row]!];
    if (from > to) return false;
    if (Number.isNaN(from + to)) continue;
    rows++;
    if (from > latest) latest = from;
    if (to < earliest) earliest = to;
  }
  return rows >= MIN_ROWS && latest > earliest;
}
