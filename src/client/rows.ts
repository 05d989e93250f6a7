import type { Generator } from '../domain/generators';
import { TINY_ROWS } from '../domain/small-tables';
import { ALL_ROWS, type RowSelection } from '../domain/split';

/** Share of rows held back when they are also the report's holdout (docs/model.md, Validation and early stopping). */
const HOLDOUT_SHARE = 0.2;
/** Share and largest number of rows held back for early stopping alone. */
const EARLY_STOPPING_SHARE = 0.1;
const EARLY_STOPPING_ROWS = 5_000;

/**
 * The rows a generator trains on. A tiny table with a holdout of its own holds none back: the privacy guard judges
 * it by cross-fitting.
 * @param rowCount rows of the source
 */
export function trainingRows(generator: Generator, rowCount: number): RowSelection {
  const table = generator.config.tables[0]!;
  const external = table.holdoutSourceId !== null;
  return {
    part: 'training',
    seed: generator.config.randomState,
    validationShare: external ? (isTiny(generator, rowCount, 0) ? 0 : EARLY_STOPPING_SHARE) : HOLDOUT_SHARE,
    maxValidation: external ? EARLY_STOPPING_ROWS : null,
    maxSampleSize: table.tabularModelConfiguration.maxSampleSize,
  };
}

/** Which rows the report calls training and holdout; `rowCount` as for `trainingRows`. */
export function reportRows(
  generator: Generator,
  rowCount: number,
): {
  training: { tableId: string; rows: RowSelection };
  holdout: { tableId: string; rows: RowSelection; origin: 'validation' | 'file'; steered: boolean };
} {
  const table = generator.config.tables[0]!;
  const rows = trainingRows(generator, rowCount);
  if (table.holdoutSourceId !== null) {
    // Validation rows steered early stopping: with a holdout of its own, all of the source counts as training.
    return {
      training: { tableId: table.sourceId, rows: { ...rows, part: 'all' } },
      holdout: { tableId: table.holdoutSourceId, rows: ALL_ROWS, origin: 'file', steered: false },
    };
  }
  return {
    training: { tableId: table.sourceId, rows },
    holdout: {
      tableId: table.sourceId,
      rows: { ...rows, part: 'validation' },
      origin: 'validation',
      steered: !isTiny(generator, rowCount, HOLDOUT_SHARE),
    },
  };
}

/** Whether the privacy guard finds the length of the training by cross-fitting, `share` of the rows held back. */
function isTiny(generator: Generator, rowCount: number, share: number): boolean {
  const { maxSampleSize, privacyGuard } = generator.config.tables[0]!.tabularModelConfiguration;
  const rows = Math.min(rowCount, maxSampleSize ?? rowCount);
  return privacyGuard && rows - Math.round(rows * share) <= TINY_ROWS;
}
