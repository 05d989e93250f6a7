import { concatBytes } from '@noble/hashes/utils.js';
import { memoryLimit, usedBytes } from '../duckdb/memory';
import type { SqlEngine } from '../duckdb/sql';
import { JOINED_ROWS } from '../formats/table-format';
import { MemoryFullError } from './too-large';

/** Part of the memory that rows may fill as text. */
const MAX_FILLED = 0.88;
/** Memory that typing takes, in columns: one is converted at a time, and the longest is longer than the mean. */
const COLUMNS_BESIDE = 1.5;
/** Single batches from one look at the memory to the next. */
const LOOK_EVERY = 2;
/** Part of the memory that rows which wait to be joined may take. */
const MAX_WAITING = 1 / 64;

/** Appends Arrow batches to a table while the next are made, and stops while there is memory left. */
export class RowInserter {
  readonly #sql: SqlEngine;
  readonly #table: string;
  readonly #limit: number;
  readonly #maxWaiting: number;
  #announced = 0;
  #inserted = 0;
  #waiting: Uint8Array[] = [];
  #waitingRows = 0;
  #waitingBytes = 0;
  #inserting: Promise<void> = Promise.resolve();

  private constructor(sql: SqlEngine, table: string, memory: number, columns: number) {
    this.#sql = sql;
    this.#table = table;
    this.#limit = memory * Math.min(MAX_FILLED, columns / (columns + COLUMNS_BESIDE));
    this.#maxWaiting = memory * MAX_WAITING;
  }

  /** @param columns of the table, which is there */
  static async open(sql: SqlEngine, table: string, columns: number): Promise<RowInserter> {
    return new RowInserter(sql, table, await memoryLimit(sql), columns);
  }

  /**
   * Takes the next batch: an Arrow IPC stream of the table's columns.
   * @throws MemoryFullError when the batches before filled the memory, and what DuckDB said to them
   */
  async add(ipc: Uint8Array, rows: number): Promise<void> {
    this.#announced++;
    this.#waiting.push(ipc);
    this.#waitingRows += rows;
    this.#waitingBytes += ipc.length;
    if (this.#waitingRows >= JOINED_ROWS || this.#waitingBytes > this.#maxWaiting) await this.#flush();
  }

  /** Resolves when all batches are in. @throws as `add` */
  async finish(): Promise<void> {
    await this.#flush();
    await this.#inserting;
  }

  /** Waits for what is under way, whatever becomes of it. */
  async abandon(): Promise<void> {
    await this.#inserting.catch(() => undefined);
  }

  async #flush(): Promise<void> {
    await this.#inserting;
    const batches = this.#waiting;
    const isJoined = this.#waitingRows >= JOINED_ROWS;
    this.#waiting = [];
    this.#waitingRows = 0;
    this.#waitingBytes = 0;
    this.#inserting = isJoined ? this.#insert(joined(batches), batches.length) : this.#insertEach(batches);
    // Awaited in the next round; until then a failure must not count as unhandled.
    this.#inserting.catch(() => undefined);
  }

  async #insertEach(batches: readonly Uint8Array[]): Promise<void> {
    for (const batch of batches) await this.#insert(batch, 1);
  }

  async #insert(ipc: Uint8Array, batches: number): Promise<void> {
    await this.#sql.insertArrow(ipc, this.#table, false);
    this.#inserted += batches;
    if (batches === 1 && this.#inserted % LOOK_EVERY !== 0) return;
    if ((await usedBytes(this.#sql)) > this.#limit) {
      throw new MemoryFullError(this.#inserted / this.#announced);
    }
  }
}

/** What ends an Arrow IPC stream: the mark of a message and its length, 0. */
const END_BYTES = 8;

/** Streams of the same columns as one: the first message of each is the schema. */
function joined(streams: readonly Uint8Array[]): Uint8Array {
  const [first] = streams as [Uint8Array];
  if (streams.length === 1) return first;
  const schemaBytes = 8 + new DataView(first.buffer, first.byteOffset).getInt32(4, true);
  return concatBytes(
    ...streams.map((stream, i) => stream.subarray(i === 0 ? 0 : schemaBytes, -END_BYTES)),
    first.subarray(-END_BYTES),
  );
}
