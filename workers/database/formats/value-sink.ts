import type { ColumnValues } from './table-format';

/** What the library gives for a run of rows: typed arrays, or arrays with null or undefined where there is no value. */
export type Decoded = ArrayLike<unknown>;

/** Takes the values of one column, run by run, into the form that is inserted. */
export interface ValueSink {
  /**
   * Values `from … to − 1` of a run, behind those before.
   * @param nulls 1 = no value, whatever stands in the run; without it, typed arrays miss none
   */
  take(run: Decoded, from: number, to: number, nulls?: Uint8Array | null): void;
  finish(): ColumnValues;
  /** Values that no cell can hold, and are left empty. */
  readonly left: number;
}

/** What sinks of numbers share: values stand in an array of the column's length, those that are missing are marked. */
export abstract class NumberSink {
  left = 0;
  protected readonly length: number;
  protected nulls: Uint8Array | null = null;
  protected at = 0;

  constructor(length: number) {
    this.length = length;
  }

  protected skip(): void {
    this.nulls ??= new Uint8Array(this.length);
    this.nulls[this.at++] = 1;
  }

  /** Passes values that are in, of which some may be null. */
  protected pass(count: number, nulls: Uint8Array | undefined): void {
    if (nulls) {
      this.nulls ??= new Uint8Array(this.length);
      this.nulls.set(nulls, this.at);
    }
    this.at += count;
  }

  /** Leaves out a value that is none. */
  protected drop(): void {
    this.left++;
    this.skip();
  }
}
