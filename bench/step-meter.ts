import { readdirSync, readFileSync } from 'node:fs';
import type { HeadlessApp } from '../scripts/lib/headless-app';
import { StepClock } from '../scripts/synthesize/job';
import type { Job } from './engine';
import { mebibytes } from './terminal';

const INTERVAL_MS = 200;

/** What was used during a step so far. */
interface Use {
  memory: number;
  /** Seconds of the processor by thread. */
  readonly threads: Map<string, number>;
}

/** Seconds, highest memory and processor time by step of a job in the page. */
export class StepMeter {
  readonly #clock = new StepClock();
  readonly #seconds: Record<string, number> = {};
  readonly #uses = new Map<string, Use>();
  #last = new Map<string, number>();
  #step = 'start';
  #timer: ReturnType<typeof setInterval> | undefined;

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
    clearInterval(this.#timer);
  }

  /** One line a step; steps that overlap share what is counted under the latest of them. */
  lines(): string[] {
    return Object.entries({ ...this.#clock.seconds(), ...this.#seconds }).map(([step, seconds]) => {
      const use = this.#uses.get(step);
      const times = [...(use?.threads.values() ?? [])].sort((a, b) => b - a);
      const all = times.reduce((sum, time) => sum + time, 0);
      const threads = times.filter((time) => time >= 0.05).slice(0, 6);
      const busiest = threads.map((time) => time.toFixed(1)).join(', ');
      const cpu = busiest && `   ${all.toFixed(1)} CPU s, of threads ${busiest}`;
      const memory = use ? mebibytes(use.memory) : '–';
      return `${step.padEnd(24)}${seconds.toFixed(1).padStart(8)} s${memory.padStart(12)}${cpu}`;
    });
  }

  #look(app: HeadlessApp): void {
    const memory = app.memory();
    if (!memory) return;
    const use = this.#uses.get(this.#step) ?? { memory: 0, threads: new Map() };
    this.#uses.set(this.#step, use);
    use.memory = Math.max(use.memory, memory.now);
    const times = threadTimes(memory.pid);
    for (const [id, time] of times) {
      use.threads.set(id, (use.threads.get(id) ?? 0) + time - (this.#last.get(id) ?? 0));
    }
    this.#last = times;
  }
}

/** Processor seconds so far of every thread of a process; empty where the system does not tell (it is Linux that does). */
function threadTimes(pid: number): Map<string, number> {
  const tasks = `/proc/${pid}/task`;
  try {
    return new Map(
      readdirSync(tasks).map((id) => [
        id,
        Number(readFileSync(`${tasks}/${id}/schedstat`, 'utf8').split(' ')[0]) / 1e9,
      ]),
    );
  } catch {
    return new Map();
  }
}
