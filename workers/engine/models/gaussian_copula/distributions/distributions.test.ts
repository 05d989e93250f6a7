import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../../src/domain/random';
import { fitDistribution } from './distributions';
import { betaBelow, gammaBelow, logGamma } from './special';

const FIXTURE = fileURLToPath(
  new URL('../../../../../../shared/fixtures/ctgan-family.json', import.meta.url),
);
const isThere = existsSync(FIXTURE);
if (!isThere)
  process.stderr.write(`SKIPPED: fits are not compared with those of SciPy, ${FIXTURE} is missing\n`);

it('computes gamma and beta distributions', () => {
  // Table values: Γ(5) = 24, Γ(½) = √π; shares by SciPy 1.17.
  expect(logGamma(5)).toBeCloseTo(Math.log(24), 12);
  expect(logGamma(0.5)).toBeCloseTo(0.5 * Math.log(Math.PI), 12);
  expect(gammaBelow(1, 2)).toBeCloseTo(1 - Math.exp(-2), 12);
  expect(gammaBelow(3, 2.5)).toBeCloseTo(1 - Math.exp(-2.5) * (1 + 2.5 + 2.5 ** 2 / 2), 12);
  expect(gammaBelow(3, 9)).toBeCloseTo(1 - Math.exp(-9) * (1 + 9 + 81 / 2), 12);
  expect(betaBelow(1, 3, 0.2)).toBeCloseTo(1 - 0.8 ** 3, 12);
  expect(betaBelow(4, 1, 0.9)).toBeCloseTo(0.9 ** 4, 12);
  expect(betaBelow(2, 2, 0.3)).toBeCloseTo(3 * 0.3 ** 2 - 2 * 0.3 ** 3, 12);
});

const stream = new RandomStream(1, 'distributions');
const sample = (draw: () => number) => Float64Array.from({ length: 3000 }, draw);
const exponential = () => -Math.log(1 - stream.uniform());

it.each([
  ['norm', () => 5 + 2 * stream.normal()],
  ['uniform', () => 3 + 4 * stream.uniform()],
  // Order statistics of uniform draws: beta of shapes 2 and 4.
  ['beta', () => [1, 2, 3, 4, 5].map(() => stream.uniform()).sort()[1]! * 10 - 3],
  ['gamma', () => 7 + 2 * (exponential() + exponential())],
  [
    'truncnorm',
    () => {
      for (;;) {
        const drawn = stream.normal();
        if (drawn > -0.5 && drawn < 2) return 10 * drawn;
      }
    },
  ],
  ['gaussian_kde', () => stream.normal() + (stream.uniform() < 0.5 ? 4 : 0)],
] as const)('fits %s to values that are distributed so', (name, draw) => {
  const values = sample(draw).sort();
  const { below, name: fitted } = fitDistribution(name, values);
  expect(fitted).toBe(name);
  const distance = values.reduce(
    (largest, value, i) =>
      i % 20 === 0 ? Math.max(largest, Math.abs(below(value) - (i + 0.5) / values.length)) : largest,
    0,
  );
  expect(distance).toBeLessThan(0.035);
  expect(below(values.at(-1)! + 100)).toBeCloseTo(1, 6);
  expect(below(values[0]! - 100)).toBeCloseTo(0, 6);
});

it('takes a normal distribution of one value', () => {
  const { below, name } = fitDistribution('beta', new Float64Array(9).fill(4));
  expect(name).toBe('norm');
  expect([below(3.9), below(4)]).toEqual([0, 1]);
});

interface Golden {
  readonly name: string;
  readonly x: readonly number[];
  readonly kde: { readonly h: number; readonly points: readonly number[]; readonly cdf: readonly number[] };
  readonly beta_mle: { readonly nll: number | null };
  readonly gamma_mle: { readonly nll: number | null };
  readonly truncnorm_mle: { readonly nll: number | null };
}

describe.skipIf(!isThere)('the fits of SciPy', () => {
  const { marginals } = isThere
    ? (JSON.parse(readFileSync(FIXTURE, 'utf8')) as { readonly marginals: readonly Golden[] })
    : { marginals: [] };

  it.each(marginals.map((golden) => [golden.name, golden] as const))('are no better: %s', (_, golden) => {
    const values = Float64Array.from(golden.x);
    for (const name of ['beta', 'gamma', 'truncnorm'] as const) {
      const { nll } = golden[`${name}_mle`];
      const { loss } = fitDistribution(name, values);
      if (nll !== null) expect([name, loss! - nll <= 1e-3 * values.length]).toEqual([name, true]);
    }
    const { parameters, below } = fitDistribution('gaussian_kde', values);
    expect(parameters['h']).toBeCloseTo(golden.kde.h, 9);
    for (const [i, point] of golden.kde.points.entries())
      expect(below(point)).toBeCloseTo(golden.kde.cdf[i]!, 6);
  });
});
