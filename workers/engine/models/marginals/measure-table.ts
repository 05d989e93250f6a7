import type { StepPhase, StepUnit } from '../../../../src/domain/job';
import type { PrivacyBudget } from '../../privacy/dp/privacy-budget';
import { type Candidate, chooseMore, countsOfPairs, distanceBetween } from './choose-more';
import { chooseTree, type Edge, expectedNoise, pairDistances } from './choose-tree';
import { type ColumnDomain, codesOf } from './column-domain';
import { fitPairs } from './fit-pairs';
import { groupCodes } from './group-codes';
import { countCodes, countPairs, projectCounts, Weighted } from './noisy-counts';
import type { PairFactors, PairTarget } from './pair-model';
import type { BudgetPlan } from './plan-budget';
import { denoise, fitTree, type MeasuredColumn, type MeasuredPair, type TreeNode } from './tree-model';
import { treePairs } from './tree-pairs';

/** Groups of a column for n rows and noise σ: about this times (n/σ)^⅓. */
const GROUPS = 1;
const MIN_GROUPS = 4;
const MAX_GROUPS = 32;
/** A group of its own has at least this times the noise of a pair's cell. */
const SMALLEST = 2;

export interface MeasuredTable {
  /** [column][code] noisy counts, ≥ 0. */
  readonly counts: readonly Float64Array[];
  /** [column][code] */
  readonly groups: readonly Uint16Array[];
  readonly nodes: readonly TreeNode[];
  /** Empty if the tree says it all. */
  readonly factors: readonly PairFactors[];
}

/** How measuring tells what it does. */
export interface MeasuringSteps {
  pause(): Promise<void>;
  enter(phase: StepPhase, unit: StepUnit): void;
  update(done: number, total: number): void;
  /** Some of the budget was spent for this. */
  onRelease(what: string): void;
}

/**
 * Select, measure, fit (McKenna, Miklau & Sheldon 2021): all columns, then a tree of pairs of columns, each once.
 * @param codes [column][row]
 */
export async function measureTable(
  domains: readonly ColumnDomain[],
  codes: readonly Uint16Array[],
  budget: PrivacyBudget,
  plan: BudgetPlan,
  steps: MeasuringSteps,
): Promise<MeasuredTable> {
  const pause = () => steps.pause();
  steps.enter('COUNT_COLUMNS', 'columns');
  const own = measureColumns(domains, codes, budget, plan.columns);
  steps.update(domains.length, domains.length);
  steps.onRelease('values of columns');
  await pause();
  const { total } = own;
  const { treePairs: treePairCount, morePairs } = countsOfPairs(domains.length);
  // What domains did not need is for pairs: a budget may be planned as it is spent (Smith & Thakurta 2022,
  // https://arxiv.org/abs/2210.17520).
  const left = 1 - budget.spent / budget.squared - plan.choice;
  const pairShare = left / Math.max(1, treePairCount + morePairs);
  const choiceShare = plan.choice / Math.max(1, treePairCount + morePairs);
  const sigma = budget.sigmaOf(pairShare);
  const wanted = GROUPS * Math.cbrt(total / sigma);
  const wantedGroups = Math.max(MIN_GROUPS, Math.min(MAX_GROUPS, Math.round(wanted)));
  const groups = domains.map((domain, c) =>
    groupCodes(domain, own.counts[c]!, wantedGroups, SMALLEST * sigma),
  );
  const sizes = groups.map((group) => Math.max(...group) + 1);
  const grouped = codes.map((column, c) => column.map((code) => groups[c]![code]!));
  const columns = own.noisy.map((column, c) => inGroups(column, groups[c]!, sizes[c]!));
  const counts = own.counts.map((column, c) => sumGroups(column, groups[c]!, sizes[c]!));
  const pairCount = (domains.length * (domains.length - 1)) / 2;
  const compare = async (done: number) => {
    steps.update(done, pairCount);
    await pause();
  };
  steps.enter('CHOOSE_PAIRS', 'pairs');
  const distances = await pairDistances({ groups: grouped, sizes, counts, total }, compare);
  const edges = chooseTree(domains.length, distances, budget, choiceShare * treePairCount, sigma);
  const measure = async (chosen: readonly Edge[], before: number) => {
    steps.enter('COUNT_PAIRS', 'pairs');
    const measured: MeasuredPair[] = [];
    for (const edge of chosen) {
      measured.push(measurePair(edge, grouped, sizes, budget, pairShare));
      steps.update(before + measured.length, treePairCount + morePairs);
      await pause();
    }
    return measured;
  };
  const pairs = await measure(edges, 0);
  if (edges.length > 0) steps.onRelease('pairs of columns that join all of them');
  const { margins, nodes } = fitTree(columns, pairs, total);
  const tree = treePairs(nodes, sizes);
  const known = new Set(edges.map(({ a, b }) => `${a} ${b}`));
  const candidates: Candidate[] = [];
  steps.enter('CHOOSE_PAIRS', 'pairs');
  for (let a = 0; a < domains.length; a++) {
    for (let b = a + 1; b < domains.length; b++) {
      if (known.has(`${a} ${b}`)) continue;
      const expected = tree({ a, b });
      const distance = distanceBetween(countPairs(grouped[a]!, grouped[b]!, sizes[a]!, sizes[b]!), expected);
      candidates.push({ a, b, expected, score: distance - expectedNoise(expected.length, sigma) });
    }
    await compare(Math.min(pairCount, edges.length + candidates.length));
  }
  const more = chooseMore(candidates, morePairs, budget, choiceShare);
  const moreMeasured = await measure(more, edges.length);
  if (more.length > 0) steps.onRelease('more pairs of columns');
  const targets: PairTarget[] = [
    ...edges.map(({ a, b }) => ({ a, b, counts: tree({ a, b }) })),
    ...more.map(({ a, b, expected }, k) => ({
      a,
      b,
      counts: denoise(moreMeasured[k]!, expected, margins[a]!, margins[b]!, total),
    })),
  ];
  steps.enter('FIT_PAIRS', 'passes');
  const factors = await fitPairs(targets, nodes, sizes, margins, pause, (done, all) =>
    steps.update(done, all),
  );
  return {
    counts: own.counts.map((column, c) => withGroupSums(column, groups[c]!, margins[c]!)),
    groups,
    nodes,
    factors,
  };
}

interface MeasuredColumns {
  readonly noisy: readonly MeasuredColumn[];
  readonly counts: readonly Float64Array[];
  readonly total: number;
}

/** Every column's codes, counted once; categories have their counts of before besides. All totals become one. */
function measureColumns(
  domains: readonly ColumnDomain[],
  codes: readonly Uint16Array[],
  budget: PrivacyBudget,
  share: number,
): MeasuredColumns {
  const each = share / domains.length;
  const variance = budget.sigmaOf(each) ** 2;
  const total = new Weighted();
  const noisy = domains.map((domain, c) => {
    const size = codesOf(domain);
    const released = budget.count('columns', countCodes(codes[c]!, size), each);
    total.add(
      released.reduce((sum, count) => sum + count, 0),
      size * variance,
    );
    if (domain.kind !== 'category')
      return { noisy: released, variance: new Float64Array(size).fill(variance) };
    return withFoundCounts(released, variance, domain.counts, domain.sigma ** 2);
  });
  const rows = Math.max(1, total.value);
  return { noisy, counts: noisy.map(({ noisy: column }) => projectCounts(column, rows)), total: rows };
}

function withFoundCounts(
  released: Float64Array,
  variance: number,
  found: readonly number[],
  foundVariance: number,
): MeasuredColumn {
  const special = released.length - found.length;
  const noisy = released.map((count, code) =>
    code < special
      ? count
      : (count / variance + found[code - special]! / foundVariance) / (1 / variance + 1 / foundVariance),
  );
  const variances = noisy.map((_, code) =>
    code < special ? variance : 1 / (1 / variance + 1 / foundVariance),
  );
  return { noisy, variance: variances };
}

function measurePair(
  { a, b }: Edge,
  grouped: readonly Uint16Array[],
  sizes: readonly number[],
  budget: PrivacyBudget,
  share: number,
): MeasuredPair {
  const counts = countPairs(grouped[a]!, grouped[b]!, sizes[a]!, sizes[b]!);
  return { a, b, noisy: budget.count('pairs', counts, share), sigma: budget.sigmaOf(share) };
}

function inGroups({ noisy, variance }: MeasuredColumn, groups: Uint16Array, size: number): MeasuredColumn {
  return { noisy: sumGroups(noisy, groups, size), variance: sumGroups(variance, groups, size) };
}

function sumGroups(values: Float64Array, groups: Uint16Array, size: number): Float64Array {
  const sums = new Float64Array(size);
  for (let code = 0; code < values.length; code++) sums[groups[code]!]! += values[code]!;
  return sums;
}

/** Counts of codes that add up to those of their groups. */
function withGroupSums(counts: Float64Array, groups: Uint16Array, sums: Float64Array): Float64Array {
  const before = sumGroups(counts, groups, sums.length);
  const size = sumGroups(new Float64Array(counts.length).fill(1), groups, sums.length);
  return counts.map((count, code) => {
    const group = groups[code]!;
    return before[group]! > 0 ? (count * sums[group]!) / before[group]! : sums[group]! / size[group]!;
  });
}
