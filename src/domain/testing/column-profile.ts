import type { ColumnProfile } from '../columns';

/** The profile of a text column of these values. */
export function textProfile(name: string, values: readonly (string | null)[]): ColumnProfile {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  const present = values.filter((value) => value !== null).length;
  const frequent = [...counts.values()].filter((count) => count >= 6);
  const rare = [...counts.values()].filter((count) => count === 1).length;
  return {
    ...emptyProfile(name, values.length),
    nullCount: values.length - present,
    distinctCount: counts.size,
    nonRareShare: present === 0 ? 0 : frequent.reduce((sum, count) => sum + count, 0) / present,
    uniqueShare: present === 0 ? 0 : rare / present,
    nonRareDistinct: frequent.length,
    maxLength: Math.max(0, ...[...counts.keys()].map(({ length }) => length)),
    topValues: [...counts]
      .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
      .slice(0, 10)
      .map(([value, count]) => ({ value, count })),
  };
}

/** The profile of a column of whole numbers, each once. */
export function numberProfile(name: string, values: readonly number[]): ColumnProfile {
  return {
    ...emptyProfile(name, values.length),
    storageType: 'integer',
    distinctCount: new Set(values).size,
    uniqueShare: 1,
    min: Math.min(...values),
    max: Math.max(...values),
  };
}

function emptyProfile(name: string, rowCount: number): ColumnProfile {
  return {
    ...{ index: 0, originalName: name, name, storageType: 'text', rowCount, nullCount: 0 },
    ...{ distinctCount: 0, nonRareShare: 0, uniqueShare: 0, nonRareDistinct: 0, infiniteCount: 0 },
    ...{ min: null, median: null, mean: null, max: null, maxLength: 0, fixedLength: false },
    ...{ looksLikeUuid: false, exceedsSafeInteger: false, topValues: [], histogram: [] },
    ...{ nearMiss: null, subject: null },
  };
}
