import type { RuleOf } from '../../../../src/domain/rules';

type Linear = RuleOf<'linear'>;

/**
 * The simplest of linear relations from which the others follow: sorted by cost, each is kept if it is no combination of
 * those before (rows of their coefficients are reduced one by one).
 */
export function independentRelations(relations: readonly Linear[]): Linear[] {
  const columns = [
    ...new Set(relations.flatMap(({ target, terms }) => [target, ...terms.map(({ column }) => column)])),
  ];
  const reduced: { readonly pivot: number; readonly row: Float64Array }[] = [];
  const sorted = [...relations].sort((a, b) => cost(a) - cost(b));
  return sorted.filter((relation) => {
    const row = new Float64Array(columns.length);
    row[columns.indexOf(relation.target)] = -1;
    for (const { column, factor } of relation.terms) row[columns.indexOf(column)]! += factor;
    normalise(row);
    for (const { pivot, row: other } of reduced) {
      const share = row[pivot]! / other[pivot]!;
      if (share !== 0) for (let i = 0; i < row.length; i++) row[i]! -= share * other[i]!;
    }
    const pivot = row.reduce((best, value, i) => (Math.abs(value) > Math.abs(row[best]!) ? i : best), 0);
    if (Math.abs(row[pivot]!) < 1e-3) return false;
    reduced.push({ pivot, row });
    return true;
  });
}

/** Columns count one each, numbers to remember two, a rounding that is needed more. */
function cost({ terms, constant, rounding }: Linear): number {
  const odd = terms.filter(({ factor }) => Math.abs(factor) !== 1).length;
  return (
    terms.length +
    0.8 * odd +
    (constant === 0 ? 0 : 0.4) +
    (rounding === 'nearest' ? 0 : 0.3) +
    (odd > 0 ? 0.5 : 0)
  );
}

function normalise(row: Float64Array): void {
  const most = row.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  for (let i = 0; i < row.length; i++) row[i]! /= most;
}
