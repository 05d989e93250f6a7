import type { ColumnData, NumberColumn, TextColumn } from '../../../src/domain/column-data';
import { columnLength } from '../../../src/domain/column-data';
import type { SdColumn } from '../../../src/domain/likeness';
import type { Family } from '../columns';
import { formatScore } from './format-scores';

/** Shape, validity and format of one column, both of one kind of data (docs/metrics.md, SDMetrics). */
export function sdColumn(
  column: string,
  real: ColumnData,
  synthetic: ColumnData,
  family: Family = real.kind === 'text' ? 'category' : 'number',
): SdColumn {
  const format = formatScore(real, synthetic, family);
  const written = format && { formatMetric: format.metric, format: format.share };
  if (real.kind === 'number' && synthetic.kind === 'number') {
    const [ours, theirs] = [presentValues(real), presentValues(synthetic)];
    return {
      column,
      shapeMetric: 'KSComplement',
      shape: ours.length && theirs.length ? 1 - kolmogorovSmirnov(ours, theirs) : null,
      validityMetric: 'BoundaryAdherence',
      validity: boundaryAdherence(ours, columnLength(real), theirs, columnLength(synthetic)),
      ...written,
    };
  }
  const [ours, theirs] = [countsByText(real as TextColumn), countsByText(synthetic as TextColumn)];
  return {
    column,
    shapeMetric: 'TVComplement',
    shape: ours.present && theirs.present ? 1 - totalVariation(ours, theirs) : null,
    validityMetric: 'CategoryAdherence',
    validity: categoryAdherence(ours, theirs),
    ...written,
  };
}

/** Ascending. */
export function presentValues({ values, nulls }: NumberColumn): Float64Array {
  return (nulls ? values.filter((_, row) => nulls[row] === 0) : values.slice()).sort();
}

/** The largest difference of two cumulative distributions. @param a,b ascending, not empty */
export function kolmogorovSmirnov(a: Float64Array, b: Float64Array): number {
  let [i, j, largest] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const value = Math.min(a[i]!, b[j]!);
    while (i < a.length && a[i]! <= value) i++;
    while (j < b.length && b[j]! <= value) j++;
    largest = Math.max(largest, Math.abs(i / a.length - j / b.length));
  }
  return largest;
}

/** Share of the synthetic rows between the real minimum and maximum; without a value counts as outside if no real row lacks one. */
function boundaryAdherence(
  real: Float64Array,
  realRows: number,
  synthetic: Float64Array,
  syntheticRows: number,
): number | null {
  const all = real.length < realRows ? synthetic.length : syntheticRows;
  if (real.length === 0 || all === 0) return null;
  const [low, high] = [real[0]!, real.at(-1)!];
  let within = 0;
  for (const value of synthetic) if (value >= low && value <= high) within++;
  return within / all;
}

interface Counts {
  readonly byText: ReadonlyMap<string, number>;
  readonly present: number;
  readonly missing: number;
}

function countsByText({ codes, dictionary }: TextColumn): Counts {
  const counts = new Float64Array(dictionary.length);
  let missing = 0;
  for (const code of codes) {
    if (code < 0) missing++;
    else counts[code]!++;
  }
  const byText = new Map<string, number>();
  dictionary.forEach((text, code) => {
    if (counts[code]! > 0) byText.set(text, (byText.get(text) ?? 0) + counts[code]!);
  });
  return { byText, present: codes.length - missing, missing };
}

function totalVariation(real: Counts, synthetic: Counts): number {
  let sum = 0;
  for (const [text, count] of real.byText) {
    sum += Math.abs(count / real.present - (synthetic.byText.get(text) ?? 0) / synthetic.present);
  }
  for (const [text, count] of synthetic.byText) if (!real.byText.has(text)) sum += count / synthetic.present;
  return sum / 2;
}

function categoryAdherence(real: Counts, synthetic: Counts): number | null {
  const all = synthetic.present + synthetic.missing;
  if (all === 0) return null;
  let known = real.missing > 0 ? synthetic.missing : 0;
  for (const [text, count] of synthetic.byText) if (real.byText.has(text)) known += count;
  return known / all;
}
