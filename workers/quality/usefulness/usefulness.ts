import { type ColumnData, columnLength, takeRows } from '../../../src/domain/column-data';
import type { Correlations, Usefulness } from '../../../src/domain/likeness';
import { allowance, type ReportLimits } from '../../../src/domain/report-limits';
import { aucOf, type Estimate, mean, meanEstimate, separation, variance } from '../attacks/attack-figures';
import { sampleRows } from '../distances/sampling';
import type { KeptRows } from '../kept-rows';
import type { Parts } from '../parts/parts';
import { type BoostSettings, DEFAULT_BOOSTING } from '../trees/boosting';
import { type Feature, featureRows } from '../trees/features';
import { columnFeatures } from './column-features';
import { estimated } from './detection';
import { isFewValued, proposeTargets } from './targets';

/** Cells of a set at most; more where more rows are asked for. */
const MAX_CELLS = 4e5;
const MIN_ROWS = 50;
/** Of a category with more values than two, so many are predicted, each against all others. */
const MAX_CLASSES = 3;
/** Fewer rows of a value, or of all others, among those that are predicted tell nothing. */
const MIN_CLASS = 20;
const SETTINGS: BoostSettings = { ...DEFAULT_BOOSTING, trees: 60 };

interface Sets {
  readonly real: readonly Feature[];
  readonly synthetic: readonly Feature[];
  readonly holdout: readonly Feature[];
}

/**
 * Trains on synthetic and on as many real rows and predicts holdout rows, for each target (docs/metrics.md, Usefulness). Nothing
 * without a holdout.
 * @param wanted names of targets; null = proposed ones
 */
export async function usefulness(
  kept: KeptRows,
  correlations: Correlations,
  wanted: readonly string[] | null,
  seed: number,
  limits: ReportLimits,
  parts: Parts,
): Promise<Usefulness[]> {
  const { training, holdout, synthetic } = kept;
  if (holdout.length === 0 || training.length < 2) return [];
  const affordable = Math.floor((MAX_CELLS * allowance(limits, 'treeRows')) / training.length);
  const sizes = [training, synthetic].map((set) => columnLength(set[0]!.data));
  const learned = Math.min(...sizes, limits.treeRows, affordable);
  const predicted = Math.min(columnLength(holdout[0]!.data), limits.treeRows, affordable);
  if (Math.min(learned, predicted) < MIN_ROWS) return [];
  const take = (data: ColumnData, rows: number, set: string) =>
    takeRows(data, sampleRows(columnLength(data), rows, seed, `usefulness ${set}`));
  const columns: ColumnData[][] = [];
  const features: Feature[][] = [];
  for (const [c, { data }] of training.entries()) {
    const sets = [
      take(data, learned, 'real'),
      take(synthetic[c]!.data, learned, 'synthetic'),
      take(holdout[c]!.data, predicted, 'holdout'),
    ];
    columns.push(sets);
    features.push(columnFeatures(sets));
    if (parts.pacer.advance(0)) await parts.pacer.yield();
  }
  const names = training.map(({ name }) => name);
  const predict = async (target: string): Promise<Usefulness[]> => {
    const at = names.indexOf(target);
    if (at < 0) return [];
    const others = names.filter((_, c) => c !== at);
    const of = (set: 0 | 1 | 2) => features.flatMap((own, c) => (c === at ? [] : [own[set]!]));
    const sets: Sets = { real: of(0), synthetic: of(1), holdout: of(2) };
    const [real, drawn, unseen] = columns[at]! as [ColumnData, ColumnData, ColumnData];
    const found = isFewValued(real)
      ? await predictClasses(sets, real, drawn, unseen, seed, parts)
      : await predictNumber(sets, real, drawn, unseen, seed, parts);
    if (!found) return [];
    const importance = others
      .map((column, i) => ({ column, real: found.importance[0]![i]!, synthetic: found.importance[1]![i]! }))
      .sort((a, b) => b.real - a.real);
    return [
      {
        target,
        metric: found.metric,
        real: estimated(found.real),
        synthetic: estimated(found.synthetic),
        rows: { learned, predicted },
        importance,
      },
    ];
  };
  const targets = wanted ?? proposeTargets(training, correlations);
  return (await Promise.all(targets.map(predict))).flat();
}

interface Found {
  readonly metric: Usefulness['metric'];
  readonly real: Estimate;
  readonly synthetic: Estimate;
  /** Of real and of synthetic rows, by feature. */
  readonly importance: readonly (readonly number[])[];
}

async function predictClasses(
  sets: Sets,
  real: ColumnData,
  synthetic: ColumnData,
  holdout: ColumnData,
  seed: number,
  parts: Parts,
): Promise<Found | null> {
  const [ofReal, ofSynthetic, ofHoldout] = [real, synthetic, holdout].map(labelsOf) as [
    Label[],
    Label[],
    Label[],
  ];
  const counts = new Map<string, number>();
  for (const label of ofHoldout) if (label !== null) counts.set(label, (counts.get(label) ?? 0) + 1);
  const known = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const frequent = [...counts]
    .filter(([, n]) => n >= MIN_CLASS && known - n >= MIN_CLASS)
    .sort((a, b) => b[1] - a[1]);
  const classes = frequent.slice(0, counts.size === 2 ? 1 : MAX_CLASSES).map(([label]) => label);
  if (classes.length === 0) return null;
  const rows = presentRows(ofHoldout);
  const asked = sets.holdout.map((feature) => featureRows(feature, rows));
  const learn = async (features: readonly Feature[], labels: readonly Label[]) => {
    const own = presentRows(labels);
    const table = features.map((feature) => featureRows(feature, own));
    const learned = await Promise.all(
      classes.map((wanted) =>
        parts.compute('learnTrees', {
          features: table,
          target: Float64Array.from(own, (row) => Number(labels[row] === wanted)),
          ...{ loss: 'logistic', settings: { ...SETTINGS, seed }, asked, rows: rows.length },
        }),
      ),
    );
    const shares = learned.map(({ importance }) => importance);
    const aucs = learned.map(({ sums }, k) => {
      const of = (isIt: boolean) => sums.filter((_, i) => (ofHoldout[rows[i]!] === classes[k]) === isIt);
      return aucOf(separation(of(true), of(false)));
    });
    return {
      // The values are predicted for the same rows: their errors add up.
      estimate: {
        value: meanEstimate(aucs).value,
        error: aucs.reduce((sum, { error }) => sum + error, 0) / aucs.length,
      },
      importance: shares[0]!.map((_, f) => shares.reduce((sum, share) => sum + share[f]!, 0) / shares.length),
    };
  };
  const [fromReal, fromSynthetic] = await Promise.all([
    learn(sets.real, ofReal),
    learn(sets.synthetic, ofSynthetic),
  ]);
  return {
    metric: 'AUC',
    real: fromReal.estimate,
    synthetic: fromSynthetic.estimate,
    importance: [fromReal.importance, fromSynthetic.importance],
  };
}

async function predictNumber(
  sets: Sets,
  real: ColumnData,
  synthetic: ColumnData,
  holdout: ColumnData,
  seed: number,
  parts: Parts,
): Promise<Found | null> {
  if (real.kind !== 'number' || synthetic.kind !== 'number' || holdout.kind !== 'number') return null;
  const rowsOf = ({ values, nulls }: typeof real) =>
    Uint32Array.from(values.keys()).filter((row) => nulls?.[row] !== 1);
  const rows = rowsOf(holdout);
  const truth = Float64Array.from(rows, (row) => holdout.values[row]!);
  if (rows.length < MIN_ROWS || !(variance(truth) > 0)) return null;
  const asked = sets.holdout.map((feature) => featureRows(feature, rows));
  const learn = async (features: readonly Feature[], column: typeof real) => {
    const own = rowsOf(column);
    const table = features.map((feature) => featureRows(feature, own));
    const target = Float64Array.from(own, (row) => column.values[row]!);
    const { sums, importance } = await parts.compute('learnTrees', {
      ...{ features: table, target, loss: 'squares', settings: { ...SETTINGS, seed } },
      ...{ asked, rows: rows.length },
    });
    return { estimate: explained(truth, sums), importance };
  };
  const [fromReal, fromSynthetic] = await Promise.all([
    learn(sets.real, real),
    learn(sets.synthetic, synthetic),
  ]);
  return {
    metric: 'R²',
    real: fromReal.estimate,
    synthetic: fromSynthetic.estimate,
    importance: [fromReal.importance, fromSynthetic.importance],
  };
}

/** R², 1 − Σ(y − ŷ)²/Σ(y − ȳ)², and its standard error by the delta method. */
export function explained(truth: Float64Array, guess: Float64Array): Estimate {
  const middle = mean(truth);
  const spread = truth.map((y) => (y - middle) ** 2);
  const total = mean(spread);
  const missed = truth.map((y, i) => (y - guess[i]!) ** 2);
  const left = mean(missed) / total;
  const influence = missed.map((square, i) => (square - left * spread[i]!) / total);
  return { value: 1 - left, error: Math.sqrt(variance(influence) / truth.length) };
}

type Label = string | null;

function labelsOf(data: ColumnData): Label[] {
  if (data.kind === 'text') return Array.from(data.codes, (code) => data.dictionary[code] ?? null);
  return Array.from(data.values, (value, row) => (data.nulls?.[row] === 1 ? null : String(value)));
}

function presentRows(labels: readonly Label[]): Uint32Array {
  return Uint32Array.from(labels.flatMap((label, row) => (label === null ? [] : [row])));
}
