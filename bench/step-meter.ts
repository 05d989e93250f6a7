import type { HeadlessApp } from '../scripts/lib/headless-app';
import { StepClock } from '../scripts/synthesize/job';
import type { Job } from '../src/domain/jobs';
import { type ThreadUse, threadUse } from './thread-time';

const INTERVAL_MS = 200;
/** Threads shown of each step. */
const BUSIEST = 6;

/** Seconds, highest memory and processor time by step of a job in the page. */
export class StepMeter {
  readonly #clock = new StepClock();
  readonly #seconds: Record<string, number> = {};
  readonly #memory = new Map<string, number>();
  readonly #threads = new Map<string, Map<string, ThreadUse>>();
  /** Seconds by step in which threads were looked at. */
  readonly #watched = new Map<string, number>();
  readonly #numbers = new Map<string, number>();
  #last = new Map<string, ThreadUse>();
  #lastLook = performance.now();
  #step = 'start';
  #timer: ReturnType<typeof setInterval> | null = null;

  watch(app: HeadlessApp): void {
    this.#timer = setInterval(() => this.#look(app), INTERVAL_MS);
  }

  update(job: Job): void {
    this.#clock.update(job);
    const running = job.steps.findLast(({ status }) => status === 'IN_PROGRESS');
    if (running) this.#step = running.code.toLowerCase();
  }

  async measure(step: string, work: () => Promise<void>): Promise<void> {
    this.#step = step;
    const started = performance.now();
    await work();
    this.#seconds[step] = (performance.now() - started) / 1000;
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
  }

  /** One line a step; steps that overlap share what is counted under the latest of them. */
  lines(): string[] {
    return Object.entries({ ...this.#clock.seconds(), ...this.#seconds }).map(([step, seconds]) => {
      const memory = this.#memory.get(step);
      const size = memory ? `${Math.round(memory / 2 ** 20)} MiB` : '–';
      return `${step.padEnd(24)}${seconds.toFixed(1).padStart(8)} s${size.padStart(12)}   ${this.#busiest(step)}`;
    });
  }

  #look(app: HeadlessApp): void {
    const memory = app.memory();
    if (!memory) return;
    this.#memory.set(this.#step, Math.max(memory.now, this.#memory.get(this.#step) ?? 0));
    const now = performance.now();
    this.#watched.set(this.#step, (this.#watched.get(this.#step) ?? 0) + (now - this.#lastLook) / 1000);
    this.#lastLook = now;
    const uses = threadUse(memory.pid);
    const spent = this.#threads.get(this.#step) ?? new Map<string, ThreadUse>();
    this.#threads.set(this.#step, spent);
    for (const [id, { time, delay }] of uses) {
      const before = this.#last.get(id);
      const sum = spent.get(id);
      spent.set(id, {
        time: (sum?.time ?? 0) + time - (before?.time ?? 0),
        delay: (sum?.delay ?? 0) + delay - (before?.delay ?? 0),
      });
    }
    this.#last = uses;
  }

  /** Threads in the order in which they are first told of. */
  #numberOf(id: string): number {
    if (!this.#numbers.has(id)) this.#numbers.set(id, this.#numbers.size + 1);
    return this.#numbers.get(id)!;
  }

  /** Processor seconds of each thread and the share of the step in which it had something to do. */
  #busiest(step: string): string {
    const uses = [...(this.#threads.get(step) ?? [])].filter(([, { time }]) => time > 5e7);
    if (uses.length === 0) return '';
    const all = uses.reduce((sum, [, { time }]) => sum + time, 0);
    const list = uses
      .sort(([, a], [, b]) => b.time - a.time)
      .slice(0, BUSIEST)
      .map(([id, { time, delay }]) => {
        const busy = Math.min(1, (time + delay) / 1e9 / (this.#watched.get(step) ?? Number.NaN));
        return `#${this.#numberOf(id)} ${(time / 1e9).toFixed(1)} (${Math.round(100 * busy)} %)`;
      });
    return `${(all / 1e9).toFixed(1)} CPU s: ${list.join(', ')}`;
  }
}
