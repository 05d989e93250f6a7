import type { SkipReason } from '../../../src/domain/sources';

/** How many fields a row must have. */
export interface RowShape {
  readonly columns: number;
  /** Fields that rows usually have; the names may outnumber the values of every row. */
  readonly minimum: number;
  /** Columns that hold numbers and dates alone: a row with too few or too many fields must fit them. */
  readonly numeric?: readonly number[];
}

/** What stands around the rows. */
export interface RowFrame {
  /** Records that hold names, at the start. */
  readonly headerRows: number;
  /** Records below them that hold units and the like. */
  readonly unitRows?: number;
  /** Records behind this line are no rows. */
  readonly endLine?: number | undefined;
  /** Why a line outside the table is none of its rows. */
  readonly reasonOutside?: (line: number) => SkipReason;
}
