import { type ColumnData, columnLength } from '../../../src/domain/column-data';
import { canceledError } from '../../../src/domain/errors';
import { RandomStream } from '../../../src/domain/random';
import { ColumnEncoders, openEncoders } from './column-encoders';
import type { ColumnTask, EncodedColumn } from './column-task';
import { encoderCount } from './encoder-count';
import type { EncoderSupply } from './protocol';

/** Rows that early stopping judges by, at most (docs/model.md, Validation and early stopping). */
const MOST_VALIDATION_ROWS = 5000;

export interface EncodeHooks {
  readonly cancel: AbortSignal;
  /** Lets the thread answer messages. */
  pause(): Promise<void>;
  /** Columns pulled, analysed and encoded so far, out of all modelled. */
  onColumns(stage: 'pull' | 'analyse' | 'encode', done: number, total: number): void;
}

export interface ColumnSource {
  /** Values of the training rows and of the rows held back, of one of the features. */
  read(index: number): Promise<{ readonly training: ColumnData; readonly validation: ColumnData }>;
  readonly randomState: number;
  /** Rows that take part: whether helpers pay. */
  readonly rowCount: number;
}

/**
 * Reads, analyses and encodes columns: as many side by side as there are helpers, while one more is read.
 * @param supply null = this thread alone
 * @param threads helpers as a person chose, null = automatic
 * @returns one entry a feature, the same for any number of helpers
 * @throws UserError `canceled` at once, whatever the helpers are at; `config/invalid`
 */
export async function encodeColumns(
  tasks: readonly ColumnTask[],
  source: ColumnSource,
  hooks: EncodeHooks,
  supply: EncoderSupply | null,
  threads: number | null,
): Promise<EncodedColumn[]> {
  const count = supply ? encoderCount(source.rowCount, tasks.length, supply.cores, threads) : 0;
  const opening = count > 0 ? openEncoders(count, supply!.start) : Promise.resolve(new ColumnEncoders([]));
  const encoded: EncodedColumn[] = [];
  const done = { pull: 0, analyse: 0, encode: 0 };
  const chosen = new ValidationSample(source.randomState);
  const ending = new Ending(hooks.cancel);
  let next = 0;
  const lane = async () => {
    const encoders = await opening;
    while (next < tasks.length) {
      const index = next++;
      const task = tasks[index]!;
      const passed = new Set<string>();
      encoded[index] = await encoders.encode({
        task,
        read: async () => {
          const { training, validation } = await source.read(index);
          return { training, validation, chosen: chosen.of(columnLength(validation)) };
        },
        onStage: async (stage) => {
          ending.check();
          // A column that is read again is not counted again.
          if (!passed.has(stage)) hooks.onColumns(stage, ++done[stage], tasks.length);
          passed.add(stage);
          await hooks.pause();
          ending.check();
        },
      });
    }
  };
  try {
    const lanes = Math.min(Math.max(1, count) + 1, tasks.length);
    await Promise.race([Promise.all(Array.from({ length: lanes }, lane)), ending.canceled]);
    return encoded;
  } finally {
    ending.end();
    void opening.then((encoders) => encoders.dispose());
  }
}

/** Whether the work is over: cancelled, failed or done. */
class Ending {
  readonly canceled: Promise<never>;
  readonly #cancel: AbortSignal;
  #reject: (reason: Error) => void = () => undefined;
  #over = false;

  constructor(cancel: AbortSignal) {
    this.#cancel = cancel;
    this.canceled = new Promise((_, reject) => {
      this.#reject = reject;
    });
    this.canceled.catch(() => undefined);
    cancel.addEventListener('abort', this.#abort);
    if (cancel.aborted) this.#abort();
  }

  /** Ends the columns that are still under way. */
  check(): void {
    if (this.#over || this.#cancel.aborted) throw canceledError('The training');
  }

  end(): void {
    this.#over = true;
    this.#cancel.removeEventListener('abort', this.#abort);
  }

  readonly #abort = (): void => this.#reject(canceledError('The training'));
}

/** The same validation rows for every column: all, or an even draw of at most 5,000. */
class ValidationSample {
  readonly #seed: number;
  #drawn: { readonly of: number; readonly rows: Uint32Array } | null = null;

  constructor(seed: number) {
    this.#seed = seed;
  }

  of(rows: number): Uint32Array {
    if (this.#drawn?.of !== rows) {
      const order = new RandomStream(this.#seed, 'early stopping').permutation(rows);
      this.#drawn = { of: rows, rows: order.slice(0, MOST_VALIDATION_ROWS) };
    }
    return this.#drawn.rows;
  }
}
