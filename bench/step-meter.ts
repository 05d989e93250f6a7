import type { HeadlessApp } from '../scripts/lib/headless-app';
import { StepClock } from '../scripts/synthesize/job';
import type { JobProgress } from '../src/domain/progress';
import { threadTimes } from './thread-time';

const INTERVAL_MS = 200;
/** Threads shown of each step. */
const BUSIEST = 6;

/** Seconds, highest memory and processor time by step of a job in the page. */
export class StepMeter {
  readonly #clock = new StepClock();
  readonly #seconds: Record<string, number> = {};
  readonly #memory = new Map<string, number>();
  readonly #threads = new Map<string, Map<string, number>>();
  #last = new Map<string, number>();
  #step = 'start';
  #timer: ReturnType<typeof setInterval> | null = null;

  watch(app: HeadlessApp): void {
    this.#timer = setInterval(() => this.#look(app), INTERVAL_MS);
  }

  update(progress: JobProgress): void {
    this.#clock.update(progress);
    const running = progress.steps.findLast(({ status }) => status === 'IN_PROGRESS');
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
    const times = threadTimes(memory.pid);
    const spent = this.#threads.get(this.#step) ?? new Map<string, number>();
    this.#threads.set(this.#step, spent);
    for (const [id, time] of times) {
      spent.set(id, (spent.get(id) ?? 0) + time - (this.#last.get(id) ?? 0));
    }
    this.#last = times;
  }

  #busiest(step: string): string {
    const times = [...(this.#threads.get(step) ?? [])].filter(([, time]) => time > 5e7);
    if (times.length === 0) return '';
    const all = times.reduce((sum, [, time]) => sum + time, 0);
    const top = times.sort((a, b) => b[1] - a[1]).slice(0, BUSIEST);
    const first = Number([...this.#last.keys()][0] ?? 0);
    const list = top.map(([id, time]) => `#${Number(id) - first} ${(time / 1e9).toFixed(1)}`);
    return `${(all / 1e9).toFixed(1)} CPU s: ${list.join(', ')}`;
  }
}
