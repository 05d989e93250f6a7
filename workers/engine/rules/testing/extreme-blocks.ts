/** The larger of two weights, the first of several dates, and who got the most votes. */
import type { Rule } from '../../../../src/domain/rules';
import { type Block, DAY, round } from './table-builder';

/** Rows in which a column has to be the extreme alone, so that a search can tell. */
const MIN_OWN_ROWS = 60;

const charged: Block = (t) => {
  const decimals = t.between(0, 2);
  const weight = t.each(() => round(20 * Math.exp(0.7 * t.values.normal()), decimals));
  const size = t.each(() => round(16 * Math.exp(0.9 * t.values.normal()), decimals));
  const columns = [t.numbers('weight', t.sparse(weight)), t.numbers('size', size)];
  const both = weight.map((value, row) => [value, size[row]!]);
  const target = t.numbers(
    'charged',
    both.map((row) => Math.max(...row)),
  );
  if (new Set(both.flat()).size > 60)
    plant(t.planted, { kind: 'extreme', target, columns, end: 'largest' }, both);
};

const earliest: Block = (t) => {
  const start = Date.UTC(2020, 0, 1) / DAY;
  const dates = t.each(() => Array.from({ length: 3 }, () => DAY * (start + t.values.below(1000))));
  const columns = ['order', 'call', 'visit'].map((word, k) =>
    t.numbers(
      word,
      dates.map((row) => row[k]!),
      'date',
    ),
  );
  const target = t.numbers(
    'contact',
    dates.map((row) => Math.min(...row)),
    'date',
  );
  plant(t.planted, { kind: 'extreme', target, columns, end: 'smallest' }, dates);
};

const winner: Block = (t) => {
  const count = t.between(3, 5);
  const parties = Array.from({ length: count }, (_, k) => `list ${k + 1}`);
  const sizes = parties.map(() => 0.7 + 0.6 * t.structure.uniform());
  const votes = t.each(() => sizes.map((size) => Math.floor(size * 500 * t.values.uniform())));
  const columns = parties.map((party, k) => {
    const values = Float64Array.from(votes, (row) => row[k]!);
    const name = `votes_${party.replace(' ', '_')}_${t.columns.length - k}`;
    t.columns.push({ name, storageType: 'integer', data: { kind: 'number', values, nulls: null } });
    return name;
  });
  const cells = columns.map((name) => name.slice('votes_'.length));
  const target = t.texts(
    'winner',
    votes.map((row) => cells[row.indexOf(Math.max(...row))]!),
  );
  plant(t.planted, { kind: 'extreme', target, columns, end: 'largest', cells }, votes);
};

function plant(planted: Rule[], rule: Extract<Rule, { kind: 'extreme' }>, rows: readonly number[][]): void {
  const extreme = rule.end === 'largest' ? Math.max : Math.min;
  const isAlone = (row: readonly number[], k: number) =>
    row[k] === extreme(...row) && row.filter((value) => value === row[k]).length === 1;
  const own = rule.columns.map((_, k) => rows.filter((row) => isAlone(row, k)).length);
  if (Math.min(...own) >= MIN_OWN_ROWS) planted.push(rule);
}

export const EXTREME_BLOCKS: readonly Block[] = [charged, charged, earliest, winner];
