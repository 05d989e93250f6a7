import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../../src/domain/random';
import { TINY_ROWS } from '../../../../../src/domain/row-plan';
import { buildSpec } from '../network/network-spec';
import { createLayout } from '../network/weight-layout';
import { INPUT_LIMIT, type InputLimit, inputLimitOf, limitInputs } from './choose-inputs';
import type { CodeTable } from './column-ties';

const ROWS = 6000;
const pause = async () => undefined;

/**
 * 40 columns of 20 codes in groups of four that share a cause, the first of the group; then two columns of two digits,
 * of which the low ones alone depend on each other.
 */
function table() {
  const stream = new RandomStream(3, 'groups');
  const columns: { cardinality: number; name: string; ordinal: boolean }[][] = [];
  const codes: Uint16Array[] = [];
  const add = (column: number, fill: (r: number) => number) => {
    columns[column] ??= [];
    columns[column].push({ name: 'part', cardinality: 20, ordinal: column % 2 === 0 });
    codes.push(Uint16Array.from({ length: ROWS }, (_, r) => fill(r)));
  };
  for (let c = 0; c < 40; c++) {
    const first = codes.at(c - (c % 4));
    add(c, (r) => (c % 4 > 0 && stream.uniform() < 0.5 ? (first![r]! * 7 + c) % 20 : stream.below(20)));
  }
  add(40, () => stream.below(20));
  add(40, () => stream.below(20));
  const low = codes.at(-1)!;
  add(41, () => stream.below(20));
  add(41, (r) => (low[r]! + stream.below(3)) % 20);
  return { columns, codes };
}

const { columns, codes } = table();
const spec = buildSpec(columns, 'S');
const keeping = (kept: number): InputLimit => ({ share: 0, min: kept, max: kept });
const LIMIT = keeping(3);

function codeTable(order = codes, parts = columns): CodeTable {
  const joined = new Uint16Array(order.length * ROWS);
  order.forEach((part, j) => {
    joined.set(part, j * ROWS);
  });
  const facts = parts.flat().map(({ ordinal }) => ({ ordinal, counts: [] }));
  return { codes: joined, trainingRows: ROWS - 500, facts };
}

describe('limitInputs', () => {
  it('finds the columns that a column depends on', async () => {
    const { subColumns } = await limitInputs(spec, codeTable(), 1, pause, LIMIT);
    for (let c = 0; c < 40; c++) {
      const group = [0, 1, 2, 3].map((k) => c - (c % 4) + k).filter((other) => other !== c);
      expect(subColumns[c]!.inputs).toEqual(group);
    }
  });

  it('tells how many pairs it has compared, up to all', async () => {
    const told: number[] = [];
    const all = (spec.subColumns.length * (spec.subColumns.length - 1)) / 2;
    const listen = async (compared: number, pairs: number) => {
      told.push(compared);
      expect(pairs).toBe(all);
    };
    await limitInputs(spec, codeTable(), 1, listen, LIMIT);
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect([told[0], told.at(-1)]).toEqual([0, all]);
  });

  it('takes columns whole, and a sub-column with those before it', async () => {
    const limited = await limitInputs(spec, codeTable(), 1, pause, LIMIT);
    const { subColumns } = limited;
    expect(subColumns[40]!.inputs).toEqual(expect.arrayContaining([42, 43]));
    expect(subColumns[41]!.inputs).toEqual(expect.arrayContaining([40, 42, 43]));
    expect(subColumns[42]!.inputs).not.toContain(43);
    expect(subColumns[43]!.inputs).toEqual(expect.arrayContaining([40, 41, 42]));
    for (const [j, { inputs, column }] of subColumns.entries()) {
      const others = inputs!.filter((i) => subColumns[i]!.column !== column);
      expect(others.length, `${j}`).toBeLessThanOrEqual(LIMIT.max + 1);
    }
    expect(createLayout(limited).total).toBeLessThan(createLayout(spec).total / 5);
    // As a stored model has it.
    expect(JSON.parse(JSON.stringify(limited))).toEqual(limited);
  });

  it('leaves narrow models alone, and keeps a share of the inputs of others up to a number', async () => {
    expect(await limitInputs(spec, codeTable(), 1, pause, keeping(43))).toBe(spec);
    const kept = async (count: number, limit = INPUT_LIMIT) => {
      const parts = columns.slice(0, count);
      const part = codes.slice(0, count);
      const limited = await limitInputs(buildSpec(parts, 'S'), codeTable(part, parts), 1, pause, limit);
      return limited.subColumns[0]!.inputs?.length;
    };
    expect(await kept(11)).toBeUndefined();
    expect(await kept(13)).toBe(10);
    expect(await kept(21)).toBe(17);
    expect(await kept(39)).toBe(32);
    expect(await kept(40, { ...INPUT_LIMIT, max: 20 })).toBe(20);
  });

  it('knows what very many categories tell, each too rare to be seen alone', async () => {
    const items = new RandomStream(8, 'items');
    const regions = Uint16Array.from({ length: 3000 }, () => items.below(20));
    const item = Uint16Array.from({ length: ROWS }, () => items.below(3000));
    const region = item.map((code) => (items.uniform() < 0.9 ? regions[code]! : items.below(20)));
    const own = [...codes.slice(0, 38), item, region];
    const part = { name: 'item', cardinality: 3000, ordinal: false };
    const classes = Array.from({ length: 55 }, (_, k) => 54 * k);
    const parts = [...columns.slice(0, 38), [{ ...part, classes }], [{ ...part, cardinality: 20 }]];
    const limited = await limitInputs(buildSpec(parts, 'S'), codeTable(own, parts), 1, pause, keeping(1));
    expect(limited.subColumns[39]!.inputs).toEqual([38]);
    expect(limited.subColumns[38]).toMatchObject({ inputs: [39], classes });
  });

  it('repeats, and does not depend on the order of columns', async () => {
    const limited = await limitInputs(spec, codeTable(), 1, pause, keeping(6));
    expect(await limitInputs(spec, codeTable(), 1, pause, keeping(6))).toEqual(limited);
    const order = new RandomStream(5, 'order').permutation(40);
    const moved = Array.from(order, (c) => codes[c]!);
    const movedColumns = Array.from(order, (c) => columns[c]!);
    const plain = buildSpec(columns.slice(0, 40), 'S');
    const unmoved = await limitInputs(
      plain,
      codeTable(codes.slice(0, 40), columns.slice(0, 40)),
      1,
      pause,
      LIMIT,
    );
    const other = await limitInputs(
      buildSpec(movedColumns, 'S'),
      codeTable(moved, movedColumns),
      1,
      pause,
      LIMIT,
    );
    for (const [moved, c] of order.entries()) {
      const named = other.subColumns[moved]!.inputs!.map((i) => order[i]!).sort((a, b) => a - b);
      expect(named).toEqual(unmoved.subColumns[c]!.inputs);
    }
  });

  it('lets the thread answer, and ends when told to', async () => {
    let pauses = 0;
    await limitInputs(
      spec,
      codeTable(),
      1,
      async () => {
        pauses++;
      },
      LIMIT,
    );
    expect(pauses).toBeGreaterThanOrEqual(spec.subColumns.length);
    const canceled = limitInputs(spec, codeTable(), 1, () => Promise.reject(new Error('canceled')), LIMIT);
    await expect(canceled).rejects.toThrow('canceled');
  });
});

describe('inputLimitOf', () => {
  it('lets the inputs grow with the rows, up to those of a large table', () => {
    const shares = [20, 100, 300, 500, 900].map((rows) => inputLimitOf(rows, true).share);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares[2]).toBeCloseTo(0.413, 3);
    expect(inputLimitOf(TINY_ROWS, true)).toBe(INPUT_LIMIT);
    expect(inputLimitOf(20_000, true)).toBe(INPUT_LIMIT);
  });

  it('leaves every target some inputs', () => {
    expect(inputLimitOf(20, true)).toMatchObject({ min: 3, max: 3 });
    expect(inputLimitOf(300, true)).toMatchObject({ min: 5, max: 16 });
  });

  it('leaves a training without the guard alone', () => {
    expect(inputLimitOf(100, false)).toBe(INPUT_LIMIT);
  });
});
