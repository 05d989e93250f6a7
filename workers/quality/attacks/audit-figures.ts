import type { AuditOutcome, ExposedRow, ExposureReason } from '../../../src/domain/model-audit';
import { type ModelScores, rareBelow, type ScoredRows } from '../../../src/domain/model-scores';
import { RandomStream } from '../../../src/domain/random';
import type { Pacer } from '../pacing';
import { type ScoredHalf, singleFigures, strongestFigures } from './panel-figures';

/** Share of the people who count as isolated, and people of each side needed to tell of them. */
const ISOLATED = { share: 0.01, needed: 50 } as const;
/** Rows that are named. */
const NAMED_ROWS = 20;
/** One person of either side. */
interface Person {
  readonly model: number;
  readonly reference: number;
}

/**
 * How well a model tells whom it learned: by its likelihood alone (Yeom et al. 2018), and by that over the likelihood of a
 * reference model, which knows how common a row is (Carlini et al. 2022, with one reference). A person's score is the mean
 * of those of its rows. As in attacks on rows, the stronger attack on one half of the people is reported by the other.
 */
export async function auditFigures(scores: ModelScores, seed: number, pacer: Pacer): Promise<AuditOutcome> {
  const members = inRandomOrder(peopleOf(scores.members), new RandomStream(seed, 'members of an audit'));
  const others = inRandomOrder(peopleOf(scores.others), new RandomStream(seed, 'others of an audit'));
  const limit = isolationLimit([...members, ...others]);
  const isIsolated = ({ reference }: Person) => reference <= limit;
  const all = halvesOf(members, others);
  const alone = [members, others].map((side) => side.filter(isIsolated));
  const enough = alone.every(({ length }) => length >= ISOLATED.needed);
  const { learned, referenceRows } = scores;
  return {
    audit: {
      ...(await strongestFigures(all, seed, pacer)),
      attacks: singleFigures(all),
      isolated: enough ? await strongestFigures(halvesOf(alone[0]!, alone[1]!), seed, pacer) : null,
      rows: { learned, reference: referenceRows },
    },
    exposed: exposedRows(scores, limit),
  };
}

function peopleOf({ owners, model, reference }: ScoredRows): Person[] {
  const sums = new Map<number, { model: number; reference: number; rows: number }>();
  owners.forEach((owner, row) => {
    const sum = sums.get(owner) ?? { model: 0, reference: 0, rows: 0 };
    sum.model += model[row]!;
    sum.reference += reference[row]!;
    sum.rows++;
    sums.set(owner, sum);
  });
  return Array.from(sums.values(), ({ model, reference, rows }) => ({
    model: model / rows,
    reference: reference / rows,
  }));
}

function inRandomOrder(people: readonly Person[], stream: RandomStream): Person[] {
  return Array.from(stream.permutation(people.length), (at) => people[at]!);
}

/** Likelihood under the reference model that only isolated people are below: it knows nobody of either side. */
function isolationLimit(people: readonly Person[]): number {
  const sorted = Float64Array.from(people, ({ reference }) => reference).sort();
  return sorted[Math.max(0, Math.round(ISOLATED.share * sorted.length) - 1)] ?? Number.NEGATIVE_INFINITY;
}

function halvesOf(members: readonly Person[], others: readonly Person[]): [ScoredHalf, ScoredHalf] {
  const half = (which: number): ScoredHalf => {
    const sides = [members, others].map((side) => side.filter((_, p) => p % 2 === which));
    const scored = (score: (person: Person) => number) => ({
      members: Float64Array.from(sides[0]!, score),
      others: Float64Array.from(sides[1]!, score),
    });
    return new Map([
      ['likelihood', scored(({ model }) => model)],
      ['likelihood ratio', scored(({ model, reference }) => model - reference)],
    ]);
  };
  return [half(0), half(1)];
}

/**
 * Rows by how much likelier the model makes them than the reference does, the most first, beside the median of unseen rows:
 * models that code values in other bins differ in all rows.
 */
function exposedRows({ members, others, columns, learned }: ModelScores, limit: number): ExposedRow[] {
  const { rows, column, holders, reference } = members;
  const usual = ratios(others).sort();
  const middle = usual[Math.floor(usual.length / 2)]!;
  const excess = ratios(members).map((ratio) => ratio - middle);
  return [...rows.keys()]
    .sort((a, b) => excess[b]! - excess[a]!)
    .slice(0, NAMED_ROWS)
    .filter((at) => excess[at]! > 0)
    .map((at) => {
      const reasons: ExposureReason[] = [];
      if (reference[at]! <= limit) reasons.push({ kind: 'isolated' });
      if (holders[at]! < rareBelow(learned)) reasons.push({ kind: 'rare', column: columns[column[at]!]! });
      return {
        row: rows[at]! + 1,
        times: Math.exp(excess[at]!),
        reasons: reasons.length > 0 ? reasons : [{ kind: 'unexplained' }],
      };
    });
}

function ratios({ model, reference }: ScoredRows): Float64Array {
  return model.map((value, at) => value - reference[at]!);
}
