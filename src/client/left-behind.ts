import { hasDatasetToCome } from '../domain/generators';
import { isUnderWay, type Job } from '../domain/job';
import { endedJob, newJob, onHold } from '../domain/job-changes';
import { onlyTable } from '../domain/only-table';
import type { ClientContext } from './context';
import type { InterruptedJobs } from './interrupted-jobs';
import { takeUpJob } from './job-lock';

/** A page that was opened within so many milliseconds of another one's end comes after it, as when it is loaded again. */
const BESIDE_MS = 1000;

/**
 * The jobs of pages that are closed. One page of those that were open beside it takes a job up; where there was none, it is
 * put on hold, to be resumed by the person. What had been finished is finished.
 */
export class LeftBehind {
  readonly #context: ClientContext;
  readonly #interrupted: Omit<InterruptedJobs, 'resume'>;
  /** By kind and id of a record that says that something is under way, or to follow: the page that wrote it. */
  readonly #writers = new Map<string, string>();
  readonly #followed = new Set<string>();
  #opened = Number.POSITIVE_INFINITY;

  constructor(context: ClientContext, interrupted: Omit<InterruptedJobs, 'resume'>) {
    this.#context = context;
    this.#interrupted = interrupted;
  }

  /** This page has begun to look. */
  open(): void {
    this.#opened = performance.now();
  }

  /** Takes note of a record that says that something is under way, or to follow. */
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
    const goOnAfter = (id: string) =>
      generators.has(id) && hasDatasetToCome(generators.get(id)) && isLeft(`generator/${id}`)
        ? this.#goOnAfter(id, wasBeside)
        : undefined;
    for (const job of jobs.known.list()) {
      if (!isUnderWay(job.status) || !isLeft(`job/${job.id}`) || jobs.isHere(job.id)) continue;
      const isHeld = takeUpJob(globalThis.navigator?.locks, job.id, async () => {
        // Another page may have had it since.
        const now = jobs.known.find(job.id);
        const isStillLeft = now && isUnderWay(now.status) && isLeft(`job/${job.id}`);
        return isStillLeft && !jobs.isHere(job.id) ? this.#settle(now) : false;
      });
      isHeld
        .then((held) => {
          if (held) return wasBeside ? this.#interrupted.goOn(jobs.known.get(job.id)) : undefined;
          return job.kind === 'training' ? goOnAfter(job.resource.id) : undefined;
        })
        .catch(() => undefined);
    }
    for (const { id } of generators.list()) goOnAfter(id)?.catch(() => undefined);
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

  /** Creates what was to follow a training that has ended; in one page. It goes on there as what the closed page ran does. */
  async #goOnAfter(generatorId: string, wasBeside: boolean): Promise<void> {
    const { jobs, keeper } = this.#context;
    const held = await takeUpJob(globalThis.navigator?.locks, `after-${generatorId}`, async () => {
      const dataset = this.#interrupted.follow(generatorId);
      if (!dataset) return null;
      const { id, config } = dataset;
      const resource = { kind: 'synthetic-dataset', id, name: config.name } as const;
      const job = onHold(newJob({ kind: 'generation', resource }), INTERRUPTED, Date.now());
      this.#holdGeneration(id, INTERRUPTED);
      jobs.replace(job);
      await keeper.flush();
      return job;
    });
    if (held && wasBeside) await this.#interrupted.goOn(held);
  }

  /** Says what has become of a job. @returns whether it is on hold */
  #settle(job: Job): boolean {
    const { datasets, generators, jobs, keeper } = this.#context;
    const { kind, resource } = job;
    const endedAt = keeper.times({ kind: 'job', id: job.id })?.updatedAt ?? Date.now();
    if (this.#isFinished(job)) {
      jobs.replace(endedJob(job, 'DONE', null, endedAt));
      const over = { error: null, checkpoint: undefined } as const;
      if (kind === 'training') generators.patch(resource.id, { ...over, trainingStatus: 'DONE' });
      if (kind === 'generation') datasets.patch(resource.id, { ...over, generationStatus: 'DONE' });
      return false;
    }
    if (!this.#interrupted.canResume(job)) {
      jobs.replace(endedJob(job, 'FAILED', CUT_SHORT[kind] ?? ENDED_EARLY, endedAt));
      return false;
    }
    jobs.replace(onHold(job, INTERRUPTED, endedAt));
    if (kind === 'training') this.#holdTraining(resource.id, INTERRUPTED);
    if (kind === 'generation') this.#holdGeneration(resource.id, INTERRUPTED);
    return true;
  }

  /** Whether what a job was to make is there. */
  #isFinished({ kind, resource: { id }, asked, createdAt }: Job): boolean {
    const { datasets, generators, projects, reports } = this.#context;
    if (asked?.kind === 'archive') return generators.has(id) || projects.has(id);
    if (kind === 'import') return asked !== undefined && 'isRead' in asked && asked.isRead === true;
    if (kind === 'training') return generators.has(id) && this.#isTrained(id);
    if (kind === 'generation') return datasets.has(id) && this.#isGenerated(id);
    if (kind !== 'report') return false;
    const made = reports.list().filter((report) => Date.parse(report.createdAt) >= createdAt);
    const isWritten = (of: string, evaluated: boolean) =>
      made.some(
        (report) => report.syntheticDatasetId === of && (report.evaluated !== undefined) === evaluated,
      );
    return asked?.kind === 'evaluation'
      ? asked.config.synthetic.every((rows) => isWritten(rows.id, true))
      : isWritten(id, false);
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

/** Of jobs that cannot go on, by their kind; an import whose file had not been copied. */
const CUT_SHORT: Partial<Record<Job['kind'], string>> = {
  import: 'The page was closed before the file had been copied. Bring it in again.',
  rules:
    'The page was closed before the search had ended. It begins anew on the page of its generator, and with its training.',
  probe: 'The page was closed before the rows had been drawn. They are kept nowhere: ask for them again.',
};
const ENDED_EARLY = 'The page was closed before it had ended.';
/** Of a job that no person paused. */
const INTERRUPTED = 'It was interrupted: its page was closed.';
