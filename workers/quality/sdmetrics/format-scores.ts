import type { ColumnData, NumberColumn, TextColumn } from '../../../src/domain/column-data';
import type { Family } from '../columns';

/** How values are written, and the share of synthetic values that are written so. */
export interface FormatScore {
  readonly metric: 'Decimals' | 'DatetimeFormat' | 'TextForm';
  readonly share: number;
}

/** A text has a form if its distinct values, so many at least, have so few of them. */
const MIN_VALUES = 20;
const MAX_FORMS = 8;
/** Each form stands for so many distinct values on average. */
const MIN_VALUES_EACH = 10;
/** Texts of columns of more distinct values are sampled by code: the first ones. */
const MAX_VALUES = 100_000;
/** Decimals that a double tells apart. */
const MAX_DECIMALS = 9;
/** Of time, in milliseconds: a day, an hour, a minute, a second. */
const UNITS = [86_400_000, 3_600_000, 60_000, 1000];

/**
 * Format validity of one column (docs/metrics.md, SDMetrics): numbers have no more decimals than the original's, dates no finer time,
 * and texts of few forms – codes, postcodes, plates – one of these. Null = the original has no format, or there is no value.
 */
export function formatScore(real: ColumnData, synthetic: ColumnData, family: Family): FormatScore | null {
  if (real.kind === 'text' && synthetic.kind === 'text') return textForms(real, synthetic);
  if (real.kind !== 'number' || synthetic.kind !== 'number') return null;
  return family === 'datetime' ? timeUnits(real, synthetic) : decimals(real, synthetic);
}

function decimals(real: NumberColumn, synthetic: NumberColumn): FormatScore | null {
  for (let digits = 0; digits <= MAX_DECIMALS; digits++) {
    const scale = 10 ** digits;
    const isExact = (value: number) => Number((Math.round(value * scale) / scale).toFixed(digits)) === value;
    if (shareOf(real, isExact) === 1) return scored('Decimals', shareOf(synthetic, isExact));
  }
  return null;
}

function timeUnits(real: NumberColumn, synthetic: NumberColumn): FormatScore | null {
  for (const unit of UNITS) {
    const isExact = (value: number) => value % unit === 0;
    if (shareOf(real, isExact) === 1) return scored('DatetimeFormat', shareOf(synthetic, isExact));
  }
  return null;
}

/** Of the values that are there; null of none. Ends at the first that does not, where all are asked for. */
function shareOf({ values, nulls }: NumberColumn, holds: (value: number) => boolean): number | null {
  let [count, held] = [0, 0];
  for (let row = 0; row < values.length; row++) {
    if (nulls?.[row] === 1) continue;
    count++;
    if (holds(values[row]!)) held++;
  }
  return count === 0 ? null : held / count;
}

function textForms(real: TextColumn, synthetic: TextColumn): FormatScore | null {
  const used = new Set(real.codes);
  const texts = real.dictionary.filter((text, code) => used.has(code) && text !== '').slice(0, MAX_VALUES);
  if (texts.length < MIN_VALUES) return null;
  const forms = new Set<string>();
  for (const text of texts) {
    // Forms are counted before all are known: free text has a new one in each row.
    if (forms.add(formOf(text)).size > MAX_FORMS) return null;
  }
  if (texts.length < forms.size * MIN_VALUES_EACH) return null;
  const fits = synthetic.dictionary.map((text) => text === '' || forms.has(formOf(text)));
  let [count, held] = [0, 0];
  for (const code of synthetic.codes) {
    if (code < 0) continue;
    count++;
    if (fits[code]) held++;
  }
  return scored('TextForm', count === 0 ? null : held / count);
}

/** Capital and small letters and digits by their kind, everything else as it is: "AB-1204" is "AA-9999". */
export function formOf(text: string): string {
  return text
    .slice(0, 200)
    .replace(/\p{Lu}/gu, 'A')
    .replace(/\p{Ll}/gu, 'a')
    .replace(/\p{N}/gu, '9');
}

function scored(metric: FormatScore['metric'], share: number | null): FormatScore | null {
  return share === null ? null : { metric, share };
}
