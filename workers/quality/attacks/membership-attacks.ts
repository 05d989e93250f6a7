import type { AttackRows } from './attack-rows';
import { cellsAttack, fineMarginalsAttack, marginalsAttack } from './histogram-attacks';
import { matchSurprise, NEAREST, type Scan, scanRows } from './scan-rows';

/** Scores of the targets, larger for likelier members, by name of the attack, and how far each target lies from others. */
export interface AttackScores {
  readonly scores: ReadonlyMap<string, Float64Array>;
  /** Mean distance to the five nearest reference rows, [target]. */
  readonly isolation: Float64Array;
}

/** Keeps ratios of distances finite. */
const FLOOR = 0.02;

/** Synthetic and reference rows of a coding, fewer than all of them. */
type FewerRows = Pick<AttackRows, 'synthetic' | 'reference'>;

/**
 * The membership attacks that need no training (docs/privacy.md, Attacks): nearest synthetic row, ratio of distances,
 * ratios of kernel densities, share of synthetic rows among the nearest, rarest match, marginals, pairs and triples of columns.
 * @param near rows that distances are measured to, and @param joined those whose cells of several columns are counted, if all
 * rows would take too long
 */
export function attackMembership(
  rows: AttackRows,
  near: FewerRows = rows,
  joined: FewerRows = rows,
): AttackScores {
  const { ordered, targets } = rows;
  const surprise = matchSurprise(ordered, targets, rows.reference);
  const known = scanRows(ordered, targets, near.reference, surprise, null);
  const drawn = scanRows(ordered, targets, near.synthetic, surprise, known.meanNearest);
  const count = targets[0]?.length ?? 0;
  const each = (score: (target: number) => number) =>
    Float64Array.from({ length: count }, (_, t) => score(t));
  const [toDrawn, toKnown] = [drawn.meanNearest, known.meanNearest];
  const scores = new Map([
    ['distance', each((t) => -drawn.nearest[t * NEAREST]!)],
    ['distance ratio', each((t) => Math.log((toKnown[t]! + FLOOR) / (toDrawn[t]! + FLOOR)))],
    ['density ratio', each((t) => drawn.logDensity[t]! - known.logDensity[t]!)],
    ['local density', each((t) => drawn.localLogDensity[t]! - known.localLogDensity[t]!)],
    ['neighbours', each((t) => drawnAmongNearest(drawn, known, t))],
    ['rarest match', each((t) => drawn.match[t]! - known.match[t]!)],
    ['marginals', marginalsAttack(rows)],
    ['fine marginals', fineMarginalsAttack(rows)],
    ['pairs', cellsAttack({ ...rows, ...joined }, 'pairs')],
    ['triples', cellsAttack({ ...rows, ...joined }, 'triples')],
  ]);
  return { scores, isolation: toKnown };
}

/** Synthetic rows among the nearest of both sets, the k-th counting 1/k, two at one distance half each. */
export function drawnAmongNearest(
  drawn: Pick<Scan, 'nearest'>,
  known: Pick<Scan, 'nearest'>,
  target: number,
): number {
  const from = target * NEAREST;
  let [a, b, found] = [0, 0, 0];
  while (a + b < NEAREST) {
    const [next, other] = [drawn.nearest[from + a]!, known.nearest[from + b]!];
    const weight = 1 / (a + b + 1);
    if (next === other) {
      found += a + b === NEAREST - 1 ? weight / 2 : (weight + 1 / (a + b + 2)) / 2;
      a++;
      b++;
    } else if (next < other) {
      found += weight;
      a++;
    } else b++;
  }
  return found;
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
