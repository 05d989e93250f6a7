/** Lets a thread answer messages while rules are sought. */
export class Pacer {
  readonly #pause: () => Promise<void>;
  #last = performance.now();

  constructor(pause: () => Promise<void>) {
    this.#pause = pause;
  }

  /** Pauses if 50 ms have passed since the last pause; to be called every few milliseconds. */
  async tick(): Promise<void> {
    if (performance.now() - this.#last < 50) return;
    await this.#pause();
    this.#last = performance.now();
  }

  /** True if a pause is due: for loops too short to await in. */
  get due(): boolean {
    return performance.now() - this.#last >= 50;
  }
}
