import { isUnderWay, type Job } from '../domain/job';
import { endedJob, onHold } from '../domain/job-changes';
import { onlyTable } from '../domain/only-table';
import type { ClientContext } from './context';
import { takeUpJob } from './job-lock';

/** A page that was opened within so many milliseconds of another one's end comes after it, as when it is loaded again. */
const BESIDE_MS = 1000;

/** How a closed page's jobs go on here. */
export interface Resumers {
  train(id: string): Promise<unknown>;
  generate(id: string): Promise<unknown>;
}

/**
 * The jobs of pages that are closed. One page of those that were open beside it takes a job up; where there was none, it is
 * put on hold, to be resumed by the person. What had been finished is finished.
 */
export class LeftBehind {
  readonly #context: ClientContext;
  readonly #resumers: Resumers;
  /** By kind and id of a record that says that something is under way: the page that wrote it. */
  readonly #writers = new Map<string, string>();
  readonly #followed = new Set<string>();
  #opened = Number.POSITIVE_INFINITY;

  constructor(context: ClientContext, resumers: Resumers) {
    this.#context = context;
    this.#resumers = resumers;
  }

  /** This page has begun to look. */
  open(): void {
    this.#opened = performance.now();
  }

  /** Takes note of a record that says that something is under way. */
  follow(key: string, writer: string): void {
    this.#writers.set(key, writer);
    if (this.#followed.has(writer)) return;
    this.#followed.add(writer);
    const closed = this.#context.workers.workspace().then((workspace) => workspace.whenClosed(writer));
    closed.then(
      () => {
        this.#followed.delete(writer);
        this.#end(writer, performance.now() - this.#opened > BESIDE_MS);
      },
      () => this.#followed.delete(writer),
    );
  }

  /** @param wasBeside whether this page had been open when that one was closed */
  #end(writer: string, wasBeside: boolean): void {
    const { datasets, generators, jobs } = this.#context;
    const isLeft = (key: string) => this.#writers.get(key) === writer;
    for (const job of jobs.known.list()) {
      if (!isUnderWay(job.status) || !isLeft(`job/${job.id}`) || jobs.isHere(job.id)) continue;
      const isHeld = takeUpJob(globalThis.navigator?.locks, job.id, async () => {
        // Another page may have had it since.
        const now = jobs.known.find(job.id);
        const isStillLeft = now && isUnderWay(now.status) && isLeft(`job/${job.id}`);
        return isStillLeft && !jobs.isHere(job.id) ? this.#settle(now) : false;
      });
      isHeld.then((held) => (held && wasBeside ? this.#goOn(job) : undefined)).catch(() => undefined);
    }
    // Of earlier versions, and where the record of the job is gone.
    for (const { id, trainingStatus } of generators.list())
      if (isUnderWay(trainingStatus) && isLeft(`generator/${id}`) && !jobs.known.latest('training', id))
        this.#holdTraining(id, INTERRUPTED);
    for (const { id, generationStatus } of datasets.list())
      if (
        isUnderWay(generationStatus) &&
        isLeft(`synthetic-dataset/${id}`) &&
        !jobs.known.latest('generation', id)
      )
        this.#holdGeneration(id, INTERRUPTED);
  }

  #goOn({ kind, resource }: Job): Promise<unknown> {
    return kind === 'training' ? this.#resumers.train(resource.id) : this.#resumers.generate(resource.id);
  }

  /** Says what has become of a job. @returns whether it is on hold */
  #settle(job: Job): boolean {
    const { datasets, generators, jobs, keeper } = this.#context;
    const { kind, resource } = job;
    const endedAt = keeper.times({ kind: 'job', id: job.id })?.updatedAt ?? Date.now();
    const isThere =
      (kind === 'training' && generators.has(resource.id)) ||
      (kind === 'generation' && datasets.has(resource.id));
    if (!isThere) {
      jobs.replace(endedJob(job, 'FAILED', 'The page was closed before it had ended.', endedAt));
      return false;
    }
    if (kind === 'training' ? this.#isTrained(resource.id) : this.#isGenerated(resource.id)) {
      jobs.replace(endedJob(job, 'DONE', null, endedAt));
      if (kind === 'training')
        generators.patch(resource.id, { trainingStatus: 'DONE', error: null, checkpoint: undefined });
      else datasets.patch(resource.id, { generationStatus: 'DONE', error: null, checkpoint: undefined });
      return false;
    }
    jobs.replace(onHold(job, INTERRUPTED, endedAt));
    if (kind === 'training') this.#holdTraining(resource.id, INTERRUPTED);
    else this.#holdGeneration(resource.id, INTERRUPTED);
    return true;
  }

  #isTrained(id: string): boolean {
    const { summary, tables } = this.#context.generators.get(id);
    return summary !== null && tables.every(({ model }) => model);
  }

  /** With its report, if there is to be one. */
  #isGenerated(id: string): boolean {
    const { config, reportId, summary, tables } = this.#context.datasets.get(id);
    const { enableDataReport } = onlyTable(config).configuration;
    return (
      summary !== null && tables.every(({ stored }) => stored) && (!enableDataReport || reportId !== null)
    );
  }

  #holdTraining(id: string, error: string): void {
    this.#context.generators.patch(id, { trainingStatus: 'ON_HOLD', error });
  }

  #holdGeneration(id: string, error: string): void {
    this.#context.datasets.patch(id, { generationStatus: 'ON_HOLD', error });
  }
}

/** Of a job that no person paused. */
const INTERRUPTED = 'It was interrupted: its page was closed.';
