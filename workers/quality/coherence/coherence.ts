import { type ColumnData, columnLength, type NamedColumn, takeRows } from '../../../src/domain/column-data';
import type { Coherence, ColumnCoherence } from '../../../src/domain/likeness';
import { renumbered } from '../../../src/domain/number-subjects';
import { RandomStream } from '../../../src/domain/random';
import { binColumn } from '../accuracy/bin-column';
import { applyBins, type Bins, binCount, learnBins, OTHER } from '../accuracy/bins';
import { meanOf, type Score, scoreCounts } from '../accuracy/distribution';
import { countBins, countPair } from '../accuracy/joint-scores';
import { takeRowsOrNone } from './next-rows';

/** Rows of one sequence that tell its categories, drawn at random. */
const MAX_ROWS_EACH = 100;
/** Bins of the categories that a sequence has, and those of them that have a count of their own. */
const CATEGORIES = 30;
const TOP = 9;

/** Whose the rows of one set are. */
interface Sequences {
  /** Of each row: numbers from 0 without gaps. */
  readonly subjects: Uint32Array;
  readonly count: number;
  /** Rows that tell the categories: at most 100 of each subject. */
  readonly told: Uint32Array;
  /** A row of each subject at random, and the one after it in the order of the table; −1 = there is none. */
  readonly first: Uint32Array;
  readonly next: Int32Array;
}

/**
 * How the rows of one subject go together, column by column (docs/metrics.md, Coherence): as mostlyai-qa tells it of sequences.
 */
export class CoherenceScores {
  readonly #original: Sequences;
  readonly #synthetic: Sequences;
  readonly #seed: number;
  readonly #columns: ColumnCoherence[] = [];

  /** @param original,synthetic numbers of the subjects of the rows */
  constructor(original: Uint32Array, synthetic: Uint32Array, seed: number) {
    this.#original = sequencesOf(original, seed, 'original');
    this.#synthetic = sequencesOf(synthetic, seed, 'synthetic');
    this.#seed = seed;
  }

  /** Of two sets of as many rows as there are subjects. */
  add(original: NamedColumn, synthetic: ColumnData): void {
    if (columnLength(synthetic) !== this.#synthetic.subjects.length) return;
    const [ours, theirs] = [this.#original, this.#synthetic];
    const many = binColumn(original, synthetic, this.#seed, CATEGORIES);
    const first = { ...original, data: takeRows(original.data, ours.first) };
    const next = { ...original, data: takeRowsOrNone(original.data, ours.next) };
    // As in the reference, both have bins of their own.
    const [before, after] = [
      binColumn(first, takeRows(synthetic, theirs.first), this.#seed),
      binColumn(next, takeRowsOrNone(synthetic, theirs.next), this.#seed),
    ];
    const pairs = (['original', 'synthetic'] as const).map((set) =>
      countPair(before[set], after[set], before.size, after.size),
    );
    const sets = [
      categoriesOf(many.original, many.size, ours),
      categoriesOf(many.synthetic, many.size, theirs),
    ] as const;
    this.#columns.push({
      column: original.name,
      next: scoreCounts(pairs[0]!, pairs[1]!, ours.count, theirs.count),
      distinctCategories: scoreNumbers(sets[0].distinct, sets[1].distinct),
      sequencesPerCategory: scoreSequences(sets[0].sequences, sets[1].sequences, otherBin(many.bins)),
    });
  }

  /** Null if no column was added, or no subject has two rows. */
  told(): Coherence | null {
    if (this.#columns.length === 0 || this.#original.next.every((row) => row < 0)) return null;
    const parts = (['next', 'distinctCategories', 'sequencesPerCategory'] as const).map((part) =>
      this.#columns.map((column) => column[part]),
    );
    const mean = (of: keyof Score) => meanOf(parts.map((scores) => meanOf(scores.map((score) => score[of]))));
    const gap = ({ next, distinctCategories, sequencesPerCategory }: ColumnCoherence) =>
      [next, distinctCategories, sequencesPerCategory].reduce(
        (sum, { accuracy, accuracyMax }) => sum + accuracyMax - accuracy,
        0,
      );
    return {
      ...{ accuracy: mean('accuracy')!, accuracyMax: mean('accuracyMax')! },
      columns: this.#columns.toSorted((a, b) => gap(b) - gap(a)),
      sequences: { original: this.#original.count, synthetic: this.#synthetic.count },
    };
  }
}

function sequencesOf(numbers: Uint32Array, seed: number, set: string): Sequences {
  const subjects = renumbered(numbers);
  const lengths: number[] = [];
  const ranks = subjects.map((subject) => {
    lengths[subject] = (lengths[subject] ?? 0) + 1;
    return lengths[subject] - 1;
  });
  const random = new RandomStream(seed, `consecutive rows ${set}`);
  const chosen = lengths.map((length) => Math.floor((length - 1) * random.uniform()));
  const first = new Uint32Array(lengths.length);
  const next = new Int32Array(lengths.length).fill(-1);
  subjects.forEach((subject, row) => {
    if (ranks[row] === chosen[subject]) first[subject] = row;
    else if (ranks[row] === chosen[subject]! + 1) next[subject] = row;
  });
  return { subjects, count: lengths.length, told: toldRows(subjects, lengths, seed, set), first, next };
}

function toldRows(subjects: Uint32Array, lengths: readonly number[], seed: number, set: string): Uint32Array {
  if (lengths.every((length) => length <= MAX_ROWS_EACH)) return Uint32Array.from(subjects.keys());
  const order = new RandomStream(seed, `rows of sequences ${set}`).permutation(subjects.length);
  const taken = new Uint32Array(lengths.length);
  return order.filter((row) => taken[subjects[row]!]!++ < MAX_ROWS_EACH);
}

/** How many of the bins each sequence has, and how many sequences have each bin. */
function categoriesOf(codes: Uint8Array, size: number, { subjects, told, count }: Sequences) {
  const distinct = new Float64Array(count);
  const sequences = new Int32Array(size);
  const seen = new Uint8Array(count * size);
  const withBin: number[][] = Array.from({ length: size }, () => []);
  for (const row of told) {
    const [subject, code] = [subjects[row]!, codes[row]!];
    if (seen[subject * size + code]) continue;
    seen[subject * size + code] = 1;
    distinct[subject]!++;
    sequences[code]!++;
    withBin[code]!.push(subject);
  }
  return { distinct, sequences: { counts: sequences, withBin } };
}

function scoreNumbers(original: Float64Array, synthetic: Float64Array): Score {
  const data = (values: Float64Array) => ({ kind: 'number' as const, values, nulls: null });
  const bins = learnBins(data(original), 'number');
  const counts = [original, synthetic].map((values) =>
    countBins(applyBins(bins, data(values)), binCount(bins)),
  );
  return scoreCounts(counts[0]!, counts[1]!, original.length, synthetic.length);
}

type SequenceCounts = ReturnType<typeof categoriesOf>['sequences'];

/** The bin of all values that have none of their own; −1 = there is none. */
function otherBin(bins: Bins): number {
  return bins.kind === 'category' ? bins.labels.indexOf(OTHER) : -1;
}

/**
 * Of the nine bins that the original's sequences have oftenest, and of all others as one: a sequence counts in each that it has.
 * @param other a bin of several values, which belongs to the others wherever it ranks
 */
function scoreSequences(original: SequenceCounts, synthetic: SequenceCounts, other: number): Score {
  const order = Array.from(original.counts.keys()).sort((a, b) => original.counts[b]! - original.counts[a]!);
  const top = order.slice(0, TOP).filter((bin) => bin !== other);
  const others = order.filter((bin) => !top.includes(bin));
  const counts = [original, synthetic].map(({ counts: own, withBin }) => [
    ...top.map((bin) => own[bin]!),
    new Set(others.flatMap((bin) => withBin[bin]!)).size,
  ]);
  const sums = counts.map((own) => own.reduce((sum, count) => sum + count, 0));
  return scoreCounts(counts[0]!, counts[1]!, sums[0]!, sums[1]!);
}
