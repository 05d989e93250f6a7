import type { HeaderGuess } from '../../../src/domain/sources';
import { ALL_NULL_SPELLINGS } from '../csv/null-spellings';
import type { TextRecord } from '../csv/scan-text';
import { looksNumeric } from './cell-shape';
import { codeShape, type DataForm, dataForm, isCode, NEVER_NAMES } from './data-forms';
import { readsLikeName } from './name-words';
import { areNumberedNames, areRunning } from './numbered-names';

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
/** Rows with a text of their own that are no chance. */
const ENOUGH_LABELS = 3;
/** Part of the rows that may be the names again. */
const MAX_REPEATED = 0.2;
/** Part of a column that is written as its first cell. */
const SAME_WRITING = 0.7;

/**
 * Whether the first record of the table holds names, and how sure that is. Numbers, missing values, e-mail addresses,
 * phone numbers are no names. Columns of numbers below the first record, first cells that do not occur again and words
 * that columns are called by speak for names; in doubt it holds names, as most do (docs/import.md, Headers).
 */
export function guessHeader(records: readonly TextRecord[]): HeaderGuess {
  const [first, ...below] = records;
  if (!first) return sure(true);
  const body = withoutRepeats(first, below);
  const names = first.cells.map((cell) => cell.trim());
  const filled = names.filter((name) => name !== '');
  if (filled.length === 0) return sure(false);
  const isFigure = (name: string) => looksNumeric(name) || ALL_NULL_SPELLINGS.includes(name);
  if (body.length === 0) return sure(!filled.some((name) => isFigure(name) || isNoName(dataForm(name))));
  const columns = names.map((_, column) =>
    body.map(({ cells }) => cells[column]?.trim() ?? '').filter((value) => value !== ''),
  );
  const numeric = names.flatMap((name, i) => (looksNumeric(name) ? [i] : []));
  if (numeric.length >= 2 && areYears(numeric.map((i) => names[i]!))) {
    const yearsBelow = numeric.filter((i) => share(columns[i]!, isYear) > 0.5).length;
    const areFew = numeric.length < 3;
    const isAny = numeric.some((i) => columns[i]!.some(isYear));
    if (areFew ? !isAny && filled.length > numeric.length : yearsBelow < numeric.length / 2)
      return sure(true);
  }
  const isCornerBlank = names[0] === '' && columns[0]!.length === body.length;
  const numbersName = areNumberedNames(
    numeric.map((i) => names[i]!),
    numeric.map((i) => columns[i]!),
    {
      isCornerBlank,
      isAll: filled.every(isFigure),
      isNamed: names.some((name, i) => !isFigure(name) && readsOtherwise(name, columns[i]!)),
    },
  );
  if (filled.every(isFigure)) {
    // An index without a name, as data frames are written, is no row that lacks its first value.
    if (isCornerBlank && (numbersName || areRunning(columns[0]!) || areLabels(names, columns[0]!)))
      return sure(true);
    if (areDatesAbove(names, columns) || numbersName) return sure(true);
    return sure(false);
  }
  const votes: Votes = { names: isCornerBlank ? 1.5 : 0, values: 0, forms: new Set() };
  names.forEach((name, i) => {
    if (name === '' || columns[i]!.length === 0) return;
    if (numbersName && looksNumeric(name)) votes.names += 1;
    else vote(votes, name, columns[i]!);
  });
  const forms = [...votes.forms];
  if (forms.some((form) => form !== 'code')) return { header: false, isSure: true, forms };
  if (votes.names === 0 && votes.values === 0 && looksLikeRow(names, columns)) {
    return { header: false, isSure: false, forms };
  }
  const header = votes.names >= votes.values;
  const [more, less] = header ? [votes.names, votes.values] : [votes.values, votes.names];
  return { header, isSure: more >= SURE && (less === 0 || more - less >= 2 * SURE), forms };
}

/** The rows without those that are the names again, as in files put one after the other. */
function withoutRepeats(first: TextRecord, body: readonly TextRecord[]): readonly TextRecord[] {
  if (first.cells.length < 2) return body;
  const isAgain = ({ cells }: TextRecord) =>
    cells.length === first.cells.length && cells.every((cell, i) => cell === first.cells[i]);
  const others = body.filter((record) => !isAgain(record));
  const isWord = (i: number) => {
    const cell = first.cells[i]!.trim();
    return (
      cell !== '' &&
      !looksNumeric(cell) &&
      share(
        others.map(({ cells }) => cells[i] ?? ''),
        looksNumeric,
      ) > 0.8
    );
  };
  // A row that recurs often is a row, unless it stands above numbers.
  if (first.cells.some((_, i) => isWord(i))) return others;
  return body.length - others.length <= Math.max(1, MAX_REPEATED * body.length) ? others : body;
}

/** Under a blank corner every row has a text of its own, and the numbers beside it differ: they are codes of columns. */
function areLabels([, ...numbers]: readonly string[], labels: readonly string[]): boolean {
  const isDistinct = (texts: readonly string[]) => new Set(texts).size === texts.length;
  return (
    numbers.length >= 2 &&
    labels.length >= ENOUGH_LABELS &&
    isDistinct(numbers) &&
    isDistinct(labels) &&
    !labels.some(looksNumeric)
  );
}

/** A name by its wording, or written otherwise than the values below. */
function readsOtherwise(name: string, values: readonly string[]): boolean {
  if (name === '') return false;
  return readsLikeName(name) || share(values, (value) => writing(value) === writing(name)) < 0.1;
}

/** Dates that ascend, above numbers alone. */
function areDatesAbove(names: readonly string[], columns: readonly (readonly string[])[]): boolean {
  const dated = names.flatMap((name, i) => (dataForm(name) === 'date' ? [i] : []));
  const isNumber = (value: string) => dataForm(value) === 'number';
  return (
    dated.length >= 2 &&
    dated.length >= names.length - 1 &&
    dated.every((i) => share(columns[i]!, isNumber) > 0.8)
  );
}

/** A list of words in one column, the first of them written as all others: names would hardly be so by chance. */
const ENOUGH_WORDS = 8;

/**
 * Texts written as those below them in every column, of which nobody would call a column: in two columns and more, names
 * would hardly do so all by chance.
 */
function looksLikeRow(names: readonly string[], columns: readonly (readonly string[])[]): boolean {
  if (names.some((name) => name === '' || readsLikeName(name))) return false;
  if (names.length === 1) return isOneOfWords(names[0]!, columns[0]!);
  // Letters without capitals are written in one way: that says nothing.
  if (names.every((name) => /^\p{Lo}/u.test(name))) return false;
  return names.every((name, i) => {
    const style = writing(name);
    return columns[i]!.length > 1 && share(columns[i]!, (value) => writing(value) === style) >= SAME_WRITING;
  });
}

function isOneOfWords(name: string, values: readonly string[]): boolean {
  const isWord = (text: string) => /^[\p{L}\p{M}'’.-]+$/u.test(text);
  if (values.length < ENOUGH_WORDS || !isWord(name) || /^\p{Lo}/u.test(name)) return false;
  const style = writing(name);
  return share(values, (value) => isWord(value) && writing(value) === style) >= 0.95;
}

/** How a text is written: small letters, a capital first, capitals alone, words. */
function writing(text: string): string {
  const words = text.split(/\s+/);
  const [first = ''] = words;
  const letters = /^\p{Lu}[\p{Lu}\p{N}]+$/u.test(first)
    ? 'A'
    : /^\p{Lu}/u.test(first)
      ? 'Aa'
      : /^\p{Ll}/u.test(first)
        ? 'a'
        : '?';
  return `${letters}${words.length > 4 ? ' many' : words.length > 1 ? ' some' : ''}`;
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
  if (isLogged(name) && share(values, isLogged) > 0.8) votes.values += 1.5;
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
  const areLong = isLong(name) && share(values, isLong) > 0.5;
  if (!areLong && readsLikeName(name) && share(values, readsLikeName) < 0.1) return 1;
  const isLower = /^\p{Ll}/u.test(name);
  return isLower && share(values, (value) => /^[\p{Lu}\p{Lo}\d]/u.test(value)) > 0.9 ? 1 : 0;
}

/** More words than names have, but for questions. */
function isLong(text: string): boolean {
  return !text.includes('?') && text.split(/\s+/).length > 6;
}

/** A time and words beside it, as programs log them. */
function isLogged(text: string): boolean {
  return /\p{L}/u.test(text) && /\d\d:\d\d:\d\d/.test(text) && text.split(/\s+/).length > 2;
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
