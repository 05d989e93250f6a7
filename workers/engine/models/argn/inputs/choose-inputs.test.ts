import fc from 'fast-check';
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

  it('keeps a share of the inputs of a table in which all depends on all, up to a number', async () => {
    const stream = new RandomStream(4, 'cause');
    const cause = Uint16Array.from({ length: ROWS }, () => stream.below(20));
    const followers = columns
      .slice(0, 40)
      .map(() => cause.map((code) => (stream.uniform() < 0.5 ? code : stream.below(20))));
    const limited = async (count: number, limit = INPUT_LIMIT) => {
      const parts = columns.slice(0, count);
      const part = followers.slice(0, count);
      const whole = buildSpec(parts, 'S');
      const kept = await limitInputs(whole, codeTable(part, parts), 1, pause, limit);
      return kept === whole ? 'all' : kept.subColumns[0]!.inputs!.length;
    };
    expect(await limited(11)).toBe('all');
    expect(await limited(13)).toBe(10);
    expect(await limited(21)).toBe(17);
    expect(await limited(39)).toBe(32);
    expect(await limited(40, { ...INPUT_LIMIT, max: 20 })).toBe(20);
  });

  it('finds planted inputs and next to no noise, whatever the table', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 1e6 }), async (seed) => {
        const stream = new RandomStream(seed, 'planted');
        const rows = 1000 + stream.below(2000);
        const count = 10 + stream.below(50);
        const parts = Array.from({ length: count }, () => {
          const cardinality = 2 + stream.below(60);
          return [{ name: 'part', cardinality, ordinal: stream.uniform() < 0.6 }];
        });
        const drawn = parts.map(([part]) =>
          Uint16Array.from({ length: rows }, () => stream.below(part!.cardinality)),
        );
        // Column 1 follows column 0 in a third of the rows.
        const [from, to] = [parts[0]![0]!.cardinality, parts[1]![0]!.cardinality];
        drawn[0]!.forEach((code, r) => {
          if (stream.uniform() < 1 / 3) drawn[1]![r] = Math.floor((code * to) / from);
        });
        const joined = new Uint16Array(count * rows);
        drawn.forEach((part, j) => {
          joined.set(part, j * rows);
        });
        const facts = parts.flat().map(({ ordinal }) => ({ ordinal, counts: [] }));
        const table = { codes: joined, trainingRows: rows, facts };
        const { subColumns } = await limitInputs(buildSpec(parts, 'S'), table, 1, pause);
        expect(subColumns[0]!.inputs).toContain(1);
        expect(subColumns[1]!.inputs).toContain(0);
        const kept = subColumns.reduce((sum, { inputs }) => sum + inputs!.length, 0);
        // A tenth of the columns may find one by chance, which then counts for both.
        expect(kept - 2).toBeLessThanOrEqual(Math.max(8, count));
      }),
      { numRuns: 25, seed: 7 },
    );
  });

  it('gives every target inputs just before it where far more matter than it can keep', async () => {
    const stream = new RandomStream(4, 'wide');
    const count = 200;
    const rows = 2000;
    const parts = Array.from({ length: count }, () => [{ name: 'part', cardinality: 4, ordinal: true }]);
    const joined = new Uint16Array(count * rows);
    for (let r = 0; r < rows; r++) {
      const cause = stream.below(4);
      for (let c = 0; c < count; c++) joined[c * rows + r] = stream.uniform() < 0.6 ? cause : stream.below(4);
    }
    const facts = parts.map(() => ({ ordinal: true, counts: [] }));
    const table = { codes: joined, trainingRows: rows, facts };
    const { subColumns } = await limitInputs(buildSpec(parts, 'S'), table, 1, pause);
    subColumns.forEach(({ inputs }, c) => {
      const near = inputs!.filter((i) => (c - i + count) % count <= 32);
      expect(near.length, `${c}`).toBeGreaterThanOrEqual(4);
      expect(inputs!.length).toBe(32);
    });
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
