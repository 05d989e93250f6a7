import type { ColumnData } from '../src/domain/column-data';
import type { NamedColumn } from '../workers/quality/columns';

/** Total variation distances of a column of very many categories from the training rows, 0 … 1. */
export interface CategoryScores {
  /** Of the distribution of all categories. */
  readonly marginal: number;
  /** Of the joint of the frequent categories (others as one) with every other column's ten bins or values, mean. */
  readonly pairs: number;
  /** The same by column. */
  readonly byColumn: Readonly<Record<string, number>>;
  /**
   * Rows of the other categories with the value of another column that is the most frequent one of their category
   * among the training rows: share by column. Not a distance: the holdout's is the one to meet.
   */
  readonly usual: Readonly<Record<string, number>>;
}

/** Categories of the pair measure. */
const FREQUENT = 200;
/** Training rows up to which protection may hide a category: all those count as one. */
const RARE = 7;
const BINS = 10;
const MOST_VALUES = 40;

export function categoryScores(
  training: readonly NamedColumn[],
  other: readonly NamedColumn[],
  name: string,
): CategoryScores {
  const given = labelsOf(find(training, name));
  const often = tally(given);
  const known = (label: string) => ((often.get(label) ?? 0) > RARE ? label : '_RARE_');
  const own = given.map(known);
  const drawn = labelsOf(find(other, name)).map(known);
  const counts = tally(own);
  const frequent = new Set(
    [...counts.entries()]
      .sort((a, b) => b[1] - a[1])
      .slice(0, FREQUENT)
      .map(([label]) => label),
  );
  const grouped = (labels: readonly string[]) =>
    labels.map((label) => (frequent.has(label) ? label : 'other'));
  const [ownGroups, drawnGroups] = [grouped(own), grouped(drawn)];
  const byColumn: Record<string, number> = {};
  const usual: Record<string, number> = {};
  for (const column of training) {
    if (column.name === name) continue;
    const [a, b] = levels(column.data, find(other, column.name));
    byColumn[column.name] = distance(
      ownGroups.map((group, i) => `${group} | ${a[i]}`),
      drawnGroups.map((group, i) => `${group} | ${b[i]}`),
    );
    const seldom = (label: string) => !frequent.has(label) && label !== '_RARE_';
    usual[column.name] = agreement(own, a, drawn, b, seldom);
  }
  const all = Object.values(byColumn);
  return {
    marginal: distance(own, drawn),
    pairs: all.reduce((sum, value) => sum + value, 0) / all.length,
    byColumn,
    usual,
  };
}

function agreement(
  own: readonly string[],
  values: readonly (string | number)[],
  drawn: readonly string[],
  drawnValues: readonly (string | number)[],
  counts: (label: string) => boolean,
): number {
  const cells = new Map<string, Map<string | number, number>>();
  own.forEach((label, i) => {
    const cell = cells.get(label) ?? new Map<string | number, number>();
    cell.set(values[i]!, (cell.get(values[i]!) ?? 0) + 1);
    cells.set(label, cell);
  });
  const modes = new Map(
    [...cells].map(([label, cell]) => [label, [...cell].reduce((a, b) => (b[1] > a[1] ? b : a))[0]]),
  );
  let agreeing = 0;
  let all = 0;
  drawn.forEach((label, i) => {
    if (!counts(label)) return;
    all++;
    if (modes.get(label) === drawnValues[i]) agreeing++;
  });
  return agreeing / all;
}

function find(columns: readonly NamedColumn[], name: string): ColumnData {
  return columns.find((column) => column.name === name)!.data;
}

function labelsOf(data: ColumnData): string[] {
  if (data.kind === 'text')
    return Array.from(data.codes, (code) => (code < 0 ? 'null' : data.dictionary[code]!));
  return Array.from(data.values, (value, i) => (data.nulls?.[i] === 1 ? 'null' : String(value)));
}

/** Values as they are where they are few, else tenths of the first column. */
function levels(a: ColumnData, b: ColumnData): [readonly (string | number)[], readonly (string | number)[]] {
  const labels = labelsOf(a);
  const numeric = a.kind === 'number' && b.kind === 'number';
  if (!numeric || new Set(labels).size <= MOST_VALUES) {
    const known = tally(labels);
    const most = [...known.entries()].sort((x, y) => y[1] - x[1]).slice(0, MOST_VALUES);
    const kept = new Set(most.map(([label]) => label));
    const merge = (label: string) => (kept.has(label) ? label : 'other');
    return [labels.map(merge), labelsOf(b).map(merge)];
  }
  const sorted = a.values.slice().sort();
  const edges = Array.from(
    { length: BINS - 1 },
    (_, k) => sorted[Math.floor(((k + 1) * sorted.length) / BINS)]!,
  );
  const place = (value: number) => edges.filter((edge) => value >= edge).length;
  return [Array.from(a.values, place), Array.from(b.values, place)];
}

function tally(labels: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}

/** Half the sum of the differences of shares. */
function distance(a: readonly string[], b: readonly string[]): number {
  const [p, q] = [tally(a), tally(b)];
  let sum = 0;
  for (const [label, count] of p) sum += Math.abs(count / a.length - (q.get(label) ?? 0) / b.length);
  for (const [label, count] of q) if (!p.has(label)) sum += count / b.length;
  return sum / 2;
}
