import type { AttackRows, CodedRows } from './attack-rows';

/** Equal stretches of ranks that a column is cut into, coarse to fine; one value lies in one stretch. */
const RESOLUTIONS = [25, 50, 100, 200, 400, 800] as const;

/** Stretches per column of a pair. */
const PAIR_LEVELS = 16;

/** Added to each count. */
const PRIOR = 0.5;

/**
 * The marginals attack: what each column alone says, summed. Per column the logarithm of the share of synthetic rows in
 * the target's bin over the share of reference rows, averaged over bins of several widths (the likelihood-ratio test of
 * Homer et al. 2008, "Resolving individuals contributing trace amounts of DNA", in the form of Sankararaman et al.
 * 2009, "Genomic privacy and limits of individual detection in a pool").
 * @returns [target], larger for members
 */
export function marginalsAttack({ ordered, targets, synthetic, reference }: AttackRows): Float64Array {
  const scores = new Float64Array(targets[0]?.length ?? 0);
  targets.forEach((_, c) => {
    const resolutions = ordered[c] ? RESOLUTIONS : [1];
    for (const resolution of resolutions) {
      const [own, drawn, known] = [targets, synthetic, reference].map((rows) =>
        levels(rows[c]!, ordered[c]!, resolution),
      );
      addRatios(own!, drawn!, known!, 1 / resolutions.length, scores);
    }
  });
  return scores;
}

/** The same with the bins of all pairs of columns, 16 levels a column or its categories. */
export function pairsAttack({ ordered, targets, synthetic, reference }: AttackRows): Float64Array {
  const scores = new Float64Array(targets[0]?.length ?? 0);
  const coded = [targets, synthetic, reference].map((rows: CodedRows) =>
    rows.map((column, c) => levels(column, ordered[c]!, PAIR_LEVELS)),
  );
  const [own, drawn, known] = coded as [Int32Array[], Int32Array[], Int32Array[]];
  for (let a = 0; a < own.length; a++) {
    for (let b = 0; b < a; b++) {
      const [targetPairs, drawnPairs, knownPairs] = [own, drawn, known].map((rows) =>
        joined(rows[a]!, rows[b]!),
      );
      addRatios(targetPairs!, drawnPairs!, knownPairs!, 1, scores);
    }
  }
  return scores;
}

/** Level of each value, from 0; missing values have one of their own. */
function levels(column: Float32Array, ordered: boolean, resolution: number): Int32Array {
  if (!ordered) return Int32Array.from(column, (code) => code + 1);
  return Int32Array.from(column, (rank) => (rank < 0 ? 0 : 1 + Math.floor(rank * resolution)));
}

const STRIDE = 1 << 15;

function joined(a: Int32Array, b: Int32Array): Int32Array {
  return Int32Array.from(
    a,
    (level, row) => Math.min(level, STRIDE - 1) * STRIDE + Math.min(b[row]!, STRIDE - 1),
  );
}

function addRatios(
  targets: Int32Array,
  synthetic: Int32Array,
  reference: Int32Array,
  weight: number,
  scores: Float64Array,
): void {
  const drawn = counts(synthetic);
  const known = counts(reference);
  const cells = new Set([...drawn.keys(), ...known.keys()]).size + 1;
  const total = Math.log((reference.length + PRIOR * cells) / (synthetic.length + PRIOR * cells));
  for (let row = 0; row < targets.length; row++) {
    const cell = targets[row]!;
    const ratio = Math.log(((drawn.get(cell) ?? 0) + PRIOR) / ((known.get(cell) ?? 0) + PRIOR));
    scores[row]! += weight * (ratio + total);
  }
}

function counts(cells: Int32Array): Map<number, number> {
  const found = new Map<number, number>();
  for (const cell of cells) found.set(cell, (found.get(cell) ?? 0) + 1);
  return found;
}
