import type { ColumnProfile } from './columns';

/** No value that fewer rows hold is ever shown, whatever the setting. */
export const MIN_THRESHOLD = 5;
/** A value that so many rows hold is mostly shown, as in profiles. */
const NOT_RARE = 6;
/** With fewer values protection hides a whole range (docs/encodings.md, Value protection). */
const MIN_VALUES_FOR_BOUNDS = 20;

/** By how much the lowest threshold of the settings lies above the usual one. */
export function raisedBy(rareThreshold = MIN_THRESHOLD): number {
  return Math.max(0, Math.floor(rareThreshold) - MIN_THRESHOLD);
}

/** Rows, or subjects, from which on a value is mostly shown. */
export function notRare(raised: number): number {
  return NOT_RARE + raised;
}

/** Values that a range needs for its ends to be hidden and the rest to be shown. */
export function rangeValues(raised: number): number {
  return MIN_VALUES_FOR_BOUNDS + 2 * raised;
}

/**
 * The profile with what is not rare at a raised threshold, as far as its frequent values tell; where more values are that
 * frequent, training counts (`decideBySubjects`).
 */
export function atThreshold(profile: ColumnProfile, raised: number): ColumnProfile {
  if (raised === 0) return profile;
  const { topValues, distinctCount, rowCount, nullCount } = profile;
  const least = notRare(raised);
  const shown = topValues.filter(({ count }) => count >= least);
  if (shown.length === topValues.length && topValues.length < distinctCount) return profile;
  const rows = shown.reduce((sum, { count }) => sum + count, 0);
  const present = rowCount - nullCount;
  return { ...profile, nonRareDistinct: shown.length, nonRareShare: present === 0 ? 0 : rows / present };
}
