import { describe, expect, it } from 'vitest';
import { specOf, withClasses, withLists } from '../testing/samples';
import { createLayout, createState, PAD_OUTPUT_BIAS, writePads } from './weight-layout';

const SPEC = specOf([
  [7, 5, 8, 0],
  [10, 10, 12, 1],
  [33, 9, 32, 1],
  [4, 4, 16, 2],
]);

const LISTED = withLists(SPEC, 2);

describe('createLayout', () => {
  it.each([
    ['all inputs', SPEC],
    ['lists', LISTED],
    ['classes', withClasses(SPEC, 3)],
  ])('gives every weight one index, rows on 16 bytes and blocks on 64: %s', (_, spec) => {
    const layout = createLayout(spec);
    const owners = new Int32Array(layout.total);
    const claim = (start: number, floats: number) => {
      expect(start % 4).toBe(0);
      for (let at = start; at < start + floats; at++) owners[at]!++;
    };
    let pairs = 0;
    spec.subColumns.forEach((target, j) => {
      expect(layout.blockStart(j) % 16).toBe(0);
      expect(layout.blockSize(j) % 16).toBe(0);
      for (const i of layout.inputs(j)) {
        const input = spec.subColumns[i]!;
        expect(layout.pair(j, i)).toBe(pairs++);
        claim(layout.embedding(j, i), input.cardinality * layout.embeddingWidth(i));
        claim(layout.projection(j, i), input.dimension * target.hidden);
      }
      claim(layout.output(j), target.hidden * layout.outputWidth(j));
      claim(layout.bias(j), target.hidden);
      claim(layout.outputBias(j), layout.outputWidth(j));
      const end = layout.blockStart(j) + layout.blockSize(j);
      const used = layout.outputBias(j) + layout.outputWidth(j);
      expect(layout.bias(j)).toBe(layout.blockStart(j) + layout.decayedSize(j));
      claim(used, end - used);
      expect(end - used).toBeLessThan(16);
    });
    expect(owners.every((claims) => claims === 1)).toBe(true);
  });

  it('has no table of a target for itself', () => {
    const layout = createLayout(SPEC);
    expect(() => layout.embedding(2, 2)).toThrow(RangeError);
    expect(() => layout.projection(1, 4)).toThrow(RangeError);
  });

  it('has none for inputs that are not listed', () => {
    const subColumns = SPEC.subColumns.map((part, j) => ({ ...part, inputs: j === 2 ? [1, 3] : [] }));
    const layout = createLayout({ ...SPEC, subColumns });
    expect([...layout.inputs(2)]).toEqual([1, 3]);
    expect(() => layout.embedding(2, 0)).toThrow(RangeError);
    expect(layout.total).toBeLessThan(createLayout(SPEC).total);
  });

  it.each([
    ['itself', [1, 2]],
    ['unknown', [1, 4]],
    ['out of order', [3, 1]],
    ['not list 1 of its own column', [0, 3]],
  ])('refuses a list that is wrong: %s', (message, inputs) => {
    const subColumns = SPEC.subColumns.map((part, j) => (j === 2 ? { ...part, inputs } : part));
    expect(() => createLayout({ ...SPEC, subColumns })).toThrow(message);
  });

  it.each([[[]], [[1, 3]], [[0, 3, 3]], [[0, 33]], [[0, 2.5]]])(
    'refuses classes that do not cut the codes: %j',
    (classes) => {
      const subColumns = SPEC.subColumns.map((part, j) => (j === 2 ? { ...part, classes } : part));
      expect(() => createLayout({ ...SPEC, subColumns })).toThrow('do not cut its 33 codes');
    },
  );

  it.each([
    ['no column', { subColumns: [], columnCount: 0 }],
    ['0 codes', specOf([[0, 2, 4, 0]])],
    ['65536 codes', specOf([[65_536, 2, 4, 0]])],
    ['no positive multiple of 4', specOf([[3, 2, 6, 0]])],
    [
      'breaks the order of columns',
      specOf([
        [3, 2, 4, 1],
        [3, 2, 4, 0],
      ]),
    ],
  ])('refuses a model with %s', (message, spec) => {
    expect(() => createLayout(spec)).toThrow(message);
  });
});

describe('writePads', () => {
  it('restores what createState set and touches no weight', () => {
    const layout = createLayout(SPEC);
    const clean = createState(layout).parameters;
    const spoilt = clean.slice().fill(3);
    writePads(layout, spoilt);
    expect(spoilt[layout.outputBias(0) + 6]).toBe(3);
    expect(spoilt[layout.outputBias(0) + 7]).toBe(Math.fround(PAD_OUTPUT_BIAS));
    expect(spoilt[layout.output(2) + 32]).toBe(3);
    expect([...spoilt.subarray(layout.output(2) + 33, layout.output(2) + 37)]).toEqual([0, 0, 0, 3]);
    expect(spoilt[layout.embedding(1, 0) + 4]).toBe(3);
    expect([...spoilt.subarray(layout.embedding(1, 0) + 5, layout.embedding(1, 0) + 9)]).toEqual([
      0, 0, 0, 3,
    ]);
    const pads = spoilt.filter((value) => value !== 3).length;
    const cleared = clean.slice();
    writePads(layout, cleared);
    expect(cleared).toEqual(clean);
    expect(pads).toBeGreaterThan(0);
  });
});
