import { type ColumnData, columnLength } from '../../src/domain/column-data';
import type { EncodingDecision } from '../../src/domain/columns';
import { MIN_DISCRETE_SHARE } from '../../src/domain/decide-encoding';
import { notRare } from '../../src/domain/rarity';

/**
 * The decision on a number whose values were thought frequent because each is in many rows: where they are those of few
 * subjects each, or of fewer rows than a raised threshold wants, hiding them would leave nothing, and the column is binned.
 * @param data of the training rows; `subjects`: whose they are, null = every row is another's
 * @param raised by how much the threshold of rarity is
 */
export function decideBySubjects(
  decision: EncodingDecision,
  data: ColumnData,
  subjects: Uint32Array | null,
  raised: number,
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
    holders.set(value, own.add(subjects?.[row] ?? row));
  }
  let kept = 0;
  for (const [value, own] of holders) if (own.size >= notRare(raised)) kept += rowsOf.get(value)!;
  if (kept >= MIN_DISCRETE_SHARE * present) return decision;
  return {
    ...decision,
    encodingType: 'TABULAR_NUMERIC_BINNED',
    evidence: `${decision.evidence} Many values are held by few ${subjects ? 'subjects' : 'rows'} → binned.`,
  };
}
