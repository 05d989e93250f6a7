import type { HeaderGuess } from '../../../src/domain/sources';
import { ALL_NULL_SPELLINGS } from '../csv/null-spellings';
import type { TextRecord } from '../csv/scan-text';
import { looksNumeric } from './cell-shape';
import { codeShape, type DataForm, dataForm, isCode, NEVER_NAMES } from './data-forms';
import { readsLikeName } from './name-words';

const MAX_JUNK_RECORDS = 60;

/**
 * Index of the record that the table begins with. Titles, notes and padding above it fill fewer than half of the
 * table's columns.
 * @param modal usual number of fields
 */
export function firstTableRecord(records: readonly TextRecord[], modal: number): number {
  const last = Math.min(records.length, MAX_JUNK_RECORDS);
  for (let i = 0; i < last; i++) {
    const { cells } = records[i]!;
    const filled = cells.filter((cell) => cell.trim() !== '').length;
    if (modal === 1 ? filled === 1 || i + 1 === records.length : filled >= Math.max(2, modal / 2)) return i;
  }
  return 0;
}

/** What speaks for names in the first record, and what for values, added up over the columns. */
interface Votes {
  names: number;
  values: number;
  /** Forms that cells of the first record share with those below them and that no name has. */
  readonly forms: Set<DataForm | 'code'>;
}

/** A guess is sure from so much evidence for one side on. */
const SURE = 1;
/** Rows from which on a value that does not occur again says how rare such values are. */
const ENOUGH_ROWS = 20;

/**
 * Whether the first record of the table holds names, and how sure that is. Numbers, missing values, e-mail addresses,
 * phone numbers are no names. Columns of numbers below the first record, first cells that do not occur again and words
 * that columns are called by speak for names; in doubt it holds names, as most do (docs/import.md, Headers).
 */
export function guessHeader(records: readonly TextRecord[]): HeaderGuess {
  const [first, ...body] = records;
  if (!first) return sure(true);
  const names = first.cells.map((cell) => cell.trim());
  const filled = names.filter((name) => name !== '');
  if (filled.length === 0) return sure(false);
  const isFigure = (name: string) => looksNumeric(name) || ALL_NULL_SPELLINGS.includes(name);
  if (body.length === 0) return sure(!filled.some((name) => isFigure(name) || isNoName(dataForm(name))));
  const columns = names.map((_, column) =>
    body.map(({ cells }) => cells[column]?.trim() ?? '').filter((value) => value !== ''),
  );
  const numeric = names.flatMap((name, i) => (looksNumeric(name) ? [i] : []));
  if (numeric.length >= 3 && areYears(numeric.map((i) => names[i]!))) {
    const yearsBelow = numeric.filter((i) => share(columns[i]!, isYear) > 0.5).length;
    if (yearsBelow < numeric.length / 2) return sure(true);
  }
  if (filled.every(isFigure)) return sure(false);
  const votes: Votes = { names: 0, values: 0, forms: new Set() };
  names.forEach((name, i) => {
    if (name !== '' && columns[i]!.length > 0) vote(votes, name, columns[i]!);
  });
  const forms = [...votes.forms];
  if (forms.some((form) => form !== 'code')) return { header: false, isSure: true, forms };
  const header = votes.names >= votes.values;
  const [more, less] = header ? [votes.names, votes.values] : [votes.values, votes.names];
  return { header, isSure: more >= SURE && (less === 0 || more - less >= 2 * SURE), forms };
}

function sure(header: boolean): HeaderGuess {
  return { header, isSure: true, forms: [] };
}

/** @param values those below the name that are not empty, at least one */
function vote(votes: Votes, name: string, values: readonly string[]): void {
  const form = dataForm(name);
  if (isNoName(form) && share(values, (value) => dataForm(value) === form) >= 0.5) {
    votes.forms.add(form!);
    return;
  }
  const numericShare = share(values, looksNumeric);
  if (looksNumeric(name)) {
    if (form === 'date' && share(values, (value) => dataForm(value) === 'number') > 0.8) votes.names += 2;
    else if (numericShare > 0.5) votes.values += 1;
    return;
  }
  const shape = codeShape(name);
  if (isNoName(form)) votes.values += 0.5;
  else if (numericShare > 0.8 || share(values, (value) => isNoName(dataForm(value))) > 0.8) votes.names += 2;
  else if (values.includes(name)) votes.values += 1;
  else if (isCode(shape) && share(values, (value) => codeShape(value) === shape) > 0.8) {
    votes.values += 1.5;
    votes.forms.add('code');
  } else votes.names += newness(values) + wording(name, values);
}

function isNoName(form: DataForm | null): boolean {
  return form !== null && NEVER_NAMES.includes(form);
}

/**
 * What it says that a cell does not occur below: the tenfold that it would be unlikely for a value. The chance that a
 * value is one of those not seen yet is the share of those seen once (Good 1953, "The population frequencies of species
 * and the estimation of population parameters").
 */
function newness(values: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  if (values.length < ENOUGH_ROWS) return values.length > 4 && counts.size < values.length / 2 ? 0.5 : 0;
  let once = 0;
  for (const count of counts.values()) if (count === 1) once++;
  return -Math.log10(Math.max(once, 1) / values.length);
}

/** 1 for a cell that reads like a name, or is written otherwise than nearly all values below it. */
function wording(name: string, values: readonly string[]): number {
  if (readsLikeName(name) && share(values, readsLikeName) < 0.1) return 1;
  const isLower = /^\p{Ll}/u.test(name);
  return isLower && share(values, (value) => /^[\p{Lu}\p{Lo}\d]/u.test(value)) > 0.9 ? 1 : 0;
}

function share(values: readonly string[], holds: (value: string) => boolean): number {
  return values.filter(holds).length / Math.max(1, values.length);
}

function isYear(text: string): boolean {
  return /^(1[89]|20)\d\d$/.test(text);
}

/** Tables of figures by year name their columns after ascending years. */
function areYears(numbers: readonly string[]): boolean {
  return numbers.every((text, i) => {
    const step = i === 0 ? 1 : Number(text) - Number(numbers[i - 1]);
    return isYear(text) && step > 0 && step <= 20;
  });
}
