/**
 * Copies that did not fit on the disk, by the id of what they belong to: they are made when there is space again.
 * Until then what they are copies of lasts as long as the page.
 */
export class Unkept {
  readonly #waiting = new Map<string, () => Promise<void>>();
  #retrying: Promise<void> | null = null;

  /** @param keep makes the copy, unless that is no longer wanted; rejects where there is still no space */
  add(id: string, keep: () => Promise<void>): void {
    this.#waiting.set(id, keep);
  }

  /** Whether copies wait. */
  get isWaiting(): boolean {
    return this.#waiting.size > 0;
  }

  /** Tries those that wait, the first first, until one does not fit. */
  retry(): Promise<void> {
    this.#retrying ??= this.#retry().finally(() => {
      this.#retrying = null;
    });
    return this.#retrying;
  }

  async #retry(): Promise<void> {
    for (const [id, keep] of [...this.#waiting]) {
      try {
        await keep();
      } catch {
        return;
      }
      if (this.#waiting.get(id) === keep) this.#waiting.delete(id);
    }
  }
}
