import { hashText, RandomStream } from '../../../../../src/domain/random';
import type { TrainingState } from './network-backend';
import { type OutputSegment, outputSegments } from './output-levels';
import { createState, type Layout } from './weight-layout';

/** Sub-columns with an order get smooth embeddings from this cardinality on: below it, an order says nothing. */
const SMOOTH_FROM = 3;
const NOISE = 0.1;
/** Deviation of the embeddings of a sub-column with classes: codes of few rows must start with little noise. */
const MANY_CODES_DEVIATION = 0.2;
/** Cosines that a smooth output weight mixes. */
const MIXED = 8;

/** What is known of a sub-column before training. */
export interface SubColumnFacts {
  readonly ordinal: boolean;
  /** Occurrences of each code among the training rows, [cardinality]. */
  readonly counts: ArrayLike<number>;
}

/**
 * Initial weights (docs/model.md). Embeddings are N(0, 1), of very many codes narrower (bench/quality-log.md), or
 * cosines over the code axis if codes are ordered. Output weights are Xavier-uniform, or mixtures of cosines of the
 * same deviation. Output biases are the logarithms of the smoothed shares, so that the untrained model already has
 * the right marginals (with classes: the shares of the classes, and those within each class). Moments are 0.
 */
export function initialise(layout: Layout, facts: readonly SubColumnFacts[], seed: number): TrainingState {
  const state = createState(layout);
  const weights = state.parameters;
  const parts = layout.spec.subColumns;
  parts.forEach((_, j) => {
    // A stream of its own: the block of a target must not depend on which worker holds it.
    const stream = new RandomStream(seed, hashText(`initial weights ${j}`));
    fillInputs(layout, weights, j, facts, stream);
    fillOutputs(layout, weights, j, facts[j]!, stream);
  });
  state.average.set(weights);
  return state;
}

function fillInputs(
  layout: Layout,
  weights: Float32Array,
  j: number,
  facts: readonly SubColumnFacts[],
  stream: RandomStream,
): void {
  const parts = layout.spec.subColumns;
  const { hidden } = parts[j]!;
  const inputs = layout.inputs(j);
  const dimensions = inputs.reduce((sum, i) => sum + parts[i]!.dimension, 0);
  const bound = 1 / Math.sqrt(Math.max(dimensions, 1));
  for (const i of inputs) {
    const { cardinality, dimension, classes } = parts[i]!;
    const start = layout.embedding(j, i);
    const width = layout.embeddingWidth(i);
    const smooth = isSmooth(facts[i]!, cardinality);
    const deviation = classes ? MANY_CODES_DEVIATION : 1;
    for (let code = 0; code < cardinality; code++) {
      for (let k = 0; k < dimension; k++) {
        const draw = stream.normal();
        weights[start + code * width + k] = smooth
          ? cosine(code, cardinality, k) + NOISE * draw
          : deviation * draw;
      }
    }
    const projection = layout.projection(j, i);
    for (let k = 0; k < dimension * hidden; k++) {
      weights[projection + k] = bound * (2 * stream.uniform() - 1);
    }
  }
  const bias = layout.bias(j);
  for (let k = 0; k < hidden; k++) weights[bias + k] = bound * (2 * stream.uniform() - 1);
}

/** 1.5·√2·cos(π(k+1)r)/(1+k/2), where r is the code's position on an axis from 0 to 1. */
function cosine(code: number, cardinality: number, k: number): number {
  const position = (code + 0.5) / cardinality;
  return (1.5 * Math.SQRT2 * Math.cos(Math.PI * (k + 1) * position)) / (1 + k / 2);
}

/** Each softmax of the target, of the classes or of the members of a class, starts like that of a whole sub-column. */
function fillOutputs(
  layout: Layout,
  weights: Float32Array,
  j: number,
  facts: SubColumnFacts,
  stream: RandomStream,
): void {
  const part = layout.spec.subColumns[j]!;
  const levels = layout.levels(j);
  for (const segment of outputSegments(part, levels)) fillSegment(layout, weights, j, segment, facts, stream);
  const bias = layout.outputBias(j);
  if (!levels) {
    fillOutputBias(weights, bias, facts.counts);
    return;
  }
  const counts = Float64Array.from(facts.counts);
  const members = (k: number) => counts.subarray(levels.starts[k]!, levels.starts[k]! + levels.sizes[k]!);
  fillOutputBias(
    weights,
    bias,
    Float64Array.from(levels.starts, (_, k) => members(k).reduce((sum, count) => sum + count, 0)),
    levels.sizes,
  );
  levels.sizes.forEach((size, k) => {
    if (size > 1) fillOutputBias(weights, bias + levels.columns[k]!, members(k));
  });
}

function fillSegment(
  layout: Layout,
  weights: Float32Array,
  j: number,
  { column, codes }: OutputSegment,
  facts: SubColumnFacts,
  stream: RandomStream,
): void {
  const { hidden } = layout.spec.subColumns[j]!;
  const start = layout.output(j) + column;
  const width = layout.outputWidth(j);
  const deviation = Math.sqrt(2 / (hidden + codes));
  const smooth = isSmooth(facts, codes);
  const mixture = new Float64Array(MIXED);
  for (let unit = 0; unit < hidden; unit++) {
    let power = 0;
    for (let k = 0; smooth && k < MIXED; k++) {
      mixture[k] = stream.normal();
      power += (mixture[k]! * amplitude(k)) ** 2 / 2;
    }
    const scale = deviation / Math.sqrt(power || 1);
    for (let code = 0; code < codes; code++) {
      weights[start + unit * width + code] = smooth
        ? scale * mix(mixture, code, codes)
        : deviation * Math.sqrt(3) * (2 * stream.uniform() - 1);
    }
  }
}

function amplitude(k: number): number {
  return (1.5 * Math.SQRT2) / (1 + k / 2);
}

function mix(mixture: Float64Array, code: number, cardinality: number): number {
  let sum = 0;
  for (let k = 0; k < mixture.length; k++) sum += mixture[k]! * cosine(code, cardinality, k);
  return sum;
}

/** log((count + m) / (n + Σ m)), where m = 1 or the number of codes that an entry stands for. */
function fillOutputBias(
  weights: Float32Array,
  start: number,
  counts: ArrayLike<number>,
  members?: ArrayLike<number>,
): void {
  const smoothed = Float64Array.from(counts, (count, k) => count + (members?.[k] ?? 1));
  const total = smoothed.reduce((sum, count) => sum + count, 0);
  smoothed.forEach((count, k) => {
    weights[start + k] = Math.log(count / total);
  });
}

function isSmooth(facts: SubColumnFacts, cardinality: number): boolean {
  return facts.ordinal && cardinality >= SMOOTH_FROM;
}
