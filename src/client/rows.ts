import type { Generator } from '../domain/generators';
import { ALL_ROWS, type RowSelection } from '../domain/split';

/** Share of rows held back when they are also the report's holdout (product.md §2.4). */
const HOLDOUT_SHARE = 0.2;
/** Share and most rows held back for early stopping alone (recipe.md §2). */
const EARLY_STOPPING_SHARE = 0.1;
const EARLY_STOPPING_ROWS = 5_000;

/** The rows a generator trains on. */
export function trainingRows(generator: Generator): RowSelection {
  const table = generator.config.tables[0]!;
  const external = table.holdoutSourceId !== null;
  return {
    part: 'training',
    seed: generator.config.randomState,
    validationShare: external ? EARLY_STOPPING_SHARE : HOLDOUT_SHARE,
    maxValidation: external ? EARLY_STOPPING_ROWS : null,
    maxSampleSize: table.tabularModelConfiguration.maxSampleSize,
  };
}

/** Which rows the report calls training and holdout. */
export function reportRows(generator: Generator): {
  training: { tableId: string; rows: RowSelection };
  holdout: { tableId: string; rows: RowSelection; origin: 'validation' | 'file' };
} {
  const table = generator.config.tables[0]!;
  const rows = trainingRows(generator);
  if (table.holdoutSourceId !== null) {
    // Validation rows steered early stopping: with a holdout of its own, all of the source counts as training.
    return {
      training: { tableId: table.sourceId, rows: { ...rows, part: 'all' } },
      holdout: { tableId: table.holdoutSourceId, rows: ALL_ROWS, origin: 'file' },
    };
  }
  return {
    training: { tableId: table.sourceId, rows },
    holdout: { tableId: table.sourceId, rows: { ...rows, part: 'validation' }, origin: 'validation' },
  };
}
