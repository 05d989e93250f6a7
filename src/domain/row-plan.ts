import type { GeneratorConfig } from './generators';
import type { ModelConfiguration } from './model-configuration';
import { onlyTable } from './only-table';
import { privacyOf } from './private-training';
import { ALL_ROWS, type EarlierRows, type RowSelection, sampledRows } from './split';
import type { Subject } from './subjects';

/** Fewer rows than this cannot be learned without being copied (docs/encodings.md, Value protection). */
export const MIN_ROWS = 20;
/** Fewer rows than this are learned with a warning. */
const FEW_ROWS = 100;
/** Up to so many training rows, the privacy guard finds the length of the training by cross-fitting. */
export const TINY_ROWS = 1000;
/** Share of rows held back when they are also the report's holdout (docs/model.md, Validation and early stopping). */
const HOLDOUT_SHARE = 0.2;
/** Share of rows held back for early stopping alone. */
const EARLY_STOPPING_SHARE = 0.1;
/** Rows that early stopping looks at, at most: more do not tell the end of a training better. */
export const MAX_EARLY_STOPPING_ROWS = 5_000;

/** Some rows of a table. */
export interface TableRows {
  readonly tableId: string;
  readonly rows: RowSelection;
}

/** The rows of a report. */
export interface ReportRows {
  readonly training: TableRows;
  readonly holdout: TableRows & {
    readonly origin: 'validation' | 'file';
    /** Whether they told when the training ended; absent = they did. */
    readonly steered?: boolean;
  };
}

/**
 * Whether the privacy guard finds the length of a training by cross-fitting, without validation rows.
 * @param subjects of the training rows
 */
export function crossFits(subjects: number, privacyGuard: boolean): boolean {
  return privacyGuard && subjects <= TINY_ROWS;
}

/** Whether rows are held back to tell when the training ends: not in private ones, which never look at them. */
function isSteered(configuration: ModelConfiguration, subjects: number): boolean {
  return privacyOf(configuration) === null && !crossFits(subjects, configuration.privacyGuard);
}

/** A configuration, and the rows of the training that this one goes on from. */
export type PlannedRows = GeneratorConfig & { readonly earlierRows?: EarlierRows | undefined };

/**
 * The rows a generator trains on. With a holdout of its own none is held back where nothing is validated.
 * @param rowCount rows of the source's table
 * @param subject whose rows they are; null = every row is a subject of its own
 */
export function trainingRows(config: PlannedRows, rowCount: number, subject: Subject | null): RowSelection {
  const { holdoutSourceId, tabularModelConfiguration } = onlyTable(config);
  const { maxSampleSize } = tabularModelConfiguration;
  const selection = {
    part: 'training',
    seed: config.randomState,
    maxSampleSize,
    ...(subject ? { subjectColumns: subject.columns } : {}),
    ...(config.earlierRows ? { continues: config.earlierRows } : {}),
  } as const;
  if (holdoutSourceId === null) return { ...selection, validationShare: HOLDOUT_SHARE, maxValidation: null };
  return {
    ...selection,
    validationShare: isSteered(
      tabularModelConfiguration,
      subjectsOf(sampledRows(rowCount, maxSampleSize), subject),
    )
      ? EARLY_STOPPING_SHARE
      : 0,
    maxValidation: MAX_EARLY_STOPPING_ROWS,
  };
}

/**
 * Which rows the report calls training and holdout.
 * @param rowCount, subject as for `trainingRows`
 * @param holdoutTableId table of the holdout's source, if the configuration names one
 */
export function reportRows(
  config: PlannedRows,
  rowCount: number,
  subject: Subject | null,
  holdoutTableId: string | null,
): ReportRows {
  const { tableId, tabularModelConfiguration } = onlyTable(config);
  const rows = trainingRows(config, rowCount, subject);
  if (holdoutTableId !== null) {
    // Validation rows steered early stopping: with a holdout of its own, all of the source counts as training.
    return {
      training: { tableId, rows: { ...rows, part: 'all' } },
      holdout: { tableId: holdoutTableId, rows: ALL_ROWS, origin: 'file', steered: false },
    };
  }
  const { maxSampleSize } = tabularModelConfiguration;
  const sampled = sampledRows(rowCount, maxSampleSize);
  const trained = sampled - Math.round(sampled * HOLDOUT_SHARE);
  return {
    training: { tableId, rows },
    holdout: {
      tableId,
      rows: { ...rows, part: 'validation' },
      origin: 'validation',
      steered: isSteered(tabularModelConfiguration, subjectsOf(trained, subject)),
    },
  };
}

/** About how many subjects so many rows are of. */
function subjectsOf(rows: number, subject: Subject | null): number {
  return subject ? rows / subject.rowsEach : rows;
}

/** What a person should know before training on so few rows; null where there is nothing to say. */
export function fewRowsWarning(rows: number): string | null {
  if (rows >= FEW_ROWS) return null;
  const count = `${rows} ${rows === 1 ? 'row' : 'rows'}`;
  if (rows < MIN_ROWS) {
    return `Only ${count}: a model needs at least ${MIN_ROWS}, from fewer it could only copy. Add rows before training.`;
  }
  return `Only ${count}: below ${FEW_ROWS}, a model learns little more than the single columns, protection hides most rare values, and the report’s figures are mostly chance. Do not rely on the result for privacy or accuracy.`;
}
