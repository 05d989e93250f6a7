import { concatenate } from '../../../../src/domain/column-data';
import type { RuleColumn } from '../../../rules/rule-column';
import { rowCountOf, takeEach } from './drawn-rows';

/** Rows drawn beyond those that were wanted: few rows cost nearly as much as one, and the next block may want some. */
export class SpareRows {
  #columns: readonly RuleColumn[] | null = null;
  #taken = 0;

  get count(): number {
    return this.#columns ? rowCountOf(this.#columns) - this.#taken : 0;
  }

  /** Adds rows after those that are there. */
  add(columns: readonly RuleColumn[]): void {
    const left = this.take(this.count);
    this.#columns = columns.map((column, k) => ({
      ...column,
      data: left.length > 0 ? concatenate(left[k]!.data, column.data) : column.data,
    }));
    this.#taken = 0;
  }

  /** The next rows, `count` or as many as there are; no column before the first were added. */
  take(count: number): RuleColumn[] {
    const from = this.#taken;
    this.#taken += Math.min(count, this.count);
    const rows = Uint32Array.from({ length: this.#taken - from }, (_, i) => from + i);
    return takeEach(this.#columns ?? [], rows);
  }
}
