import type { Conversion } from './conversions';
import { countText } from './number-marks';
import type { CsvDialect } from './sources';
import { namesInWords } from './subject-words';

/** What was done to the cells of a column, as one sentence without the column's name. */
export function conversionSentence(conversion: Conversion): string {
  const { kind, cells, example, order, undone } = conversion;
  const [before, after] = example;
  const count = `${countText(cells)} ${cells === 1 ? 'cell' : 'cells'}`;
  if (kind === 'code') {
    return undone
      ? `“NA” means “no value” in ${count}, as you said.`
      : `“NA” is a value in ${count}: the others are codes of its form.`;
  }
  if (undone) return `Kept as text, as you said: ${count} would read ${before} as ${after}.`;
  const read = `${before} is read as ${after}`;
  if (order === undefined) return `${WHAT[kind]} in ${count}: ${read}.`;
  const first = order === 'day-first' ? 'the day first' : 'the month first';
  return `${WHAT[kind]} in ${count}: ${read}. Every date could be read both ways; ${first} was assumed.`;
}

/** Whether every date could have day and month the other way round, and nobody said which. */
export function isAssumed({ order, undone }: Conversion): boolean {
  return order !== undefined && !undone;
}

/** "3 columns were converted: price, visited and paid. Day or month first is assumed in visited." */
export function conversionsTitle(conversions: readonly Conversion[]): string {
  const names = conversions.flatMap(({ column, undone }) => (undone ? [] : column));
  const assumed = conversions.filter(isAssumed).map(({ column }) => column);
  return [
    ...(names.length > 0
      ? [
          `${names.length} ${names.length === 1 ? 'column was' : 'columns were'} converted: ${namesInWords(names)}.`,
        ]
      : []),
    ...(assumed.length > 0 ? [`Day or month first was assumed in ${namesInWords(assumed)}.`] : []),
    ...(names.length < conversions.length ? [`${countText(conversions.length - names.length)} undone.`] : []),
  ].join(' ');
}

const WHAT: Readonly<Record<Exclude<Conversion['kind'], 'code'>, string>> = {
  currency: 'Amounts with a currency',
  percent: 'Percent',
  unit: 'Numbers with a unit',
  thousands: 'Separators of thousands',
  'decimal-comma': 'Decimal commas',
  brackets: 'Amounts below zero in brackets',
  boolean: 'Words for true and false',
  date: 'Dates in a local form',
  zone: 'Times with an offset, made UTC',
  time: 'Times of day',
  epoch: 'Times counted from 1970',
};

/** What a person may do with a conversion: undo or redo it, or turn day and month round. */
export interface ConversionChoice {
  readonly label: string;
  /** What is then said of single columns. */
  readonly columns: CsvDialect['columns'];
}

/** The choices for a conversion, by what is said of the columns. */
export function conversionChoices(
  conversion: Conversion,
  dialect: Pick<CsvDialect, 'columns'>,
): ConversionChoice[] {
  const { position, kind, order, undone } = conversion;
  const { keepText: _text, nulls, dayFirst, ...others } = dialect.columns?.[position] ?? {};
  const having = (own: NonNullable<CsvDialect['columns']>[string]): CsvDialect['columns'] => {
    const { [position]: _old, ...columns } = dialect.columns ?? {};
    const kept = Object.values(own).some((value) => value !== undefined)
      ? { ...columns, [position]: own }
      : columns;
    return Object.keys(kept).length === 0 ? undefined : kept;
  };
  const dates = dayFirst === undefined ? {} : { dayFirst };
  const spellings = nulls === undefined ? {} : { nulls };
  if (kind === 'code') {
    return undone
      ? [{ label: 'Redo', columns: having({ ...others, ...dates }) }]
      : [{ label: 'Undo', columns: having({ ...others, ...dates, nulls: ['NA'] }) }];
  }
  if (undone) return [{ label: 'Redo', columns: having({ ...others, ...spellings, ...dates }) }];
  const undo = {
    label: 'Undo',
    columns: having({ ...others, ...spellings, ...dates, keepText: true as const }),
  };
  if (order === undefined) return [undo];
  const isDayFirst = order === 'day-first';
  return [
    {
      label: isDayFirst ? 'Month first' : 'Day first',
      columns: having({ ...others, ...spellings, dayFirst: !isDayFirst }),
    },
    undo,
  ];
}
