import { type ColumnSchema, columnLength } from '../../../src/domain/column-data';
import { canceledError } from '../../../src/domain/errors';
import { RandomStream } from '../../../src/domain/random';
import type { RowSelection } from '../../../src/domain/split';
import type { DatabasePeerApi } from '../../database/protocol';
import { ColumnEncoders, openEncoders } from './column-encoders';
import type { ColumnRows, ColumnTask, EncodedColumn } from './column-task';
import { encoderCount } from './encoder-count';
import type { EncoderSupply } from './protocol';

/** Rows that early stopping judges by, at most (docs/model.md, Validation and early stopping). */
const MOST_VALIDATION_ROWS = 5000;

/** A column of a source that is to be encoded. */
export interface Feature {
  readonly schema: ColumnSchema;
  readonly task: ColumnTask;
}

export interface EncodeHooks {
  readonly cancel: AbortSignal;
  /** Lets the thread answer messages. */
  pause(): Promise<void>;
  /** Columns pulled, analysed and encoded so far, out of all modelled. */
  onColumns(stage: 'pull' | 'analyse' | 'encode', done: number, total: number): void;
}

export interface ColumnSource {
  readonly peer: Pick<DatabasePeerApi, 'readParts'>;
  readonly tableId: string;
  /** `part: 'training'` */
  readonly rows: RowSelection;
  /** Rows that take part, to judge whether helpers pay. */
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
  features: readonly Feature[],
  source: ColumnSource,
  hooks: EncodeHooks,
  supply: EncoderSupply | null,
  threads: number | null,
): Promise<EncodedColumn[]> {
  const count = supply ? encoderCount(source.rowCount, features.length, supply.cores, threads) : 0;
  const opening = count > 0 ? openEncoders(count, supply!.start) : Promise.resolve(new ColumnEncoders([]));
  const encoded: EncodedColumn[] = [];
  const done = { pull: 0, analyse: 0, encode: 0 };
  const chosen = new ValidationSample(source.rows.seed);
  const ending = new Ending(hooks.cancel);
  let next = 0;
  const lane = async () => {
    const encoders = await opening;
    while (next < features.length) {
      const index = next++;
      const { schema, task } = features[index]!;
      const passed = new Set<string>();
      encoded[index] = await encoders.encode({
        task,
        read: () => readRows(source, schema.name, chosen),
        onStage: async (stage) => {
          ending.check();
          // A column that is read again is not counted again.
          if (!passed.has(stage)) hooks.onColumns(stage, ++done[stage], features.length);
          passed.add(stage);
          await hooks.pause();
          ending.check();
        },
      });
    }
  };
  try {
    const lanes = Math.min(Math.max(1, count) + 1, features.length);
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

async function readRows(
  { peer, tableId, rows }: ColumnSource,
  column: string,
  sample: ValidationSample,
): Promise<ColumnRows> {
  const parts = await peer.readParts(tableId, column, [rows, { ...rows, part: 'validation' }]);
  const [training, validation] = [parts[0]!, parts[1]!];
  return { training, validation, chosen: sample.of(columnLength(validation)) };
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
