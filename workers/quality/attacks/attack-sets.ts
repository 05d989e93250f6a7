import { columnLength, type NamedColumn, takeRows } from '../../../src/domain/column-data';
import { RandomStream } from '../../../src/domain/random';
import { allowance, type ReportLimits } from '../../../src/domain/report-limits';
import type { ColumnSets } from '../read-sets';
import { type CodedRows, codeColumn } from './attack-rows';

/** Codes of a set at most: 32 MB; more where more rows are asked for. */
const MAX_CODES = 8e6;

/** The rows that attacks compare, column by column in one coding. */
export class AttackSets {
  readonly names: string[] = [];
  readonly types: NamedColumn['storageType'][] = [];
  readonly ordered: boolean[] = [];
  readonly #sets: readonly [Float32Array[], Float32Array[], Float32Array[]] = [[], [], []];
  readonly #columns: number;
  readonly #seed: number;
  readonly #limits: ReportLimits;
  #drawn: Uint32Array | null = null;

  /** @param columns that will be added */
  constructor(columns: number, seed: number, limits: ReportLimits) {
    this.#limits = limits;
    this.#columns = columns;
    this.#seed = seed;
  }

  /** @param training, holdout rows that are compared, of as many people each */
  add(
    { training, holdout, synthetic }: ColumnSets,
    rows: { training: Uint32Array; holdout: Uint32Array },
  ): void {
    const count = columnLength(synthetic);
    const { distanceRows } = this.#limits;
    const codes = MAX_CODES * allowance(this.#limits, 'distanceRows');
    const limit = Math.min(count, distanceRows, Math.floor(codes / Math.max(1, this.#columns)));
    this.#drawn ??= new RandomStream(this.#seed, 'attacked rows').spreadRows(count, limit);
    const { isOrdered, parts } = codeColumn(training.storageType, [
      takeRows(training.data, rows.training),
      takeRows(holdout!, rows.holdout),
      takeRows(synthetic, this.#drawn),
    ]);
    this.names.push(training.name);
    this.types.push(training.storageType);
    this.ordered.push(isOrdered);
    parts.forEach((part, set) => {
      this.#sets[set]!.push(part);
    });
  }

  get members(): CodedRows {
    return this.#sets[0];
  }

  get others(): CodedRows {
    return this.#sets[1];
  }

  get synthetic(): CodedRows {
    return this.#sets[2];
  }
}
