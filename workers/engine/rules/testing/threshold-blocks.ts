/** Classes that thresholds of a number or date decide, and those that say which of two columns is greater. */
import { type Block, DAY, round, type TableBuilder } from './table-builder';

/** Rows times thresholds below which sharp borders are no evidence. */
const MIN_EVIDENCE = 1200;

/** Numbers whose classes are bands: grades of a score, brackets of an income, sizes of a weight, a tax rate. */
const bands: Block = (t) => {
  const decimals = t.between(0, 2);
  const shape = t.structure.below(3);
  const values = t.each(() => {
    if (shape === 0) return round(60 + 15 * t.values.normal(), decimals);
    if (shape === 1) return round(1000 * Math.exp(0.8 * t.values.normal()), decimals);
    return round(100 * t.values.uniform(), decimals);
  });
  const count = t.between(2, 5);
  const [low, high] = [
    [40, 80],
    [400, 2500],
    [10, 90],
  ][shape] as [number, number];
  const unit = shape === 1 ? 10 : 1;
  const thresholds = Array.from({ length: count - 1 }, (_, k) => {
    const share = (k + 0.3 + 0.4 * t.structure.uniform()) / (count - 1);
    return unit * Math.round((low + (high - low) * share) / unit);
  });
  const inclusive = t.structure.uniform() < 0.5;
  const kind = t.structure.below(3);
  const numbers = Array.from({ length: count }, (_, k) => 19 - 3.5 * k);
  const texts = Array.from({ length: count }, (_, k) =>
    count === 2 && kind === 1 ? String(k === 1) : `band-${k}`,
  );
  const classes = values.map((value) => indexOf(value, thresholds, inclusive));
  const column = t.numbers('amount', t.sparse(values));
  const target =
    kind === 0
      ? t.numbers(
          'rate',
          classes.map((k) => numbers[k]!),
        )
      : t.texts(
          'band',
          classes.map((k) => texts[k]!),
          texts[0] === 'false' ? 'boolean' : 'text',
        );
  const rows = Array.from({ length: count }, (_, k) => classes.filter((own) => own === k).length);
  if (t.rows * (count - 1) < MIN_EVIDENCE || Math.min(...rows) < 0.04 * t.rows) return;
  t.planted.push({
    kind: 'thresholds',
    target,
    column,
    thresholds,
    inclusive,
    cells: kind === 0 ? numbers : texts,
  });
};

function indexOf(value: number, thresholds: readonly number[], inclusive: boolean): number {
  return thresholds.filter((threshold) => (inclusive ? value > threshold : value >= threshold)).length;
}

/** Terms of a year and a half, the first of which comes back. */
const terms: Block = (t) => {
  const start = Date.UTC(2021, 2, 1);
  const days = t.each(() => start + Math.floor(540 * t.values.uniform()) * DAY);
  const cells = ['summer', 'winter', 'summer'];
  const thresholds = [
    Date.UTC(2021, 6 + t.structure.below(3), 15),
    Date.UTC(2022, 1 + t.structure.below(3), 15),
  ];
  const column = t.numbers('held', days, 'date');
  const target = t.texts(
    'term',
    days.map((day) => cells[indexOf(day, thresholds, false)]!),
  );
  if (t.rows * 2 >= MIN_EVIDENCE)
    t.planted.push({ kind: 'thresholds', target, column, thresholds, cells, inclusive: false });
};

/** Paid after it was due, or more than was planned. */
const compared: Block = (t) => {
  const dated = t.structure.uniform() < 0.5;
  const planned = t.each(() =>
    dated ? Date.UTC(2022, 0, 1) + t.values.below(700) * DAY : round(50 + 12 * t.values.normal(), 1),
  );
  const actual = planned.map((value) =>
    dated ? value + Math.round(9 * t.values.normal() - 2) * DAY : round(value + 6 * t.values.normal(), 1),
  );
  const add = (word: string, values: readonly number[]) =>
    t.numbers(word, values, dated ? 'date' : undefined);
  const column = add('planned', planned);
  const minus = add('actual', dated ? sparselyMissing(t, actual) : actual);
  const cells = ['late', 'in time'];
  const target = t.texts(
    'state',
    actual.map((value, row) => (planned[row]! < value ? cells[0]! : cells[1]!)),
  );
  if (t.rows >= MIN_EVIDENCE)
    t.planted.push({ kind: 'thresholds', target, column, minus, thresholds: [0], cells, inclusive: false });
};

function sparselyMissing(t: TableBuilder, values: readonly number[]): number[] {
  const share = t.structure.uniform() < 0.5 ? 0.1 : 0;
  return values.map((value) => (t.values.uniform() < share ? Number.NaN : value));
}

export const THRESHOLD_BLOCKS: readonly Block[] = [bands, bands, terms, compared];
