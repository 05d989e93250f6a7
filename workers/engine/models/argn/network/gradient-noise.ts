/** What all backends must share of private training: the noise and its grid, and what bounds a row's gradient. */
import { hashText, RandomStream } from '../../../../../src/domain/random';
import type { GradientPrivacy, StepPlan } from './network-backend';
import { outputSegments } from './output-levels';
import { type Layout, roundUp } from './weight-layout';

/** Steps of the grid in a deviation of the noise. A normal draw is then an integer of f32's 24 bits. */
export const GRID_STEPS = 2 ** 20;
/** Numbers that noise is drawn for at a time, a word of random bits each … */
export const NOISE_CHUNK = 16_320;
/** … and the words behind them for draws far out. The two are 65,536 bytes, what `getRandomValues` gives at once. */
export const NOISE_RESERVE = 64;

/** Fills with independent random bits. */
export type WordFiller = (words: Uint32Array<ArrayBuffer>) => void;

/** Where the noise of target j in a step comes from. */
export function noiseWords(
  { noiseSeed }: GradientPrivacy,
  plan: StepPlan,
  step: number,
  j: number,
): WordFiller {
  if (noiseSeed === null) return (words) => crypto.getRandomValues(words);
  const stream = new RandomStream(noiseSeed, hashText(`noise ${plan.firstStep + step} ${j}`));
  return (words) => {
    for (let k = 0; k < words.length; k++) words[k] = stream.word();
  };
}

/** Where the numbers of block j begin that are trained in private: W, V, b and c, from the start of the block. */
export function noisyStart(layout: Layout, j: number): number {
  const [first] = layout.inputs(j);
  const start = first === undefined ? layout.output(j) : layout.projection(j, first);
  return start - layout.blockStart(j);
}

/** Pads among these, from the start of the block: they get no noise. */
export function noisyPads(layout: Layout, j: number): Uint32Array {
  const { spec } = layout;
  const target = spec.subColumns[j]!;
  const start = layout.blockStart(j);
  const pads: number[] = [];
  for (const { column, codes } of outputSegments(target, layout.levels(j))) {
    for (let k = codes; k < roundUp(codes, 4); k++) {
      for (let unit = 0; unit < target.hidden; unit++)
        pads.push(layout.output(j) + unit * layout.outputWidth(j) + column + k - start);
      pads.push(layout.outputBias(j) + column + k - start);
    }
  }
  for (let k = layout.outputBias(j) + layout.outputWidth(j) - start; k < layout.blockSize(j); k++)
    pads.push(k);
  return Uint32Array.from(pads);
}

/** The largest squared norm of a row of an embedding of target j: what a visible input adds to |δ|² at most. */
export function embeddingReach(layout: Layout, weights: Float32Array, j: number): number {
  let reach = 0;
  for (const i of layout.inputs(j)) {
    const width = layout.embeddingWidth(i);
    const start = layout.embedding(j, i);
    for (let code = 0; code < layout.spec.subColumns[i]!.cardinality; code++) {
      let square = 0;
      for (let k = 0; k < width; k++) square += weights[start + code * width + k]! ** 2;
      reach = Math.max(reach, square);
    }
  }
  return reach;
}

/** The largest norm of a column of V of target j: how far a code alone can move the gradient of the hidden units. */
export function outputReach(layout: Layout, weights: Float32Array, j: number): number {
  const width = layout.outputWidth(j);
  const squares = new Float64Array(width);
  const start = layout.output(j);
  for (let unit = 0; unit < layout.spec.subColumns[j]!.hidden; unit++) {
    for (let k = 0; k < width; k++) squares[k]! += weights[start + unit * width + k]! ** 2;
  }
  return Math.sqrt(squares.reduce((a, b) => Math.max(a, b), 0));
}
