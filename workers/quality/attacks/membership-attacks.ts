import type { AttackRows } from './attack-rows';
import { marginalsAttack, pairsAttack } from './histogram-attacks';
import { matchSurprise, NEAREST, type Scan, scanRows } from './scan-rows';

/** Scores of the targets, larger for likelier members, by name of the attack, and how far each target lies from others. */
export interface AttackScores {
  readonly scores: ReadonlyMap<string, Float64Array>;
  /** Mean distance to the five nearest reference rows, [target]. */
  readonly isolation: Float64Array;
}

/** Neighbours whose distances are averaged. */
const AVERAGED = 5;

/** Keeps ratios of distances finite. */
const FLOOR = 0.02;

/**
 * The membership attacks that need no training (docs/privacy.md, Attacks): nearest synthetic row, ratio of distances,
 * ratio of kernel densities, share of synthetic rows among the nearest, rarest match, marginals and pairs of columns.
 * @param near rows to measure distances to, at most as many as an attack can afford; histograms take `rows`
 */
export function attackMembership(
  rows: AttackRows,
  near: Pick<AttackRows, 'synthetic' | 'reference'> = rows,
): AttackScores {
  const { ordered, targets } = rows;
  const surprise = matchSurprise(ordered, targets, rows.reference);
  const drawn = scanRows(ordered, targets, near.synthetic, surprise);
  const known = scanRows(ordered, targets, near.reference, surprise);
  const count = targets[0]?.length ?? 0;
  const each = (score: (target: number) => number) =>
    Float64Array.from({ length: count }, (_, t) => score(t));
  const toDrawn = each((t) => meanNearest(drawn, t));
  const toKnown = each((t) => meanNearest(known, t));
  const scores = new Map([
    ['distance', each((t) => -drawn.nearest[t * NEAREST]!)],
    ['distance ratio', each((t) => Math.log((toKnown[t]! + FLOOR) / (toDrawn[t]! + FLOOR)))],
    ['density ratio', each((t) => drawn.logDensity[t]! - known.logDensity[t]!)],
    ['neighbours', each((t) => drawnAmongNearest(drawn, known, t))],
    ['rarest match', each((t) => drawn.match[t]! - known.match[t]!)],
    ['marginals', marginalsAttack(rows)],
    ['pairs', pairsAttack(rows)],
  ]);
  return { scores, isolation: toKnown };
}

function meanNearest({ nearest }: Scan, target: number): number {
  let sum = 0;
  let count = 0;
  for (
    let k = target * NEAREST;
    k < target * NEAREST + AVERAGED && nearest[k]! < Number.POSITIVE_INFINITY;
    k++
  ) {
    sum += nearest[k]!;
    count++;
  }
  return sum / Math.max(count, 1);
}

/** Synthetic rows among the nearest of both sets, ties half; equal counts are told apart by the nearest distances. */
function drawnAmongNearest(drawn: Scan, known: Scan, target: number): number {
  const from = target * NEAREST;
  let [a, b, found] = [0, 0, 0];
  while (a + b < NEAREST) {
    const [next, other] = [drawn.nearest[from + a]!, known.nearest[from + b]!];
    if (next === other) {
      found += a + b === NEAREST - 1 ? 0.5 : 1;
      a++;
      b++;
    } else if (next < other) {
      found++;
      a++;
    } else b++;
  }
  return found + (known.nearest[from]! - drawn.nearest[from]!) / 1e3;
}

/** Mean rank of the scores of several attacks, (0, 1): what they say together. */
export function combineScores(scores: readonly Float64Array[]): Float64Array {
  const combined = new Float64Array(scores[0]?.length ?? 0);
  for (const own of scores) {
    const order = Uint32Array.from(own, (_, row) => row).sort((a, b) => own[a]! - own[b]!);
    for (let from = 0; from < order.length; ) {
      let to = from;
      while (to < order.length && own[order[to]!] === own[order[from]!]) to++;
      for (let i = from; i < to; i++) combined[order[i]!]! += (from + to) / 2 / order.length / scores.length;
      from = to;
    }
  }
  return combined;
}
