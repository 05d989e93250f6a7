import type { Remote } from './rpc';
import { pause, type Thread, type ThreadStarter } from './thread';

interface PoolOptions<Api> {
  /** Threads at once, at most; 0 = the calling thread does all work. */
  readonly threads: number;
  /** Absent where no threads can be started. */
  readonly start?: ThreadStarter<Api> | undefined;
  /** Prepares a thread before it gets work. If it fails, the thread is ended. */
  readonly setUp?: (api: Remote<Api>) => Promise<unknown>;
  /** Makes the error of calls to a thread that died. */
  readonly died?: (cause: Error) => Error;
}

interface Member<Api> extends Thread<Api> {
  /** Rejects calls under way, which a dead thread never settles. `Promise.race` would keep every result in memory. */
  readonly calls: Set<(reason: Error) => void>;
  /** Why it answers no more. */
  dead: Error | null;
}

interface Waiter<Api> {
  resolve(member: Member<Api> | null): void;
  reject(reason: Error): void;
}

/**
 * Threads that share work. `run` gives a piece of work to whichever thread is free. Such work keeps nothing in a
 * thread, so another one repeats it when a thread dies. `open`, `each` and `on` are for work whose state stays in the
 * threads: when one dies its state is lost, and every call to it fails.
 */
export class WorkerPool<Api> {
  readonly #options: PoolOptions<Api>;
  /** In the order in which they came up. */
  readonly #members: Member<Api>[] = [];
  readonly #idle: Member<Api>[] = [];
  readonly #waiting: Waiter<Api>[] = [];
  #starting = 0;
  /** A dead thread is replaced, but work that kills every thread ends on the calling one. */
  #startsLeft: number;
  #ended: Error | null = null;
  /** Work on the calling thread. */
  #here: Promise<unknown> = Promise.resolve();

  constructor(options: PoolOptions<Api>) {
    this.#options = options;
    this.#startsLeft = 2 * options.threads;
  }

  /** Threads that came up, dead ones included. */
  get size(): number {
    return this.#members.length;
  }

  /** Starts all threads side by side; `size` tells how many came up. */
  async open(): Promise<this> {
    await Promise.all(Array.from({ length: this.#options.threads }, () => this.#startOne()));
    return this;
  }

  /**
   * Does a piece of work on the next free thread, which is started on demand. If the thread dies, another one begins
   * again. If no thread is left, the calling thread does it, one piece after the other.
   * @param work gets the thread, or null for the calling one. What it moves to a thread that dies is lost
   * @throws whatever `work` throws; the reason of `dispose`
   */
  async run<T>(work: (api: Remote<Api> | null) => Promise<T>): Promise<T> {
    for (;;) {
      const member = await this.#take();
      if (!member) return this.#runHere(work);
      try {
        return await this.#call(member, work);
      } catch (error) {
        if (this.#ended || !member.dead) throw error;
      } finally {
        this.#release(member);
      }
    }
  }

  /** One call to every thread at once; rejects when one fails or is dead. */
  each<T>(call: (api: Remote<Api>, index: number) => Promise<T>): Promise<T[]> {
    return Promise.all(this.#members.map((_, index) => this.on(index, (api) => call(api, index))));
  }

  /** One call to one thread, by its number from 0; rejects when it is dead. */
  on<T>(index: number, call: (api: Remote<Api>) => Promise<T>): Promise<T> {
    return this.#call(this.#members[index]!, call);
  }

  /** Ends the threads; calls under way and later ones reject with the reason. */
  dispose(reason = new Error('The threads were ended.')): void {
    this.#ended ??= reason;
    for (const member of this.#members) this.#end(member, this.#ended);
    for (const { reject } of this.#waiting.splice(0)) reject(this.#ended);
  }

  /** The next free thread, or null where there is none (left). */
  async #take(): Promise<Member<Api> | null> {
    if (this.#ended) throw this.#ended;
    const free = this.#idle.pop();
    if (free) return free;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#serveWaiting();
    });
  }

  #release(member: Member<Api>): void {
    if (member.dead) return;
    const next = this.#waiting.shift();
    if (next) next.resolve(member);
    else this.#idle.push(member);
  }

  /** Starts threads for waiting work, as far as there may be more. Without any thread the work goes on here. */
  #serveWaiting(): void {
    if (this.#ended) return;
    const alive = this.#members.filter(({ dead }) => !dead).length;
    const room = () => alive + this.#starting < this.#options.threads && this.#startsLeft > 0;
    while (this.#starting < this.#waiting.length && room()) void this.#startOne();
    if (alive + this.#starting > 0) return;
    for (const { resolve } of this.#waiting.splice(0)) resolve(null);
  }

  async #startOne(): Promise<void> {
    const { start, setUp, died } = this.#options;
    this.#starting++;
    this.#startsLeft--;
    const thread = await new Promise<Thread<Api>>((resolve) => resolve(start!())).catch(() => null);
    this.#starting--;
    if (thread) {
      const member: Member<Api> = { ...thread, calls: new Set(), dead: null };
      this.#members.push(member);
      member.failed.catch((cause: Error) => this.#end(member, died?.(cause) ?? cause));
      if (this.#ended) return this.#end(member, this.#ended);
      if (setUp) await this.#call(member, setUp).catch((reason: Error) => this.#end(member, reason));
      this.#release(member);
    } else {
      // Where one thread does not start, no others are tried.
      this.#startsLeft = 0;
    }
    this.#serveWaiting();
  }

  #end(member: Member<Api>, reason: Error): void {
    if (member.dead) return;
    member.dead = reason;
    member.terminate();
    for (const reject of member.calls) reject(reason);
    member.calls.clear();
    const index = this.#idle.indexOf(member);
    if (index >= 0) this.#idle.splice(index, 1);
    this.#serveWaiting();
  }

  #call<T>(member: Member<Api>, work: (api: Remote<Api>) => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (member.dead) return reject(member.dead);
      member.calls.add(reject);
      work(member.api)
        .then(resolve, reject)
        .finally(() => member.calls.delete(reject));
    });
  }

  #runHere<T>(work: (api: null) => Promise<T>): Promise<T> {
    const done = this.#here.then(async () => {
      await pause();
      if (this.#ended) throw this.#ended;
      return work(null);
    });
    this.#here = done.catch(() => undefined);
    return done;
  }
}
