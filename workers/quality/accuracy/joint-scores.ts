import type { Accuracy } from '../../../src/domain/metrics';
import { DEFAULT_LIMITS } from '../../../src/domain/report-limits';
import type { Pacer } from '../pacing';
import { rowOfEachSubject } from '../read-subjects';
import { chooseTriples } from './combinations';
import { cramersV, dependenceOf, isNotable, isWeaker } from './dependence';
import { meanOf, type Score, scoreCounts } from './distribution';
import { phiK } from './phi-k';
import { ShareVariance } from './share-variance';

/** Bin of every row of one column, original and synthetic. */
export interface BinCodes {
  readonly size: number;
  readonly original: Uint8Array;
  readonly synthetic: Uint8Array;
}

export interface PairScore extends Score {
  /** Positions. */
  readonly columns: readonly [number, number];
  /** Cramér's V of the original's bins, 0…1. */
  readonly dependence: number;
  readonly syntheticDependence: number;
  /** φK of the original's bins, 0…1, and of the synthetic ones. */
  readonly correlation: number;
  readonly syntheticCorrelation: number;
  /** The original's V is worth keeping. */
  readonly isNotable: boolean;
  /** … and the synthetic rows keep too little of it. */
  readonly isWeaker: boolean;
}

/** Accuracies by position of their columns. */
export interface JointScores {
  readonly univariate: readonly Score[];
  readonly bivariate: readonly PairScore[];
  readonly trivariate: readonly (Score & { readonly columns: readonly [number, number, number] })[];
}

/** Number of distributions `scoreJoint` compares, which is how far it advances the pacer. */
export function comparisonCount(columns: number, triples: number): number {
  return (
    columns + (columns * (columns - 1)) / 2 + Math.min(triples, (columns * (columns - 1) * (columns - 2)) / 6)
  );
}

/** Rows per bin. */
export function countBins(codes: Uint8Array, size: number): Int32Array {
  const counts = new Int32Array(size);
  for (let row = 0; row < codes.length; row++) counts[codes[row]!]!++;
  return counts;
}

/** Rows per cell of a two-way table, row-major [bins of a][bins of b]. */
export function countPair(a: Uint8Array, b: Uint8Array, sizeA: number, sizeB: number): Int32Array {
  const counts = new Int32Array(sizeA * sizeB);
  for (let row = 0; row < a.length; row++) counts[a[row]! * sizeB + b[row]!]!++;
  return counts;
}

function fillPairCodes(out: Uint32Array, a: Uint8Array, b: Uint8Array, sizeB: number): void {
  for (let row = 0; row < a.length; row++) out[row] = a[row]! * sizeB + b[row]!;
}

function fillWith(out: Uint32Array, pair: Uint32Array, c: Uint8Array, sizeC: number): void {
  for (let row = 0; row < c.length; row++) out[row] = pair[row]! * sizeC + c[row]!;
}

function countWith(counts: Int32Array, pair: Uint32Array, c: Uint8Array, sizeC: number): void {
  for (let row = 0; row < c.length; row++) counts[pair[row]! * sizeC + c[row]!]!++;
}

/**
 * Accuracies of all columns, all pairs and all triples, or some of them (docs/metrics.md). One pass over the rows
 * per distribution; triples that share their first two columns share the joint code of these.
 * @param subjects of the original's rows: dependences are told by one row of each, and the highest accuracy is that of
 *   other subjects; null = every row is one of its own
 */
export async function scoreJoint(
  columns: readonly BinCodes[],
  seed: number,
  pacer: Pacer,
  subjects: Uint32Array | null = null,
  maxTriples = DEFAULT_LIMITS.triples,
): Promise<JointScores> {
  const rows = columns[0]?.original.length ?? 0;
  const syntheticRows = columns[0]?.synthetic.length ?? 0;
  const variance = subjects && new ShareVariance(subjects, seed);
  const score = (o: Int32Array, s: Int32Array, cells: Uint8Array | Uint32Array) =>
    scoreCounts(o, s, rows, syntheticRows, variance?.of(cells, o));
  const triples = chooseTriples(columns.length, seed, maxTriples);
  // Bins, and then cells, of the rows that tell variances.
  const telling = columns.map(({ original }) =>
    Uint8Array.from(variance?.order ?? [], (row) => original[row]!),
  );
  const cells = new Uint32Array(variance?.order.length ?? 0);
  const pairCells = new Uint32Array(cells.length);

  const univariate = columns.map((c, i) =>
    score(countBins(c.original, c.size), countBins(c.synthetic, c.size), telling[i]!),
  );
  pacer.advance(columns.length);
  const oneOfEach = subjects && rowOfEachSubject(subjects, seed);
  const told = columns.map(({ original }) =>
    oneOfEach ? Uint8Array.from(oneOfEach, (row) => original[row]!) : original,
  );
  const bivariate: PairScore[] = [];
  for (let i = 0; i < columns.length; i++) {
    for (let j = i + 1; j < columns.length; j++) {
      const a = columns[i]!;
      const b = columns[j]!;
      const original = countPair(a.original, b.original, a.size, b.size);
      const synthetic = countPair(a.synthetic, b.synthetic, a.size, b.size);
      const counted = oneOfEach ? countPair(told[i]!, told[j]!, a.size, b.size) : original;
      const [before, after] = [counted, synthetic].map((counts) => dependenceOf(counts, a.size, b.size));
      fillPairCodes(cells, telling[i]!, telling[j]!, b.size);
      bivariate.push({
        columns: [i, j],
        dependence: cramersV(before!),
        syntheticDependence: cramersV(after!),
        correlation: phiK(counted, a.size, b.size),
        syntheticCorrelation: phiK(synthetic, a.size, b.size),
        isNotable: isNotable(before!),
        isWeaker: isWeaker(before!, after!),
        ...score(original, synthetic, cells),
      });
      if (pacer.advance()) await pacer.yield();
    }
  }

  const trivariate: (Score & { columns: readonly [number, number, number] })[] = [];
  const pairOriginal = new Uint32Array(triples.length > 0 ? rows : 0);
  const pairSynthetic = new Uint32Array(triples.length > 0 ? syntheticRows : 0);
  for (let t = 0; t < triples.length; t += 3) {
    const [i, j, k] = [triples[t]!, triples[t + 1]!, triples[t + 2]!];
    const [a, b, c] = [columns[i]!, columns[j]!, columns[k]!];
    if (t === 0 || i !== triples[t - 3] || j !== triples[t - 2]) {
      fillPairCodes(pairOriginal, a.original, b.original, b.size);
      fillPairCodes(pairSynthetic, a.synthetic, b.synthetic, b.size);
      fillPairCodes(pairCells, telling[i]!, telling[j]!, b.size);
    }
    const original = new Int32Array(a.size * b.size * c.size);
    const synthetic = new Int32Array(original.length);
    countWith(original, pairOriginal, c.original, c.size);
    countWith(synthetic, pairSynthetic, c.synthetic, c.size);
    fillWith(cells, pairCells, telling[k]!, c.size);
    trivariate.push({ columns: [i, j, k], ...score(original, synthetic, cells) });
    if (pacer.advance()) await pacer.yield();
  }
  return { univariate, bivariate, trivariate };
}

/** Means of the rounded scores; overall is the mean of those that exist. @param coherence where people have several rows */
export function summarize(joint: JointScores, coherence: Score | null = null): Accuracy {
  const mean = (scores: readonly Score[]) => meanOf(scores.map(({ accuracy }) => accuracy));
  const meanMax = (scores: readonly Score[]) => meanOf(scores.map(({ accuracyMax }) => accuracyMax));
  const parts = [mean(joint.univariate), mean(joint.bivariate), mean(joint.trivariate)] as const;
  const maxima = [meanMax(joint.univariate), meanMax(joint.bivariate), meanMax(joint.trivariate)] as const;
  return {
    overall: meanOf([...parts, coherence?.accuracy ?? null]),
    univariate: parts[0],
    bivariate: parts[1],
    trivariate: parts[2],
    overallMax: meanOf([...maxima, coherence?.accuracyMax ?? null]),
    univariateMax: maxima[0],
    bivariateMax: maxima[1],
    trivariateMax: maxima[2],
    ...(coherence && { coherence: coherence.accuracy, coherenceMax: coherence.accuracyMax }),
  };
}
