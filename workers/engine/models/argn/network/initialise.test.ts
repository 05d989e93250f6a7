import { describe, expect, it } from 'vitest';
import { initialise } from './initialise';
import { buildSpec } from './network-spec';
import { createLayout, PAD_OUTPUT_BIAS } from './weight-layout';

const part = (cardinality: number) => ({ name: 'x', cardinality, ordinal: false });
const spec = buildSpec([[part(3)], [part(60)], [part(5)]], 'M');
const layout = createLayout(spec);
const facts = [
  { ordinal: false, counts: [7, 2, 0] },
  { ordinal: true, counts: new Uint32Array(60).fill(3) },
  { ordinal: true, counts: [1, 1, 1, 1, 1] },
];

describe('initialise', () => {
  const { parameters, average, firstMoment } = initialise(layout, facts, 1);

  it('starts the output biases at the smoothed log shares and keeps the pads', () => {
    const c = layout.outputBias(0);
    [8, 3, 1].forEach((count, code) => {
      expect(parameters[c + code]).toBeCloseTo(Math.log(count / 12), 5);
    });
    expect(parameters[c + 3]).toBe(Math.fround(PAD_OUTPUT_BIAS));
    expect(average).toEqual(parameters);
    expect(firstMoment.every((moment) => moment === 0)).toBe(true);
  });

  it('makes neighbouring codes of an ordered column alike and those of others not', () => {
    const distance = (i: number, a: number, b: number) => {
      const width = layout.embeddingWidth(i);
      const start = layout.embedding(0, i);
      let sum = 0;
      for (let k = 0; k < spec.subColumns[i]!.dimension; k++) {
        sum += (parameters[start + a * width + k]! - parameters[start + b * width + k]!) ** 2;
      }
      return Math.sqrt(sum);
    };
    expect(distance(1, 20, 21)).toBeLessThan(0.5 * distance(1, 20, 50));
    expect(distance(2, 0, 1)).toBeGreaterThan(1);
  });

  it('scales smooth and nominal output weights alike', () => {
    const deviation = (j: number) => {
      const { hidden, cardinality } = spec.subColumns[j]!;
      let sum = 0;
      for (let unit = 0; unit < hidden; unit++) {
        for (let code = 0; code < cardinality; code++) {
          sum += parameters[layout.output(j) + unit * layout.outputWidth(j) + code]! ** 2;
        }
      }
      return Math.sqrt(sum / (hidden * cardinality)) / Math.sqrt(2 / (hidden + cardinality));
    };
    expect(deviation(0)).toBeGreaterThan(0.7);
    expect(deviation(0)).toBeLessThan(1.3);
    expect(deviation(1)).toBeCloseTo(1, 1);
  });

  it('depends on the seed alone', () => {
    expect(initialise(layout, facts, 1).parameters).toEqual(parameters);
    expect(initialise(layout, facts, 2).parameters).not.toEqual(parameters);
  });

  describe('with classes', () => {
    const counts = Uint32Array.from({ length: 40 }, (_, code) => code);
    const classes = [0, 1, 15, 30];
    const state = (ordinal: boolean) => {
      const classed = createLayout(buildSpec([[{ ...part(40), classes }], [part(5)]], 'M'));
      return { classed, ...initialise(classed, [{ ordinal, counts }, facts[2]!], 1) };
    };

    it('starts with the shares of the codes', () => {
      const { classed, parameters: weights } = state(false);
      const levels = classed.levels(0)!;
      const c = classed.outputBias(0);
      for (let code = 0; code < 40; code++) {
        const k = levels.classOf[code]!;
        const within =
          levels.sizes[k] === 1 ? 0 : weights[c + levels.columns[k]! + code - levels.starts[k]!]!;
        expect(weights[c + k]! + within).toBeCloseTo(Math.log((code + 1) / 820), 5);
      }
    });

    it('begins with embeddings closer together, unless codes are ordered', () => {
      const spread = (ordinal: boolean) => {
        const { classed, parameters: weights } = state(ordinal);
        const { dimension } = classed.spec.subColumns[0]!;
        const width = classed.embeddingWidth(0);
        let sum = 0;
        for (let code = 0; code < 40; code++) {
          for (let k = 0; k < dimension; k++)
            sum += weights[classed.embedding(1, 0) + code * width + k]! ** 2;
        }
        return Math.sqrt(sum / (40 * dimension));
      };
      expect(spread(false)).toBeGreaterThan(0.15);
      expect(spread(false)).toBeLessThan(0.25);
      expect(spread(true)).toBeGreaterThan(0.5);
    });

    it('gives each softmax weights of the deviation that its width asks for, smooth ones to ordered codes', () => {
      for (const ordinal of [false, true]) {
        const { classed, parameters: weights } = state(ordinal);
        const { hidden } = classed.spec.subColumns[0]!;
        const width = classed.outputWidth(0);
        const { columns } = classed.levels(0)!;
        for (const [column, codes] of [
          [0, 4],
          [columns[1]!, 14],
          [columns[3]!, 10],
        ] as const) {
          let sum = 0;
          let step = 0;
          for (let unit = 0; unit < hidden; unit++) {
            const row = classed.output(0) + unit * width + column;
            for (let code = 0; code < codes; code++) {
              sum += weights[row + code]! ** 2;
              if (code > 0) step += (weights[row + code]! - weights[row + code - 1]!) ** 2;
            }
          }
          const deviation = Math.sqrt(sum / (hidden * codes)) / Math.sqrt(2 / (hidden + codes));
          expect(deviation).toBeGreaterThan(0.7);
          expect(deviation).toBeLessThan(1.3);
          // Neighbours of independent weights differ by 2 squared deviations.
          if (codes >= 9) expect(step / sum < 1).toBe(ordinal);
        }
      }
    });
  });
});
