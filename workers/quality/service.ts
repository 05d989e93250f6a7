import type { ProgressStatus, ProgressStep } from '../../src/domain/progress';
import type { Report } from '../../src/domain/reports';
import { connect } from '../../src/threads/rpc';
import type { ThreadSource } from '../../src/threads/thread';
import type { DatabasePeerApi } from '../database/protocol';
import type { SearchApi } from './distances/search-task';
import { evaluate } from './evaluate';
import type { EvaluateRequest, QualityApi, QualityEvent } from './protocol';
import type { ColumnSource } from './read-sets';

/** The quality worker's API: one report per job, any number of jobs. */
export class QualityService implements QualityApi {
  readonly #jobs = new Map<string, AbortController>();
  #source: ColumnSource | null = null;
  #events: MessagePort | null = null;
  readonly #searchers: ThreadSource<SearchApi> | null;

  /** @param searchers threads for what takes longest; null = this thread alone */
  constructor(searchers: ThreadSource<SearchApi> | null = null) {
    this.#searchers = searchers;
  }

  async open(ports: { database: MessagePort; events: MessagePort }): Promise<void> {
    this.#source = connect<DatabasePeerApi>(ports.database);
    this.#events = ports.events;
  }

  async evaluate(jobId: string, request: EvaluateRequest): Promise<Report> {
    if (!this.#source) throw new Error('The quality worker was asked for a report before it was opened.');
    const controller = new AbortController();
    this.#jobs.set(jobId, controller);
    const progress = new StepReporter(jobId, (event) => this.#events?.postMessage(event));
    try {
      progress.report('IN_PROGRESS', 0, null);
      const hooks = {
        signal: controller.signal,
        onProgress: (done: number, total: number) => progress.report('IN_PROGRESS', done, total),
      };
      const report = await evaluate(request, this.#source, hooks, this.#searchers);
      progress.finish('DONE');
      return report;
    } catch (error) {
      progress.finish(controller.signal.aborted ? 'CANCELED' : 'FAILED');
      throw error;
    } finally {
      this.#jobs.delete(jobId);
    }
  }

  async cancel(jobId: string): Promise<void> {
    this.#jobs.get(jobId)?.abort();
  }
}

/** Turns progress into the step events of one job. */
class StepReporter {
  readonly #jobId: string;
  readonly #post: (event: QualityEvent) => void;
  readonly #started = performance.now();
  #value = 0;
  #max: number | null = null;

  constructor(jobId: string, post: (event: QualityEvent) => void) {
    this.#jobId = jobId;
    this.#post = post;
  }

  report(status: ProgressStatus, value: number, max: number | null): void {
    this.#value = value;
    this.#max = max === 0 ? null : max;
    const elapsed = (performance.now() - this.#started) / 1000;
    const known = status === 'IN_PROGRESS' && this.#max !== null && value > 0;
    const step: ProgressStep = {
      code: 'CREATE_DATA_REPORT',
      status,
      value,
      max: this.#max,
      unit: 'comparisons',
      elapsed,
      remaining: known ? (elapsed / value) * (this.#max! - value) : null,
    };
    this.#post({ type: 'step', jobId: this.#jobId, step });
  }

  finish(status: 'DONE' | 'FAILED' | 'CANCELED'): void {
    this.report(status, status === 'DONE' ? (this.#max ?? 0) : this.#value, this.#max);
  }
}
