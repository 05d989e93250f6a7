import type { ColumnData } from '../../../../src/domain/column-data';
import { normalQuantile } from '../../privacy/dp/normal';
import type { PrivacyBudget } from '../../privacy/dp/privacy-budget';

/** Categories that were let through. Codes: 0 missing, 1 all others, then the values. */
export interface CategoryDomain {
  readonly kind: 'category';
  readonly values: readonly string[];
  /** Noisy counts of the values as they were found, in rows. */
  readonly counts: readonly number[];
  /** Deviation of their noise. */
  readonly sigma: number;
}

/** Codes that do not stand for one value. */
export const SPECIAL = 2;
/** Values at most: pairs of codes are counted. */
const MAX_VALUES = 2000;

/**
 * Categories whose noisy count exceeds a threshold. Which categories there are is private, so a value that one subject
 * alone has must stay hidden but with probability `delta`: a subject with k rows adds at most k such values, each with
 * at most k rows (Korolova et al. 2009, "Releasing search queries and clicks privately"; with Gaussian noise as in Gopi
 * et al. 2020, "Differentially private set union").
 */
export function findCategories(
  data: ColumnData,
  budget: PrivacyBudget,
  share: number,
  delta: number,
): CategoryDomain {
  const counts = new Map<string, number>();
  const add = (value: string) => counts.set(value, (counts.get(value) ?? 0) + 1);
  if (data.kind === 'text') {
    for (const code of data.codes) if (code >= 0) add(data.dictionary[code]!);
  } else {
    data.values.forEach((value, row) => {
      if (data.nulls?.[row] !== 1) add(String(value));
    });
  }
  const sigma = budget.sigmaOf(share);
  const rows = budget.rowsPerSubject;
  const threshold = rows + sigma * -normalQuantile(delta / rows);
  // In the order of the texts: the order of the rows would say who came first.
  const values = [...counts.keys()].sort();
  const noisy = budget.count(
    'domains: categories',
    values.map((value) => counts.get(value)!),
    share,
  );
  const found = values
    .map((value, i) => ({ value, count: noisy[i]! }))
    .filter(({ count }) => count > threshold)
    .sort((a, b) => b.count - a.count)
    .slice(0, MAX_VALUES);
  return {
    kind: 'category',
    values: found.map(({ value }) => value),
    counts: found.map(({ count }) => count),
    sigma,
  };
}
