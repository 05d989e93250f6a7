import { type ColumnData, columnLength } from '../../src/domain/column-data';
import type { EncodingDecision } from '../../src/domain/columns';
import { MIN_DISCRETE_SHARE } from '../../src/domain/decide-encoding';

/** A value that so many subjects hold is mostly shown, as in profiles. */
const NOT_RARE = 6;

/**
 * The decision on a number whose values were thought frequent because each is in many rows: where they are those of few
 * subjects each, hiding them would leave nothing, and the column is binned.
 * @param data of the training rows; `subjects`: whose they are
 */
export function decideBySubjects(
  decision: EncodingDecision,
  data: ColumnData,
  subjects: Uint32Array,
): EncodingDecision {
  if (decision.encodingType !== 'TABULAR_NUMERIC_DISCRETE' || data.kind !== 'number') return decision;
  const holders = new Map<number, Set<number>>();
  const rowsOf = new Map<number, number>();
  let present = 0;
  for (let row = 0; row < columnLength(data); row++) {
    if (data.nulls?.[row]) continue;
    const value = data.values[row]!;
    present++;
    rowsOf.set(value, (rowsOf.get(value) ?? 0) + 1);
    const own = holders.get(value) ?? new Set();
    holders.set(value, own.add(subjects[row]!));
  }
  let kept = 0;
  for (const [value, own] of holders) if (own.size >= NOT_RARE) kept += rowsOf.get(value)!;
  if (kept >= MIN_DISCRETE_SHARE * present) return decision;
  return {
    ...decision,
    encodingType: 'TABULAR_NUMERIC_BINNED',
    evidence: `${decision.evidence} Many values are held by few subjects → binned.`,
  };
}
