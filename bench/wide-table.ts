import { RandomStream } from '../src/domain/random';
import type { NamedColumn } from '../workers/quality/columns';

const CARDINALITY = 50;
const FACTORS = 10;
/** Columns that share a factor of their own. */
const BLOCK = 8;

/** Weights of one column's score: latent factors, its block, its noise. */
interface Recipe {
  readonly factors: readonly (readonly [factor: number, weight: number])[];
  readonly block: number;
  readonly noise: number;
  /** Bends the dependence: a rank correlation alone would miss it. */
  readonly folded: boolean;
  readonly ordinal: boolean;
  /** Codes in the order of the score: the labels of a category tell nothing of it. */
  readonly labels: Uint32Array;
  /** Skew of the shares of its codes. */
  readonly skew: number;
}

/**
 * A table of `count` columns of 50 values each, half numbers and half categories: every column loads on two or three
 * of ten latent factors and on the factor of its block of eight; every sixth hardly depends on anything.
 * @param continuous amounts with cents in place of the numbers of 50 values
 */
export function wideTable(count: number, rows: number, seed: number, continuous = false): NamedColumn[] {
  const stream = new RandomStream(1, 'wide table');
  const recipes = Array.from({ length: count }, (_, c) => recipeOf(stream, c));
  const draws = new RandomStream(seed, 'wide rows');
  const blocks = Math.ceil(count / BLOCK);
  const codes = recipes.map(() => new Int32Array(rows));
  const amounts = recipes.map(() => new Float64Array(continuous ? rows : 0));
  const factors = new Float64Array(FACTORS);
  const shared = new Float64Array(blocks);
  for (let r = 0; r < rows; r++) {
    for (let f = 0; f < FACTORS; f++) factors[f] = draws.normal();
    for (let b = 0; b < blocks; b++) shared[b] = draws.normal();
    recipes.forEach((recipe, c) => {
      let score = recipe.noise * draws.normal() + recipe.block * shared[Math.floor(c / BLOCK)]!;
      for (const [factor, weight] of recipe.factors) score += weight * factors[factor]!;
      if (recipe.folded) score = 1.35 * Math.abs(score) - 1.1;
      codes[c]![r] = codeOf(recipe, score);
      if (continuous) amounts[c]![r] = Math.round(5000 * Math.exp(0.8 * score)) / 100;
    });
  }
  return recipes.map(({ ordinal }, c) => {
    const name = `column ${c}`;
    if (!ordinal || !continuous) return columnOf(name, codes[c]!, ordinal);
    return { name, storageType: 'float', data: { kind: 'number', values: amounts[c]!, nulls: null } };
  });
}

function recipeOf(stream: RandomStream, c: number): Recipe {
  const lonely = c % 6 === 5;
  const loads = 2 + stream.below(2);
  const chosen = stream.permutation(FACTORS).subarray(0, loads);
  const factors = Array.from(chosen, (factor) => [factor, stream.normal()] as const);
  const length = Math.hypot(...factors.map(([, weight]) => weight));
  // Squares add to 1: 0.15 to 0.65 noise, up to 0.3 for the block, the rest for the factors.
  const noise = lonely ? 0.98 : 0.15 + 0.5 * stream.uniform();
  const block = lonely ? 0.01 : 0.3 * stream.uniform();
  const rest = Math.sqrt(Math.max(0, 1 - noise - block)) / length;
  return {
    factors: factors.map(([factor, weight]) => [factor, weight * rest]),
    block: Math.sqrt(block),
    noise: Math.sqrt(noise),
    folded: stream.uniform() < 0.2,
    ordinal: c % 2 === 0,
    labels: stream.permutation(CARDINALITY),
    skew: 1 + stream.uniform(),
  };
}

/** The place of a standard normal score among 50 codes; a skew above 1 makes the low ones frequent. */
function codeOf({ skew, ordinal, labels }: Recipe, score: number): number {
  const share = 1 / (1 + Math.exp(-1.702 * score));
  const code = Math.min(CARDINALITY - 1, Math.floor(CARDINALITY * share ** skew));
  return ordinal ? code : labels[code]!;
}

function columnOf(name: string, codes: Int32Array, ordinal: boolean): NamedColumn {
  if (ordinal)
    return {
      name,
      storageType: 'integer',
      data: { kind: 'number', values: Float64Array.from(codes), nulls: null },
    };
  const dictionary = Array.from({ length: CARDINALITY }, (_, code) => `value ${code}`);
  return { name, storageType: 'text', data: { kind: 'text', codes, dictionary } };
}
