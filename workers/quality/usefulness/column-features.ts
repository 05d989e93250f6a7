import type { ColumnData, NumberColumn, TextColumn } from '../../../src/domain/column-data';
import { bordersOf, codesOf, type Feature, MAX_BINS } from '../trees/features';

/** Of numbers. */
const BINS = 127;

/** The columns of several sets in the codes of the first: a feature for each set. */
export function columnFeatures(sets: readonly ColumnData[]): Feature[] {
  const [first] = sets;
  return first!.kind === 'number' ? ofNumbers(sets as NumberColumn[]) : ofTexts(sets as TextColumn[]);
}

function ofNumbers(sets: readonly NumberColumn[]): Feature[] {
  const { values, nulls } = sets[0]!;
  const present = nulls ? values.filter((_, row) => nulls[row] === 0) : values.slice();
  const borders = bordersOf(present.sort(), BINS);
  return sets.map((set) => codesOf(set.values, set.nulls, borders));
}

/** The most frequent texts have codes of their own; then come all others, and no value. */
function ofTexts(sets: readonly TextColumn[]): Feature[] {
  const { codes, dictionary } = sets[0]!;
  const counts = new Float64Array(dictionary.length);
  for (const code of codes) if (code >= 0) counts[code]!++;
  const frequent = [...dictionary.keys()]
    .filter((code) => counts[code]! > 0)
    .sort((a, b) => counts[b]! - counts[a]!)
    .slice(0, MAX_BINS - 2);
  const known = new Map(frequent.map((code, at) => [dictionary[code]!, at]));
  const other = known.size;
  return sets.map((set) => {
    const byCode = set.dictionary.map((text) => known.get(text) ?? other);
    const own = Uint8Array.from(set.codes, (code) => (code < 0 ? other + 1 : byCode[code]!));
    return { codes: own, bins: other + 2, isCategory: true };
  });
}
