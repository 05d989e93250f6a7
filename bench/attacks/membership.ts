import {
  attackMembership,
  aucOf,
  codeRows,
  combineScores,
  type Estimate,
  meanEstimate,
  type NamedColumn,
  openEngine,
  RandomStream,
  type Settings,
  separation,
  swappedAuc,
  truePositives,
} from '../engine';
import { classifierAttack } from './classifier-attack';
import { independentColumns, memorised, plainBins } from './controls';
import { appendRows, type Population, rowCount, rowRange } from './populations';

/** What makes a synthetic table of training rows. */
export type Source = (
  training: readonly NamedColumn[],
  fresh: readonly NamedColumn[],
  seed: number,
) => Promise<NamedColumn[]>;

/** Rows of a set whose cells of several columns are counted. */
const MAX_JOINED = 25_000;

/** Share of copies of the control that memorises. */
const COPIES = 0.1;

/** Share of the targets, those farthest from the reference, that count as isolated. */
const ISOLATED = 0.01;

/** The product with these settings. @param rows synthetic rows, as many as trained unless told */
export function modelSource(settings: Settings, rows?: number): Source {
  return async (training, _fresh, seed) => {
    const engine = await openEngine(training, 1);
    try {
      await engine.train(seed, settings);
      return (await engine.generate(rows ?? rowCount(training), seed)).columns;
    } finally {
      await engine.close();
    }
  };
}

/** The controls by name. */
export const CONTROLS: Readonly<Record<string, Source>> = {
  'fresh sample': async (_training, fresh) => [...fresh],
  'independent columns': async (training, _fresh, seed) =>
    independentColumns(training, rowCount(training), seed),
  'plain 100 bins': async (training, _fresh, seed) => plainBins(training, rowCount(training), seed),
  [`${100 * COPIES} % copies`]: async (training, fresh, seed) =>
    memorised(training, fresh, rowCount(training), COPIES, seed),
};

export interface MembershipPlan {
  /** Rows of each training. */
  readonly rows: number;
  /** Swapped pairs: two trainings each. */
  readonly pairs: number;
  readonly seed: number;
  readonly reference: number;
  /** Members, and as many others, that are attacked. */
  readonly targets: number;
  /** Rows of a set that distances are measured to. */
  readonly near: number;
}

/** What one attack found out. */
export interface AttackResult {
  readonly auc: Estimate;
  /** Members found at 1 % and at 10 % false positives. */
  readonly at1: number;
  readonly at10: number;
  /** AUC among the most isolated targets of all runs. */
  readonly isolated: Estimate;
}

/** Scores of one run: members first, then as many others. */
interface Run {
  readonly scores: ReadonlyMap<string, Float64Array>;
  readonly isolation: Float64Array;
}

/**
 * Attacks a source by swapped pairs: of two halves each is trained on once and is the other's non-members.
 * @returns by name of the attack; null where the population lacks the rows that the source needs
 */
export async function attackSource(
  population: Population,
  source: Source,
  plan: MembershipPlan,
): Promise<ReadonlyMap<string, AttackResult> | null> {
  const runs: Run[] = [];
  for (let pair = 0; pair < plan.pairs; pair++) {
    const seed = plan.seed + pair;
    const { rows: half, reference } = plan;
    const sample = population.sample(seed, { half, reference, fresh: 2 * half });
    const { first, second, fresh, targets } = sample;
    const count = Math.min(targets, plan.targets);
    // A fresh sample for each of the two: the same one twice would have an AUC of exactly ½.
    const middle = rowCount(fresh) >> 1;
    for (const [members, others, ideal] of [
      [first, second, rowRange(fresh, 0, middle)],
      [second, first, rowRange(fresh, middle, 2 * middle)],
    ] as const) {
      const synthetic = await source(members, ideal, 2 * seed + (members === first ? 0 : 1));
      if (rowCount(synthetic) === 0) return null;
      const known =
        rowCount(sample.reference) > 0 ? sample.reference : rowRange(others, targets, rowCount(others));
      const attacked = appendRows(rowRange(members, 0, count), rowRange(others, 0, count));
      runs.push(attack(attacked, synthetic, known, plan, seed));
    }
  }
  return resultsOf(runs);
}

function attack(
  targets: readonly NamedColumn[],
  synthetic: readonly NamedColumn[],
  reference: readonly NamedColumn[],
  { near, rows: trained }: MembershipPlan,
  seed: number,
): Run {
  const rows = codeRows({ targets, synthetic, reference, trained });
  const thinned = (set: 'synthetic' | 'reference', max: number) => {
    const count = rows[set][0]!.length;
    if (count <= max) return rows[set];
    const kept = new RandomStream(seed, `thinned ${set}`).spreadRows(count, max);
    return rows[set].map((column) => Float32Array.from(kept, (row) => column[row]!));
  };
  const fewer = (max: number) => ({
    synthetic: thinned('synthetic', max),
    reference: thinned('reference', max),
  });
  const { scores, isolation } = attackMembership(rows, fewer(near), fewer(MAX_JOINED));
  const all = new Map([...scores, ['classifier', classifierAttack(rows, seed)] as const]);
  const joined = [
    'density ratio',
    'local density',
    'classifier',
    'marginals',
    'fine marginals',
    'pairs',
    'triples',
    'rarest match',
  ];
  all.set('together', combineScores(joined.map((name) => all.get(name)!)));
  return { scores: all, isolation };
}

function resultsOf(runs: readonly Run[]): Map<string, AttackResult> {
  const names = [...runs[0]!.scores.keys()];
  return new Map(names.map((name) => [name, resultOf(runs, name)]));
}

function resultOf(runs: readonly Run[], name: string): AttackResult {
  const parts = runs.map(({ scores, isolation }) => {
    const own = scores.get(name)!;
    const count = own.length / 2;
    return {
      members: own.subarray(0, count),
      others: own.subarray(count),
      isolated: isolatedRanks(own, isolation),
    };
  });
  const separations = parts.map(({ members, others }) => separation(members, others));
  const pairs: Estimate[] = [];
  for (let p = 0; p + 1 < separations.length; p += 2)
    pairs.push(swappedAuc(separations[p]!, separations[p + 1]!));
  const average = (figure: (part: (typeof parts)[number]) => number) =>
    parts.reduce((sum, part) => sum + figure(part), 0) / parts.length;
  const gather = (side: 0 | 1) => Float64Array.from(parts.flatMap(({ isolated }) => isolated[side]));
  return {
    auc: meanEstimate(pairs),
    at1: average(({ members, others }) => truePositives(members, others, 0.01)),
    at10: average(({ members, others }) => truePositives(members, others, 0.1)),
    isolated: aucOf(separation(gather(0), gather(1))),
  };
}

/** Ranks among all targets of one run of the scores of the isolated ones: those of members, those of others. */
function isolatedRanks(scores: Float64Array, isolation: Float64Array): [number[], number[]] {
  const ranks = combineScores([scores]);
  const kept = Math.max(2, Math.round(ISOLATED * scores.length));
  const farthest = [...isolation.keys()].sort((a, b) => isolation[b]! - isolation[a]!).slice(0, kept);
  const isMember = (target: number) => target < scores.length / 2;
  return [
    farthest.filter(isMember).map((target) => ranks[target]!),
    farthest.filter((target) => !isMember(target)).map((target) => ranks[target]!),
  ];
}

/** The table of a population restricted to columns by name; all of them if none is named. */
export function onlyColumns(population: Population, names: readonly string[]): Population {
  if (names.length === 0) return population;
  const keep = (table: readonly NamedColumn[]) => table.filter(({ name }) => names.includes(name));
  return {
    name: `${population.name} (${names.join(', ')})`,
    sample: (seed, rows) => {
      const { first, second, reference, fresh, targets } = population.sample(seed, rows);
      return {
        first: keep(first),
        second: keep(second),
        reference: keep(reference),
        fresh: keep(fresh),
        targets,
      };
    },
  };
}
