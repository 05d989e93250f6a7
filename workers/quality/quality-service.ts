import type { AuditOutcome } from '../../src/domain/model-audit';
import type { ModelScores } from '../../src/domain/model-scores';
import type { WholeReport } from '../../src/domain/reports';
import { connect } from '../../src/threads/rpc';
import { JobRunner } from '../../src/threads/run-job';
import type { ThreadSource } from '../../src/threads/thread';
import type { DatabasePeerApi } from '../database/protocol';
import { auditFigures } from './attacks/audit-figures';
import { evaluate } from './evaluate';
import { Pacer } from './pacing';
import type { EvaluateRequest, QualityApi } from './protocol';
import type { ColumnSource } from './read-sets';
import type { ReportThreadApi } from './report-thread-api';

/** The quality worker's API: one report per job, any number of jobs. */
export class QualityService implements QualityApi {
  readonly #jobs = new JobRunner((event) => this.#events?.postMessage(event));
  #source: ColumnSource | null = null;
  #events: MessagePort | null = null;
  readonly #threads: ThreadSource<ReportThreadApi> | null;

  /** @param threads threads for what takes longest; null = this thread alone */
  constructor(threads: ThreadSource<ReportThreadApi> | null = null) {
    this.#threads = threads;
  }

  async open(ports: { database: MessagePort; events: MessagePort }): Promise<void> {
    this.#source = connect<DatabasePeerApi>(ports.database);
    this.#events = ports.events;
  }

  evaluate(jobId: string, request: EvaluateRequest): Promise<WholeReport> {
    return this.#jobs.run(jobId, 'The report', async (job) => {
      if (!this.#source) throw new Error('The quality worker was asked for a report before it was opened.');
      const step = job.step('CREATE_DATA_REPORT', 'comparisons');
      return evaluate(request, this.#source, job, step, this.#threads);
    });
  }

  auditFigures(jobId: string, scores: ModelScores, seed: number): Promise<AuditOutcome> {
    return this.#jobs.run(jobId, 'The report', async (job) => {
      const step = job.step('CREATE_DATA_REPORT', 'comparisons');
      return auditFigures(scores, seed, new Pacer(job, step));
    });
  }

  async cancel(jobId: string): Promise<void> {
    this.#jobs.cancel(jobId);
  }
}
