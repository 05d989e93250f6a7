import type { ColumnData } from '../../../src/domain/column-data';
import { columnLength } from '../../../src/domain/column-data';
import type { Duplicates } from '../../../src/domain/likeness';
import { hash, hashText, pcg } from '../../../src/domain/random';
import { shownCount } from '../../../src/domain/shown-counts';

/** Rows as hashes of 53 bits: two different ones of a million have the same by a chance of 1 in 10,000. */
class RowHashes {
  #first: Uint32Array | null = null;
  #second: Uint32Array | null = null;

  add(data: ColumnData): void {
    const rows = columnLength(data);
    this.#first ??= new Uint32Array(rows);
    this.#second ??= new Uint32Array(rows);
    const [first, second] = [this.#first, this.#second];
    const word = wordsOf(data);
    for (let row = 0; row < rows; row++) {
      const value = word(row);
      first[row] = pcg((Math.imul(first[row]!, 31) + value) >>> 0);
      second[row] = hash(value, second[row]!);
    }
  }

  keys(): Float64Array {
    const second = this.#second!;
    return Float64Array.from(this.#first!, (word, row) => word * 2_097_152 + (second[row]! >>> 11));
  }
}

/** A word for each row: the same for the same value in any set. */
function wordsOf(data: ColumnData): (row: number) => number {
  if (data.kind === 'text') {
    const words = data.dictionary.map((text) => hashText(text));
    return (row) => (data.codes[row]! < 0 ? 1 : words[data.codes[row]!]!);
  }
  const buffer = new Float64Array(1);
  const parts = new Uint32Array(buffer.buffer);
  return (row) => {
    if (data.nulls?.[row] === 1) return 1;
    // −0 is 0.
    buffer[0] = data.values[row]! + 0;
    return hash(parts[0]!, parts[1]!);
  };
}

/** Rows of the three sets that are the same in all columns. */
export class RepeatedRows {
  readonly #training = new RowHashes();
  readonly #holdout = new RowHashes();
  readonly #synthetic = new RowHashes();
  #withHoldout = false;

  /** One column of all sets. */
  add(training: ColumnData, holdout: ColumnData | null, synthetic: ColumnData): void {
    this.#training.add(training);
    this.#synthetic.add(synthetic);
    if (!holdout) return;
    this.#holdout.add(holdout);
    this.#withHoldout = true;
  }

  told(): Duplicates {
    const [training, synthetic] = [this.#training.keys(), this.#synthetic.keys()];
    const holdout = this.#withHoldout ? this.#holdout.keys() : null;
    const known = new Set(training);
    const unseen = holdout && new Set(holdout);
    const repeats = (keys: Float64Array, distinct: ReadonlySet<number>) =>
      shown(keys.length - distinct.size, keys);
    const within = (keys: Float64Array, set: ReadonlySet<number>) =>
      shown(
        keys.reduce((sum, key) => sum + Number(set.has(key)), 0),
        keys,
      );
    return {
      training: repeats(training, known),
      holdout: holdout && unseen && repeats(holdout, unseen),
      synthetic: repeats(synthetic, new Set(synthetic)),
      syntheticInTraining: within(synthetic, known),
      syntheticInHoldout: unseen && within(synthetic, unseen),
      holdoutInTraining: holdout && within(holdout, known),
    };
  }
}

function shown(count: number, keys: Float64Array): number {
  return Number((shownCount(count) / Math.max(1, keys.length)).toFixed(5));
}
