import type { WholeReport } from '../../src/domain/reports';
import { connect } from '../../src/threads/rpc';
import { JobRunner } from '../../src/threads/run-job';
import type { ThreadSource } from '../../src/threads/thread';
import type { DatabasePeerApi } from '../database/protocol';
import type { SearchApi } from './distances/search-task';
import { evaluate } from './evaluate';
import type { EvaluateRequest, QualityApi } from './protocol';
import type { ColumnSource } from './read-sets';

/** The quality worker's API: one report per job, any number of jobs. */
export class QualityService implements QualityApi {
  readonly #jobs = new JobRunner((event) => this.#events?.postMessage(event));
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

  evaluate(jobId: string, request: EvaluateRequest): Promise<WholeReport> {
    return this.#jobs.run(jobId, 'The report', async (job) => {
      if (!this.#source) throw new Error('The quality worker was asked for a report before it was opened.');
      const step = job.step('CREATE_DATA_REPORT', 'comparisons');
      return evaluate(request, this.#source, job, step, this.#searchers);
    });
  }

  async cancel(jobId: string): Promise<void> {
    this.#jobs.cancel(jobId);
  }
}
