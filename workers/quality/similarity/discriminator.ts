import { RandomStream } from '../../../src/domain/random';
import { allowance, type ReportLimits } from '../../../src/domain/report-limits';
import { roundTo } from '../accuracy/distribution';
import { aucOf, type Estimate, separation } from '../attacks/attack-figures';
import type { PointSet } from '../distances/encode';
import { samplePoints } from '../distances/sampling';
import type { Parts } from '../parts/parts';
import { type BoostSettings, DEFAULT_BOOSTING } from '../trees/boosting';
import { bordersOf, codesOf, type Feature, featureRows } from '../trees/features';

/** Coordinates of one set at most: of more than 100 dimensions, fewer rows are compared; more where more rows are asked for. */
const MAX_COORDINATES = 1e6;
/** The reference takes ten, which need four times as long. */
const FOLDS = 3;
const BINS = 63;
/** With more rows than this, trees stop where held-back rows show no gain, as scikit-learn does. */
const STOPPING_ROWS = 10_000;

/** The reference's discriminator; there, each node draws its features, here each tree. */
const SETTINGS: BoostSettings = {
  ...DEFAULT_BOOSTING,
  ...{ trees: 50, maxDepth: 10, minRows: 5, featureShare: 0.5 },
};

/** Rows of each set that are told apart at most. */
export function discriminatorRows({ dims }: Pick<PointSet, 'dims'>, limits: ReportLimits): number {
  const affordable = (MAX_COORDINATES * allowance(limits, 'treeRows')) / Math.max(1, dims);
  return Math.min(limits.treeRows, Math.floor(affordable));
}

/**
 * How well boosted trees tell the points of two sets apart, by cross-validation: AUC, ½ = not at all
 * (docs/metrics.md, Similarity). Null of sets too small to be parted.
 */
export async function discriminatorAuc(
  first: PointSet,
  second: PointSet,
  seed: number,
  limits: ReportLimits,
  parts: Parts,
): Promise<number | null> {
  const rows = discriminatorRows(first, limits);
  const a = samplePoints(first, rows, seed, 'discriminator first');
  const b = samplePoints(second, rows, seed, 'discriminator second');
  if (a.dims === 0 || Math.min(a.rows, b.rows) < 2 * FOLDS) return null;
  const features: Feature[] = [];
  for (let d = 0; d < a.dims; d++) {
    const values = new Float64Array(a.rows + b.rows);
    for (let row = 0; row < a.rows; row++) values[row] = a.data[row * a.dims + d]!;
    for (let row = 0; row < b.rows; row++) values[a.rows + row] = b.data[row * b.dims + d]!;
    features.push(codesOf(values, null, bordersOf(values.slice().sort(), BINS)));
    if (parts.pacer.advance(0)) await parts.pacer.yield();
  }
  const { value } = await crossValidatedAuc(features, a.rows, seed, SETTINGS, parts);
  return roundTo(value, 3);
}

/**
 * AUC of trees that tell rows from `first` on apart from those before, each row tested by trees that did not learn of it.
 * @param features of both sets, one after the other
 */
export async function crossValidatedAuc(
  features: readonly Feature[],
  first: number,
  seed: number,
  settings: BoostSettings,
  parts: Parts,
): Promise<Estimate> {
  const rows = features[0]!.codes.length;
  const fold = new Uint8Array(rows);
  const random = new RandomStream(seed, 'folds');
  // Each set is dealt to the folds by itself, so that all have as much of both.
  for (const [from, to] of [
    [0, first],
    [first, rows],
  ] as const) {
    random.permutation(to - from).forEach((row, i) => {
      fold[from + row] = i % FOLDS;
    });
  }
  const inFold = async (k: number): Promise<Estimate> => {
    const learned = Uint32Array.from(fold.keys()).filter((row) => fold[row] !== k);
    const tested = Uint32Array.from(fold.keys()).filter((row) => fold[row] === k);
    const target = Float64Array.from(learned, (row) => Number(row >= first));
    const patience = learned.length > STOPPING_ROWS ? 10 : null;
    const { sums } = await parts.compute('learnTrees', {
      features: features.map((feature) => featureRows(feature, learned)),
      ...{ target, loss: 'logistic', settings: { ...settings, patience, seed: seed + k } },
      asked: features.map((feature) => featureRows(feature, tested)),
      rows: tested.length,
    });
    const of = (isSecond: boolean) => sums.filter((_, i) => tested[i]! >= first === isSecond);
    return aucOf(separation(of(true), of(false)));
  };
  const aucs = await Promise.all(Array.from({ length: FOLDS }, (_, k) => inFold(k)));
  return {
    value: aucs.reduce((sum, { value }) => sum + value, 0) / FOLDS,
    error: Math.sqrt(aucs.reduce((sum, { error }) => sum + error ** 2, 0)) / FOLDS,
  };
}
