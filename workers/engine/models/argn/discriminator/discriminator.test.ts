import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../../src/domain/random';
import type { CodeSampler } from '../../../privacy/copy-search';
import type { CodeBlock } from '../sampling/sample-codes';
import { addTree, growTree, type Tree } from './boosted-trees';
import { keepProbability, MAX_ODDS, MIN_KEPT_SHARE } from './discriminator';
import { keptRows } from './kept-rows';
import { type Draws, type LearnedTable, learnDiscriminator } from './learn-discriminator';
import type { Codes } from './seen-codes';
import { TreeScores } from './tree-scores';

const CARDINALITIES = [8, 8];
const TRAINING = 3000;
const HELD_BACK = 600;

/** Pairs of codes: equal in a share of rows, else independent. */
function pairs(rows: number, equal: number, stream: RandomStream): Uint16Array[] {
  const a = Uint16Array.from({ length: rows }, () => stream.below(8));
  const b = a.map((code) => (stream.uniform() < equal ? code : stream.below(8)));
  return [a, b];
}

function tableOf(equal: number) {
  const parts = pairs(TRAINING + HELD_BACK, equal, new RandomStream(1, 'training'));
  const codes = new Uint16Array(2 * (TRAINING + HELD_BACK));
  parts.forEach((part, j) => {
    codes.set(part, j * part.length);
  });
  const numbers = Uint32Array.from({ length: TRAINING + HELD_BACK }, (_, row) => row);
  return {
    ...{ codes, cardinalities: CARDINALITIES, rowCount: numbers.length },
    training: numbers.subarray(0, TRAINING),
    heldBack: numbers.subarray(TRAINING),
    seen: (own: Codes) => own,
  };
}

/** A model whose columns are equal in this share of rows. */
const sampler = (equal: number) =>
  async function* (rows: number, seed: number): AsyncGenerator<CodeBlock> {
    const stream = new RandomStream(seed, 'drawn');
    for (let row0 = 0; row0 < rows; row0 += 500) {
      const count = Math.min(500, rows - row0);
      yield { row0, rows: count, codes: pairs(count, equal, stream), seconds: 0 };
    }
  };

async function joined(blocks: AsyncIterable<CodeBlock>): Promise<number[][]> {
  const all: number[][] = [[], []];
  for await (const { row0, rows, codes } of blocks) {
    expect(row0).toBe(all[0]!.length);
    expect(codes.map(({ length }) => length)).toEqual([rows, rows]);
    codes.forEach((part, j) => {
      all[j]!.push(...part);
    });
  }
  return all;
}

const shareEqual = ([a, b]: number[][]) => a!.filter((code, row) => code === b![row]).length / a!.length;

const pause = async () => undefined;

describe('growTree', () => {
  it('splits where the labels change and keeps leaves of enough rows', () => {
    const codes = [Uint16Array.from({ length: 100 }, (_, row) => row % 10)];
    const labels = Uint8Array.from({ length: 100 }, (_, row) => Number(row % 10 < 4));
    const rows = Uint32Array.from(labels.keys());
    const sums = new Float64Array(100);
    const settings = { depth: 1, minRows: 10, shrinkage: 0, learningRate: 1 };
    const tree = growTree(codes, [10], labels, sums, rows, settings);
    expect(tree).toEqual({ parts: [0], codes: [3], values: [2, -2] });
    addTree(tree, codes, sums);
    expect([...sums.slice(0, 5)]).toEqual([2, 2, 2, 2, -2]);
    const none: Tree = growTree(codes, [10], labels, sums, rows, { ...settings, minRows: 51 });
    expect(none.parts).toEqual([-1]);
  });
});

/** A model all of whose column orders are alike. */
const drawsOf = (all: CodeSampler): Draws => ({
  all,
  startingAt: () => all,
  goodStarts: async () => null,
});

describe('TreeScores', () => {
  const tree = (depth: number) =>
    fc.record({
      parts: fc.array(fc.integer({ min: -1, max: 2 }), {
        minLength: 2 ** depth - 1,
        maxLength: 2 ** depth - 1,
      }),
      codes: fc.array(fc.nat(5), { minLength: 2 ** depth - 1, maxLength: 2 ** depth - 1 }),
      values: fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 2 ** depth, maxLength: 2 ** depth }),
    });
  const forest = fc.integer({ min: 1, max: 4 }).chain((depth) => fc.array(tree(depth), { maxLength: 5 }));

  it('sums the leaves of all trees, as they are added one by one', () => {
    fc.assert(
      fc.property(forest, fc.integer({ min: 1, max: 1100 }), fc.nat(), (trees, rows, seed) => {
        const stream = new RandomStream(seed, 'codes');
        const codes = [0, 1, 2].map(() => Uint16Array.from({ length: rows }, () => stream.below(6)));
        const sums = new Float64Array(rows);
        for (const own of trees) addTree(own, codes, sums);
        expect(new TreeScores(trees).sums(codes)).toEqual(sums);
      }),
      { numRuns: 60 },
    );
  });
});

describe('learnDiscriminator', () => {
  it('finds nothing in rows of the same distribution', async () => {
    const found = await learnDiscriminator(tableOf(0.5), drawsOf(sampler(0.5)), 1, pause);
    expect(found).toEqual({ starts: null, discriminator: null });
  });

  it('finds nothing without enough rows to learn of and to check with', async () => {
    const whole = tableOf(0.5);
    const table = { ...whole, heldBack: whole.heldBack.subarray(0, 200) };
    const found = await learnDiscriminator(table, drawsOf(sampler(0)), 1, pause);
    expect(found).toEqual({ starts: null, discriminator: null });
  });

  it('leaves a share of rows to keep that a stored model may have, even if no drawn row is like any other', async () => {
    const rows = 26_000;
    const numbers = Uint32Array.from({ length: rows }, (_, row) => row);
    const table: LearnedTable = {
      ...{ codes: new Uint16Array(rows).fill(1), rowCount: rows, cardinalities: [2], seen: (codes) => codes },
      ...{ training: numbers.subarray(0, rows / 2), heldBack: numbers.subarray(rows / 2) },
    };
    const other: CodeSampler = async function* (count) {
      yield { rows: count, codes: [new Uint16Array(count)] };
    };
    const { discriminator } = await learnDiscriminator(table, drawsOf(other), 1, pause);
    expect(discriminator!.keptShare).toBeLessThan(0.001);
    expect(discriminator!.keptShare).toBeGreaterThan(MIN_KEPT_SHARE);
  });

  it('brings kept rows nearer to the training rows', async () => {
    const { discriminator } = await learnDiscriminator(tableOf(0.5), drawsOf(sampler(0.2)), 1, pause);
    expect(discriminator!.trees.length).toBeGreaterThan(0);
    expect(discriminator!.keptShare).toBeGreaterThan(0.4);
    expect(discriminator!.keptShare).toBeLessThan(0.6);
    const drawn = await joined(sampler(0.2)(20_000, 7));
    const kept = await joined(keptRows(discriminator!, 20_000, 7, sampler(0.2)));
    expect(shareEqual(drawn)).toBeLessThan(0.32);
    expect(Math.abs(shareEqual(kept) - (0.5 + 0.5 / 8))).toBeLessThan(0.06);
  });

  it('checks with rows of all column orders', async () => {
    const byOrder: CodeSampler = async function* (rows, seed) {
      for await (const block of sampler(0)(rows, seed)) {
        if (block.row0 < 0.75 * rows) yield block;
        else yield { ...block, codes: pairs(block.rows, 0.5, new RandomStream(seed, `block ${block.row0}`)) };
      }
    };
    expect((await learnDiscriminator(tableOf(0.5), drawsOf(byOrder), 1, pause)).discriminator).not.toBeNull();
  });

  it.each([
    ['draws in better orders alone', 0.5, [0, 1]],
    ['draws in all orders if others are no better', 0.2, null],
  ])('%s', async (_, equal, expected) => {
    const draws: Draws = {
      all: sampler(0.2),
      startingAt: (starts) => {
        expect(starts).toEqual([0, 1]);
        return sampler(equal);
      },
      goodStarts: async () => [0, 1],
    };
    const { starts, discriminator } = await learnDiscriminator(tableOf(0.5), draws, 1, pause);
    expect(starts).toEqual(expected);
    expect(discriminator === null).toBe(expected !== null);
  });
});

describe('keptRows', () => {
  const favoursFirst = {
    keptShare: 0.5,
    trees: [{ parts: [0], codes: [3], values: [Math.log(MAX_ODDS), -1] }],
  };

  it('keeps rows by their odds, up to a limit', () => {
    expect(keepProbability(Math.log(MAX_ODDS) + 1)).toBe(1);
    expect(keepProbability(-1)).toBeCloseTo(Math.exp(-1) / MAX_ODDS);
  });

  it.each([0, 1, 37, 5000])('gives %d rows, the same for the same seed', async (rows) => {
    const first = await joined(keptRows(favoursFirst, rows, 3, sampler(0)));
    expect(first[0]).toHaveLength(rows);
    expect(await joined(keptRows(favoursFirst, rows, 3, sampler(0)))).toEqual(first);
  });

  it('draws further rows where few are kept', async () => {
    const rarely = { keptShare: 0.5, trees: [{ parts: [0], codes: [0], values: [-3, -3] }] };
    expect((await joined(keptRows(rarely, 500, 3, sampler(0))))[0]).toHaveLength(500);
  });
});
