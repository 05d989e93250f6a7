import { VERSION } from '../../../src/domain/app-version';
import type { Checkpoint } from '../../../src/domain/checkpoints';
import { UserError } from '../../../src/domain/errors';
import { transfer } from '../../../src/threads/rpc';
import type { JobContext } from '../../../src/threads/run-job';
import type { FilesApi } from '../../workspace/protocol';
import { type CheckpointContent, packCheckpoint, unpackCheckpoint } from './checkpoint-file';

/** Seconds from one checkpoint to the next, at least. */
const INTERVAL = 10;
/** The next checkpoint waits so many times as long as the last one kept this thread from its work: at most 2 % of the time. */
const PATIENCE = 50;

/** How far the job is. */
export type Progress = Pick<Checkpoint, 'value' | 'unit'>;

/** What a keeper has of its job. */
export interface KeeperSetup {
  readonly files: Pick<FilesApi, 'create' | 'append' | 'close' | 'read' | 'remove'>;
  readonly job: Pick<JobContext, 'pause' | 'paused'>;
  /** Takes the checkpoint that the job can go on from. */
  readonly tell: (checkpoint: Checkpoint) => void;
  /** Takes a sentence for the person. */
  readonly notice: (sentence: string) => void;
  /** "training": what the file is of. */
  readonly noun: string;
  /** Milliseconds; tests have their own. */
  readonly clock?: () => number;
  readonly app?: string;
}

/**
 * Writes the checkpoints of one job, in the background: at most one in ten seconds, less often where it costs more than 2 % of
 * the time. A disk that is full ends it with a notice; the job goes on.
 */
export class CheckpointKeeper {
  readonly #setup: KeeperSetup;
  readonly #app: string;
  readonly #clock: () => number;
  #next: number;
  #writing: Promise<void> | null = null;
  #hasFailed = false;
  #past: CheckpointContent | null = null;
  #isClosed = false;

  constructor(setup: KeeperSetup) {
    this.#setup = setup;
    this.#app = setup.app ?? VERSION;
    this.#clock = setup.clock ?? (() => performance.now());
    this.#next = this.#clock() + 1000 * INTERVAL;
  }

  /** Reads the checkpoint to go on from. Tells where it cannot be used. */
  async load(checkpoint: Checkpoint | undefined): Promise<void> {
    if (!checkpoint) return;
    const file = checkpoint.files.at(-1);
    const content =
      checkpoint.app === this.#app && file !== undefined ? await this.#read(file).catch(() => null) : null;
    if (!content)
      this.refuse(checkpoint.app === this.#app ? 'cannot be read' : 'is of another version of Doppelgrid');
    this.#past = content;
  }

  /** What the checkpoint holds, once: it may be large. Null = begin. */
  takePast(): CheckpointContent | null {
    const past = this.#past;
    this.#past = null;
    return past;
  }

  /** Tells that the job begins anew. @param why as in "it cannot be read" */
  refuse(why: string): void {
    this.#setup.notice(`The ${this.#setup.noun} begins anew: what had been kept of it ${why}.`);
  }

  /** The person wants the job to end here and to go on later. */
  get isPaused(): boolean {
    return this.#setup.job.pause.aborted;
  }

  /** What a paused job ends with. */
  paused(): UserError {
    return this.#setup.job.paused();
  }

  isDue(): boolean {
    return !this.#writing && !this.#hasFailed && !this.#isClosed && this.#clock() >= this.#next;
  }

  /**
   * Begins to write, after what is being written.
   * @param arrays of the content must not change from now on
   * @param seconds that it took to make the content
   * @param before files, whole already, that the job needs as well
   */
  write(content: CheckpointContent, progress: Progress, seconds = 0, before: readonly string[] = []): void {
    const earlier = this.#writing ?? Promise.resolve();
    const writing = earlier.then(() => this.#write(content, progress, seconds, before));
    this.#writing = writing;
    void writing.then(() => {
      if (this.#writing === writing) this.#writing = null;
    });
  }

  /** Resolves when nothing is being written. */
  async written(): Promise<void> {
    while (this.#writing) await this.#writing;
  }

  /** Ends it: what is being written is not told any more, and removed. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.written();
  }

  async #write(
    content: CheckpointContent,
    progress: Progress,
    seconds: number,
    before: readonly string[],
  ): Promise<void> {
    if (this.#isClosed || this.#hasFailed) return;
    const { files, noun, tell } = this.#setup;
    const started = this.#clock();
    this.#next = started + 1000 * INTERVAL;
    let busy = 1000 * seconds;
    let file: string | null = null;
    try {
      file = await files.create(`${noun}.checkpoint`, 'application/octet-stream');
      let at = this.#clock();
      for (const chunk of packCheckpoint(this.#app, content)) {
        busy += this.#clock() - at;
        await files.append(file, transfer(chunk, [chunk.buffer]));
        if (this.#isClosed) break;
        at = this.#clock();
      }
      if (!this.#isClosed) await files.close(file);
      this.#next = Math.max(this.#next, this.#clock() + PATIENCE * busy);
      if (this.#isClosed) await files.remove(file);
      else tell({ files: [...before, file], app: this.#app, at: Date.now(), ...progress });
    } catch (error) {
      this.#hasFailed = true;
      if (file !== null) await files.remove(file).catch(() => undefined);
      if (!this.#isClosed)
        this.#setup.notice(
          `The ${noun} goes on, but is not kept on the way any more: ${error instanceof UserError ? error.message : 'its file could not be written.'}`,
        );
    }
  }

  async #read(file: string): Promise<CheckpointContent | null> {
    return unpackCheckpoint(this.#app, await this.#setup.files.read(file));
  }
}
