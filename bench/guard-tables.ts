import { type NamedColumn, RandomStream } from './engine';

/** Values of one column; null is missing. */
type Values = readonly (number | string | null)[];

/**
 * A made-up table whose rows are drawn independently: seven to thirteen columns that tell people apart, some of them related by
 * chance, and two to eight that follow from these exactly (or, for the curve, nearly): hierarchies, other names, equal
 * flags, groups, linear and summed numbers, values that are missing exactly where another says so.
 * @param rows to draw; rows of one table are alike, so any part of them is a fresh draw of it
 */
export function relatedTable(seed: number, rows: number): NamedColumn[] {
  const shape = new RandomStream(seed, 'shape');
  const draws = new RandomStream(seed, 'draws');
  const columns: Values[] = [];
  const people = 7 + shape.below(7);
  for (let c = 0; c < people; c++) columns.push(personal(shape, draws, columns, rows));
  const relations = 2 + shape.below(7);
  for (let c = 0; c < relations; c++) columns.push(related(shape, draws, columns, people));
  return columns.map((values, c) => columnOf(`column ${c}`, values));
}

function personal(
  shape: RandomStream,
  draws: RandomStream,
  before: readonly Values[],
  rows: number,
): (number | string)[] {
  const draw = (next: (row: number) => number | string) => Array.from({ length: rows }, (_, r) => next(r));
  const kind = shape.below(5);
  if (kind === 0) {
    const spread = 0.3 + 0.6 * shape.uniform();
    return draw(() => Math.round(100 * Math.exp(3.5 + spread * draws.normal())) / 100);
  }
  if (kind === 1) return draw(() => Math.round(1000 * draws.normal()) / 1000);
  if (kind === 2) return draw(() => 18 + draws.below(70));
  const codes = kind === 3 ? 2 + shape.below(4) : 6 + shape.below(80);
  const skew = 1 + 2 * shape.uniform();
  // Some categories lean on a column before.
  const leaning = before.length > 0 && shape.uniform() < 0.4 ? before[shape.below(before.length)]! : null;
  return draw((row) => {
    const lean = leaning && draws.uniform() < 0.5 ? (Math.abs(hashOf(leaning[row]!)) % 7) / 7 : 0;
    return `c${Math.floor(codes * ((lean + draws.uniform() ** skew) % 1))}`;
  });
}

function related(
  shape: RandomStream,
  draws: RandomStream,
  columns: readonly Values[],
  people: number,
): Values {
  const base = columns[shape.below(people)]!;
  if (typeof base[0] !== 'number') {
    const kind = shape.below(3);
    const groups = kind === 0 ? 3 + shape.below(12) : 1e9;
    if (kind < 2) return base.map((value) => `g${hashOf(value) % groups}`);
    return base.map((value) => (hashOf(value) % 3 === 0 ? null : `other ${hashOf(value) % 5}`));
  }
  const numbers = base as readonly number[];
  switch (shape.below(5)) {
    case 0:
      return numbers.map((value) => Math.round(100 * (3 * value + 1)) / 100);
    case 1:
      return numbers.map((value) => 2 * value);
    case 2:
      return numbers.map((value) => `group ${Math.floor(value / 10)}`);
    case 3:
      return numbers.map((value) => Math.round(1000 * (Math.sin(value / 10) + 0.02 * draws.normal())) / 1000);
    default: {
      const others = columns.filter((column) => column !== base && typeof column[0] === 'number');
      const other = others[shape.below(Math.max(others.length, 1))] ?? base;
      return numbers.map((value, r) => Math.round(100 * (value + Number(other[r] ?? 0))) / 100);
    }
  }
}

/** A number that differs from value to value. */
function hashOf(value: number | string | null): number {
  let hash = 7;
  for (const letter of String(value)) hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) >>> 0;
  return (Math.imul(hash, 0x9e3779b1) >>> 8) & 0x7fffff;
}

function columnOf(name: string, values: Values): NamedColumn {
  const nulls = values.includes(null) ? Uint8Array.from(values, (value) => Number(value === null)) : null;
  if (values.every((value) => value === null || typeof value === 'number')) {
    const numbers = Float64Array.from(values, (value) => Number(value ?? 0));
    return { name, storageType: 'float', data: { kind: 'number', values: numbers, nulls } };
  }
  const dictionary = [...new Set(values.filter((value) => value !== null))].map(String);
  const codes = new Map(dictionary.map((text, code) => [text, code]));
  return {
    name,
    storageType: 'text',
    data: {
      kind: 'text',
      codes: Int32Array.from(values, (value) => (value === null ? -1 : codes.get(String(value))!)),
      dictionary,
    },
  };
}
