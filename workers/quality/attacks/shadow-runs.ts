import { type Estimate, mean, separation, variance } from './attack-figures';

/** What an attacker saw of the same targets in one training. */
export interface ShadowRun {
  /** Which targets were trained on, [target]. */
  readonly members: Uint8Array;
  /** Scores of each target, [feature][target]. */
  readonly features: readonly Float64Array[];
}

const STEPS = 200;
const STEP = 0.5;
/** Pull of the weights towards 0 (L2), per score. */
const SHRINKAGE = 0.01;

/**
 * How well the other runs teach an attacker to see who was in one run: each score is compared with those of the same
 * target in the other runs, with and without it (Carlini et al. 2022, "Membership inference attacks from first
 * principles"; for synthetic tables Stadler et al. 2022, "Synthetic data – anonymisation groundhog day"), and a logistic
 * regression on the other runs weighs the scores.
 * @returns AUC of each score and of all together, mean over runs with its standard error; chance is ½
 */
export function attackShadowRuns(runs: readonly ShadowRun[]): { single: Estimate[]; together: Estimate } {
  const count = runs[0]!.features.length;
  const single: number[][] = Array.from({ length: count }, () => []);
  const together: number[] = [];
  runs.forEach((run, left) => {
    const others = runs.filter((_, r) => r !== left);
    const own = standardise(run, others);
    own.forEach((scores, f) => {
      single[f]!.push(aucIn(scores, run.members));
    });
    const taught = others.map((other) => ({ members: other.members, features: standardise(other, others) }));
    const weights = learnWeights(taught);
    const sums = run.members.length;
    const scores = Float64Array.from({ length: sums }, (_, t) => weighted(weights, own, t));
    together.push(aucIn(scores, run.members));
  });
  return { single: single.map(overRuns), together: overRuns(together) };
}

function overRuns(values: readonly number[]): Estimate {
  const array = Float64Array.from(values);
  return { value: mean(array), error: Math.sqrt(variance(array) / array.length) };
}

function aucIn(scores: Float64Array, members: Uint8Array): number {
  return separation(
    scores.filter((_, t) => members[t] === 1),
    scores.filter((_, t) => members[t] === 0),
  ).auc;
}

/** Scores less the middle of the target's scores with and without it, over their spread within the two, [feature][target]. */
function standardise(run: ShadowRun, others: readonly ShadowRun[]): Float64Array[] {
  return run.features.map((scores, f) =>
    scores.map((score, t) => {
      const values = [1, 0].map((member) =>
        Float64Array.from(
          others.filter(({ members }) => members[t] === member),
          ({ features }) => features[f]![t]!,
        ),
      );
      const known = values.filter((part) => part.length > 0);
      if (known.length === 0) return 0;
      const centre = known.reduce((sum, part) => sum + mean(part), 0) / known.length;
      const spread = known.reduce((sum, part) => sum + variance(part), 0) / known.length;
      return Math.max(-5, Math.min(5, (score - centre) / (Math.sqrt(spread) + 1e-6)));
    }),
  );
}

function learnWeights(runs: readonly ShadowRun[]): Float64Array {
  const count = runs[0]!.features.length;
  const weights = new Float64Array(count).fill(1 / count);
  const rows = runs.reduce((sum, { members }) => sum + members.length, 0);
  for (let step = 0; step < STEPS; step++) {
    const gradient = new Float64Array(count);
    for (const { members, features } of runs) {
      members.forEach((member, t) => {
        const residual = member - 1 / (1 + Math.exp(-weighted(weights, features, t)));
        for (let f = 0; f < count; f++) gradient[f]! += residual * features[f]![t]!;
      });
    }
    for (let f = 0; f < count; f++) weights[f]! += STEP * (gradient[f]! / rows - SHRINKAGE * weights[f]!);
  }
  return weights;
}

function weighted(weights: Float64Array, features: readonly Float64Array[], target: number): number {
  return weights.reduce((sum, weight, f) => sum + weight * features[f]![target]!, 0);
}
