/**
 * Words of codes that are read from the front, coarse to fine: the characters of a text, the digits of a number. What
 * enough subjects share of the front is learned as it is; what follows is drawn from what enough of them have at the
 * same position, so that a model never sees a rare word whole (docs/encodings.md, Shared fronts).
 */
import { hashText, pcg, RandomStream } from '../../../src/domain/random';

/** The words of a column. */
export interface Words {
  /** Codes of the distinct words, one word after the other; words with a common front stand together. */
  readonly codes: Uint16Array;
  /** Codes of each word. */
  readonly positions: number;
  /** [rows] word of each row, −1 = no value. */
  readonly wordOf: Int32Array;
}

/** Draws of the first words of a column that may be rare ones: more, and its form is too narrow to avoid them. */
const MAX_CLASHES = 0.15;
const TRIED = 200;
const MAX_ATTEMPTS = 20;
/** Share of the rows that the codes of a position must cover for the others to be dropped. */
const COVERAGE = 0.99;
/** Share of what follows a code that must be common for it to be drawn from. */
const MIN_COVERED = 0.5;

/** What of a column's words enough subjects share. */
export class SharedFronts {
  /** [words] positions at the front that enough subjects share; all = the word itself. */
  readonly shared: Uint8Array;
  /** [position] codes that may show, ascending. */
  readonly kept: readonly (readonly number[])[];
  readonly #words: Words;
  /** [position] by the code before, codes that may follow it, with their counts; beyond shared fronts. */
  readonly #tails: readonly Map<number, Choice>[];
  readonly #anyTail: readonly (Choice | null)[];

  /**
   * @param threshold subjects that must share what shows
   * @param subjects [rows] whose each row is; null = each is of its own
   * @param rangeOf codes that a position has by nature, which tell nothing: where those that enough subjects share cover too
   *   few rows, all of them are kept
   */
  constructor(
    words: Words,
    threshold: number,
    subjects: Uint32Array | null,
    rangeOf: (position: number) => readonly number[] = () => [],
  ) {
    this.#words = words;
    const rows = rowsByWord(words);
    const kept = Array.from({ length: words.positions }, () => new Set<number>());
    this.shared = sharedLengths(words, rows, threshold, subjects, kept);
    const weights = weightsOf(words, rows, subjects);
    const tails = Array.from({ length: words.positions }, () => new Map<number, Map<number, number>>());
    const all = Array.from({ length: words.positions }, () => new Map<number, number>());
    for (let word = 0; word < weights.length; word++) {
      const weight = weights[word]!;
      if (weight === 0) continue;
      for (let p = 0; p < words.positions; p++) {
        const code = words.codes[word * words.positions + p]!;
        add(all[p]!, code, weight);
        if (p < this.shared[word]!) continue;
        const before = p === 0 ? -1 : words.codes[word * words.positions + p - 1]!;
        let counts = tails[p]!.get(before);
        if (!counts) {
          counts = new Map();
          tails[p]!.set(before, counts);
        }
        add(counts, code, weight);
      }
    }
    this.kept = kept.map((codes, p) => {
      let [covered, total] = [0, 0];
      for (const [code, count] of all[p]!) {
        if (count >= threshold) codes.add(code);
        total += count;
        if (codes.has(code)) covered += count;
      }
      if (covered < COVERAGE * total) for (const code of rangeOf(p)) codes.add(code);
      return [...codes].sort((a, b) => a - b);
    });
    this.#tails = tails.map((byCode) => {
      const choices = new Map<number, Choice>();
      for (const [before, counts] of byCode) {
        const choice = choiceOf(counts, threshold, MIN_COVERED);
        if (choice) choices.set(before, choice);
      }
      return choices;
    });
    this.#anyTail = all.map((counts, p) => {
      const own = new Map<number, number>();
      for (const byCode of tails[p]!.values()) for (const [code, count] of byCode) add(own, code, count);
      return (
        choiceOf(own, threshold, MIN_COVERED) ??
        choiceOf(counts, threshold, MIN_COVERED) ??
        choiceOf(new Map(this.kept[p]!.map((code) => [code, 1])), 1)
      );
    });
  }

  /** Distinct words that are not shown whole. */
  get hidden(): number {
    return this.shared.reduce((sum, length) => sum + Number(length < this.#words.positions), 0);
  }

  /** Rows of these. */
  get hiddenRows(): number {
    const { wordOf, positions } = this.#words;
    return wordOf.reduce((sum, word) => sum + Number(word >= 0 && this.shared[word]! < positions), 0);
  }

  /**
   * The codes that stand for the rows in the training, [position][rows]; rows without a value keep 0. A word that is not
   * shared whole keeps its shared front and gets another end: no rare word's, unless the form is so narrow that draws
   * often hit one.
   */
  standIns(seed: number): Uint16Array[] {
    const { codes, positions, wordOf } = this.#words;
    const out = Array.from({ length: positions }, () => new Uint16Array(wordOf.length));
    const rare = new Set<string>();
    this.shared.forEach((length, word) => {
      if (length < positions) rare.add(keyOf(codes.subarray(word * positions, (word + 1) * positions)));
    });
    const stream = new RandomStream(seed, 'shared fronts');
    const drawn = new Uint16Array(positions);
    let [tried, clashes] = [0, 0];
    for (let row = 0; row < wordOf.length; row++) {
      const word = wordOf[row]!;
      if (word < 0) continue;
      const own = codes.subarray(word * positions, (word + 1) * positions);
      const length = this.shared[word]!;
      drawn.set(own);
      for (let attempt = 0; length < positions && attempt < MAX_ATTEMPTS; attempt++) {
        this.#drawEnd(drawn, length, stream);
        const isRare = rare.has(keyOf(drawn));
        if (attempt === 0) {
          tried++;
          clashes += Number(isRare);
        }
        if (!isRare || (tried >= TRIED && clashes > MAX_CLASHES * tried)) break;
      }
      for (let p = 0; p < positions; p++) out[p]![row] = drawn[p]!;
    }
    return out;
  }

  #drawEnd(word: Uint16Array, from: number, stream: RandomStream): void {
    for (let p = from; p < word.length; p++) {
      const choice = this.#tails[p]!.get(p === 0 ? -1 : word[p - 1]!) ?? this.#anyTail[p];
      word[p] = choice ? drawFrom(choice, stream) : 0;
    }
  }
}

interface Choice {
  readonly codes: readonly number[];
  /** Sums of the counts up to each code. */
  readonly sums: readonly number[];
}

/** The codes that enough have, or null if they are of too small a part. */
function choiceOf(counts: ReadonlyMap<number, number>, threshold: number, part = 0): Choice | null {
  const codes: number[] = [];
  const sums: number[] = [];
  let [sum, total] = [0, 0];
  for (const [code, count] of [...counts].sort((a, b) => a[0] - b[0])) {
    total += count;
    if (count < threshold) continue;
    sum += count;
    codes.push(code);
    sums.push(sum);
  }
  return codes.length > 0 && sum >= part * total ? { codes, sums } : null;
}

function drawFrom({ codes, sums }: Choice, stream: RandomStream): number {
  const at = stream.below(sums[sums.length - 1]!);
  return codes[sums.findIndex((sum) => at < sum)]!;
}

function add(counts: Map<number, number>, code: number, weight: number): void {
  counts.set(code, (counts.get(code) ?? 0) + weight);
}

function keyOf(codes: Uint16Array): string {
  return String.fromCharCode(...codes);
}

/** Rows in the order of their words. */
interface RowsByWord {
  readonly rows: Uint32Array;
  /** [words + 1] index of the first row of each. */
  readonly starts: Uint32Array;
}

function rowsByWord({ codes, positions, wordOf }: Words): RowsByWord {
  const count = positions === 0 ? 0 : codes.length / positions;
  const starts = new Uint32Array(count + 1);
  for (const word of wordOf) if (word >= 0) starts[word + 1]!++;
  for (let word = 0; word < count; word++) starts[word + 1]! += starts[word]!;
  const rows = new Uint32Array(starts[count]!);
  const next = starts.slice();
  wordOf.forEach((word, row) => {
    if (word >= 0) rows[next[word]!++] = row;
  });
  return { rows, starts };
}

/** Positions at the front of each word that enough subjects share; their codes join `kept`. */
function sharedLengths(
  { codes, positions }: Words,
  { rows, starts }: RowsByWord,
  threshold: number,
  subjects: Uint32Array | null,
  kept: readonly Set<number>[],
): Uint8Array {
  const count = starts.length - 1;
  const lengths = new Uint8Array(count);
  const seen =
    subjects && new Float64Array(subjects.reduce((largest, of) => Math.max(largest, of), 0) + 1).fill(-1);
  let group = 0;
  /** Whether the words from `from` up to `to` are of enough subjects. */
  const isShared = (from: number, to: number): boolean => {
    const [first, end] = [starts[from]!, starts[to]!];
    if (!subjects || !seen || end - first < threshold) return end - first >= threshold;
    let holders = 0;
    group++;
    for (let i = first; i < end; i++) {
      const of = subjects[rows[i]!]!;
      if (seen[of] === group) continue;
      seen[of] = group;
      if (++holders >= threshold) return true;
    }
    return false;
  };
  let ranges: [number, number][] = count > 0 && isShared(0, count) ? [[0, count]] : [];
  for (let p = 0; p < positions && ranges.length > 0; p++) {
    const next: [number, number][] = [];
    for (const [from, to] of ranges) {
      for (let word = from; word < to; ) {
        const code = codes[word * positions + p]!;
        const first = word;
        while (word < to && codes[word * positions + p] === code) word++;
        if (!isShared(first, word)) continue;
        kept[p]!.add(code);
        lengths.fill(p + 1, first, word);
        next.push([first, word]);
      }
    }
    ranges = next;
  }
  return lengths;
}

/** How much each word counts for what may follow: its rows, or of each subject one of its words, by a hash. */
function weightsOf(
  { codes, positions }: Words,
  { rows, starts }: RowsByWord,
  subjects: Uint32Array | null,
): Uint32Array {
  const count = starts.length - 1;
  const weights = new Uint32Array(count);
  if (!subjects) return weights.map((_, word) => starts[word + 1]! - starts[word]!);
  const chosen = new Map<number, { readonly word: number; readonly rank: number }>();
  for (let word = 0; word < count; word++) {
    const rank = pcg(hashText(keyOf(codes.subarray(word * positions, (word + 1) * positions))));
    for (let i = starts[word]!; i < starts[word + 1]!; i++) {
      const of = subjects[rows[i]!]!;
      const before = chosen.get(of);
      if (!before || rank < before.rank) chosen.set(of, { word, rank });
    }
  }
  for (const { word } of chosen.values()) weights[word]!++;
  return weights;
}
