import { shareInterval, Z95 } from '../../../src/domain/intervals';
import type { AttackFigures, SingleAttack, StrongestFigure } from '../../../src/domain/membership-panel';
import { RandomStream } from '../../../src/domain/random';
import type { Pacer } from '../pacing';
import { aucOf, separation, truePositives } from './attack-figures';

/** Scores of people in one half: larger for likelier members. */
export interface ScoredPeople {
  readonly members: Float64Array;
  readonly others: Float64Array;
}

/** Scores of one half by name of the attack. */
export type ScoredHalf = ReadonlyMap<string, ScoredPeople>;

/** A threshold of 1 % false alarms needs an alarm in each half; one of 10 % ten. */
const MIN_OTHERS = 100;
const RESAMPLES = 200;

/**
 * Figures of the strongest attack without the luck of picking it: of each half it is the attack that is strongest on the
 * other one, and a figure is the mean of both halves. Each figure picks its own attack.
 */
export async function strongestFigures(
  halves: readonly [ScoredHalf, ScoredHalf],
  seed: number,
  pacer: Pacer,
): Promise<AttackFigures> {
  const sizes = halves.map((half) => [...half.values()][0]!);
  const people = Math.min(
    sizes.reduce((sum, { members }) => sum + members.length, 0),
    sizes.reduce((sum, { others }) => sum + others.length, 0),
  );
  const hasRates = sizes.every(({ others }) => others.length >= MIN_OTHERS);
  const rate = async (share: number) => (hasRates ? strongestRate(halves, share, seed, pacer) : null);
  return { people, auc: strongestAuc(halves), at1: await rate(0.01), at10: await rate(0.1) };
}

/** Each attack alone, in the order of their names' first appearance. */
export function singleFigures(halves: readonly [ScoredHalf, ScoredHalf]): SingleAttack[] {
  return [...halves[0].keys()].map((name) => {
    const parts = halves.map((half) => half.get(name)!);
    const hasRates = parts.every(({ others }) => others.length >= MIN_OTHERS);
    return {
      name,
      auc: mean(parts.map(aucIn)),
      at1: hasRates ? mean(parts.map(rateAt(0.01))) : null,
      at10: hasRates ? mean(parts.map(rateAt(0.1))) : null,
    };
  });
}

function strongestAuc(halves: readonly [ScoredHalf, ScoredHalf]): StrongestFigure {
  const { attacks, chosen } = strongestBy(halves, aucIn);
  const estimates = chosen.map(({ members, others }) => aucOf(separation(members, others)));
  const value = mean(estimates.map((estimate) => estimate.value));
  const error = Math.hypot(...estimates.map((estimate) => estimate.error)) / 2;
  return { attacks, value, low: Math.max(0, value - Z95 * error), high: Math.min(1, value + Z95 * error) };
}

/**
 * The interval is the wider one of two: percentiles of resampled people (Efron 1979), in which the threshold varies as well,
 * and the score interval for so many members, which is not empty where nobody or everybody is found.
 */
async function strongestRate(
  halves: readonly [ScoredHalf, ScoredHalf],
  share: number,
  seed: number,
  pacer: Pacer,
): Promise<StrongestFigure> {
  const { attacks, chosen } = strongestBy(halves, rateAt(share));
  const value = mean(chosen.map(rateAt(share)));
  const stream = new RandomStream(seed, `resampled people ${share}`);
  const resampled = (scores: Float64Array) =>
    Float64Array.from({ length: scores.length }, () => scores[stream.below(scores.length)]!);
  const values = new Float64Array(RESAMPLES);
  for (let k = 0; k < RESAMPLES; k++) {
    values[k] = mean(
      chosen.map(({ members, others }) => truePositives(resampled(members), resampled(others), share)),
    );
    if (pacer.advance(0)) await pacer.yield();
  }
  values.sort();
  const members = chosen.reduce((sum, half) => sum + half.members.length, 0);
  const wilson = shareInterval(value, members);
  return {
    ...{ attacks, value },
    low: Math.min(wilson.low, values[Math.floor(0.025 * RESAMPLES)]!),
    high: Math.max(wilson.high, values[Math.ceil(0.975 * RESAMPLES) - 1]!),
  };
}

function strongestBy(
  halves: readonly [ScoredHalf, ScoredHalf],
  figure: (people: ScoredPeople) => number,
): { attacks: string[]; chosen: ScoredPeople[] } {
  const names = halves.map((half) => {
    let [best, highest] = ['', Number.NEGATIVE_INFINITY];
    for (const [name, people] of half) {
      const value = figure(people);
      if (value > highest) [best, highest] = [name, value];
    }
    return best;
  });
  const crossed = [names[1]!, names[0]!];
  return {
    attacks: [...new Set(crossed)],
    chosen: halves.map((half, h) => half.get(crossed[h]!)!),
  };
}

function aucIn({ members, others }: ScoredPeople): number {
  return separation(members, others).auc;
}

function rateAt(share: number): (people: ScoredPeople) => number {
  return ({ members, others }) => truePositives(members, others, share);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
