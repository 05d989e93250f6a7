import { transferables } from '../../../src/domain/column-data';
import { transfer } from '../../../src/threads/rpc';
import { analyseTask, type ColumnRows, type ColumnTask, type EncodedColumn, encodeRows } from './column-task';
import type { EncoderConnection, EncoderStarter } from './protocol';

/** A column on its way to its codes. */
export interface ColumnJob {
  readonly task: ColumnTask;
  /** Reads the rows, which are moved to whoever encodes them: again when a helper died with them. */
  read(): Promise<ColumnRows>;
  /** Called between the parts of the work, so that the thread can answer; throws when all is to end. */
  onStage(stage: 'pull' | 'analyse' | 'encode'): Promise<void>;
}

/**
 * Analyses and encodes columns, each on one of several helpers or, where there are none (left), on this thread. The
 * codes are the same wherever they are made.
 */
export class ColumnEncoders {
  readonly #idle: EncoderConnection[];
  readonly #alive: Set<EncoderConnection>;
  readonly #waiting: ((connection: EncoderConnection | null) => void)[] = [];

  /** @param connections running helpers, which this ends; none = this thread alone */
  constructor(connections: readonly EncoderConnection[]) {
    this.#idle = [...connections];
    this.#alive = new Set(connections);
    for (const connection of connections) connection.failed.catch(() => this.#bury(connection));
  }

  /** Encodes one column: several calls go side by side. @throws UserError as `analyseColumn` or what `job` throws */
  async encode(job: ColumnJob): Promise<EncodedColumn> {
    for (;;) {
      const rows = await job.read();
      await job.onStage('pull');
      const helper = await this.#take();
      if (!helper) return encodeHere(job, rows);
      try {
        const { training, validation } = rows;
        const sent = transfer(rows, transferables([training, validation]));
        const encoded = await Promise.race([helper.api.encode(job.task, sent), helper.failed]);
        await job.onStage('analyse');
        await job.onStage('encode');
        return encoded;
      } catch (error) {
        if (this.#alive.has(helper)) throw error;
      } finally {
        this.#giveBack(helper);
      }
    }
  }

  /** Ends the helpers; columns under way never settle. */
  dispose(): void {
    for (const connection of this.#alive) connection.terminate();
    this.#alive.clear();
    this.#idle.length = 0;
  }

  /** @returns null when there are no helpers (left) */
  #take(): Promise<EncoderConnection | null> {
    const connection = this.#idle.pop();
    if (connection || this.#alive.size === 0) return Promise.resolve(connection ?? null);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #giveBack(connection: EncoderConnection): void {
    if (!this.#alive.has(connection)) return;
    const next = this.#waiting.shift();
    if (next) next(connection);
    else this.#idle.push(connection);
  }

  #bury(connection: EncoderConnection): void {
    if (!this.#alive.delete(connection)) return;
    connection.terminate();
    const place = this.#idle.indexOf(connection);
    if (place >= 0) this.#idle.splice(place, 1);
    if (this.#alive.size === 0) for (const next of this.#waiting.splice(0)) next(null);
  }
}

async function encodeHere({ task, onStage }: ColumnJob, rows: ColumnRows): Promise<EncodedColumn> {
  const encoding = analyseTask(task, rows);
  await onStage('analyse');
  const encoded = encodeRows(encoding, rows);
  await onStage('encode');
  return encoded;
}

/** Starts helpers side by side and takes those that come up. */
export async function openEncoders(count: number, start: EncoderStarter): Promise<ColumnEncoders> {
  const settled = await Promise.allSettled(Array.from({ length: count }, async () => start()));
  return new ColumnEncoders(
    settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])),
  );
}
