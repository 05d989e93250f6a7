import { canceledError } from '../../src/domain/errors';
import type { ProgressStep } from '../../src/domain/progress';
import type { DatabaseEvent } from './protocol';

/** One running job: whether it has been cancelled, and how it reports its step. */
export interface Job {
  /** @throws UserError `canceled` once the person has asked for it */
  readonly checkpoint: () => void;
  readonly isCanceled: () => boolean;
  /** Reports how far the step is. */
  readonly progress: (value: number) => void;
}

interface StepPlan {
  readonly code: ProgressStep['code'];
  readonly unit: ProgressStep['unit'];
  readonly max: number | null;
  /** "Reading census.csv": the subject of the sentence that a cancelled job ends with. */
  readonly what: string;
}

/** Jobs by id, with their cancellation flags. A job cancelled before it starts ends at its first checkpoint. */
export class Jobs {
  readonly #canceled = new Set<string>();
  readonly #running = new Set<string>();
  readonly #emit: (event: DatabaseEvent) => void;

  constructor(emit: (event: DatabaseEvent) => void) {
    this.#emit = emit;
  }

  cancel(jobId: string): void {
    if (this.#running.has(jobId)) this.#canceled.add(jobId);
  }

  /** Runs `work` as the only step of a job and reports its end, however it ends. */
  async run<T>(jobId: string, plan: StepPlan, work: (job: Job) => Promise<T>): Promise<T> {
    const started = performance.now();
    let value = 0;
    const report = (status: ProgressStep['status']) => {
      const elapsed = (performance.now() - started) / 1000;
      const remaining =
        plan.max === null || value === 0 || status !== 'IN_PROGRESS'
          ? null
          : (elapsed * (plan.max - value)) / value;
      const { code, max, unit } = plan;
      this.#emit({ type: 'step', jobId, step: { code, status, value, max, unit, elapsed, remaining } });
    };
    this.#running.add(jobId);
    report('IN_PROGRESS');
    const isCanceled = () => this.#canceled.has(jobId);
    try {
      const result = await work({
        isCanceled,
        checkpoint: () => {
          if (isCanceled()) throw canceledError(plan.what);
        },
        progress: (now) => {
          value = Math.round(now);
          report('IN_PROGRESS');
        },
      });
      if (plan.max !== null) value = plan.max;
      report('DONE');
      return result;
    } catch (error) {
      report(isCanceled() ? 'CANCELED' : 'FAILED');
      throw error;
    } finally {
      this.#running.delete(jobId);
      this.#canceled.delete(jobId);
    }
  }
}
