import type { AttackRows, CodedRows } from './attack-rows';

/** Equal stretches of ranks that a column is cut into; all rows of one value lie in one stretch. */
const COARSE = [25, 50, 100, 200] as const;

/** Rows in a fine stretch. */
const FINE_ROWS = [40, 20, 10] as const;

/** Stretches per column of a pair. */
const PAIR_LEVELS = [32, 64, 128] as const;

/** Added to each count, in synthetic rows. */
const PRIOR = 0.5;

/**
 * The marginals attack: what each column alone says, summed. Per column the logarithm of the share of synthetic rows in
 * the target's bin over the share of reference rows, averaged over bins of several widths (the likelihood-ratio test of
 * Homer et al. 2008, "Resolving individuals contributing trace amounts of DNA", in the form of Sankararaman et al.
 * 2009, "Genomic privacy and limits of individual detection in a pool").
 * @param detail coarse: 25 to 200 bins; fine: bins of 40 to 10 rows, as a model may follow the data by few rows
 * @returns [target], larger for members
 */
export function marginalsAttack(rows: AttackRows, detail: 'coarse' | 'fine'): Float64Array {
  const { ordered, targets, synthetic, reference } = rows;
  const scores = new Float64Array(targets[0]?.length ?? 0);
  const size = Math.min(synthetic[0]?.length ?? 0, reference[0]?.length ?? 0);
  const bins = detail === 'coarse' ? COARSE : FINE_ROWS.map((each) => Math.max(2, Math.round(size / each)));
  targets.forEach((_, c) => {
    const resolutions = ordered[c] ? bins : [1];
    for (const resolution of resolutions) {
      const [own, drawn, known] = [targets, synthetic, reference].map((set) =>
        levels(set[c]!, ordered[c]!, resolution),
      );
      addRatios(own!, drawn!, known!, 1 / resolutions.length, scores);
    }
  });
  return scores;
}

/** The same with the cells of all pairs of columns, averaged over cells of several sizes. @returns [target] */
export function pairsAttack({ ordered, targets, synthetic, reference }: AttackRows): Float64Array {
  const scores = new Float64Array(targets[0]?.length ?? 0);
  for (const resolution of PAIR_LEVELS) {
    const [own, drawn, known] = [targets, synthetic, reference].map((rows: CodedRows) =>
      rows.map((column, c) => levels(column, ordered[c]!, resolution)),
    );
    for (let a = 0; a < ordered.length; a++) {
      for (let b = 0; b < a; b++) {
        const [targetPairs, drawnPairs, knownPairs] = [own!, drawn!, known!].map((rows) =>
          joined(rows[a]!, rows[b]!),
        );
        addRatios(targetPairs!, drawnPairs!, knownPairs!, 1 / PAIR_LEVELS.length, scores);
      }
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
  const scale = synthetic.length / reference.length;
  for (let row = 0; row < targets.length; row++) {
    const cell = targets[row]!;
    const expected = (known.get(cell) ?? 0) * scale;
    scores[row]! += weight * Math.log(((drawn.get(cell) ?? 0) + PRIOR) / (expected + PRIOR));
  }
}

function counts(cells: Int32Array): Map<number, number> {
  const found = new Map<number, number>();
  for (const cell of cells) found.set(cell, (found.get(cell) ?? 0) + 1);
  return found;
}
