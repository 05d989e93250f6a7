import type { AppliedRecipe } from './applied-recipe';
import type { AttackedColumns } from './attacked-columns';
import type { Checkpoint } from './checkpoints';
import type { ColumnSchema } from './column-data';
import type { DownloadFormatId } from './download-formats';
import { UserError } from './errors';
import type { Job, ProgressStatus } from './job';
import { Description } from './naming';
import type { OriginalForm } from './original-form';
import type { ReportLimits } from './report-limits';
import { RandomState } from './setting';
import { Targets } from './targets';
import { parseConfig, z } from './zod';

export const GenerationOrder = z.enum(['rotated', 'natural', 'random']);
export type GenerationOrder = z.infer<typeof GenerationOrder>;

export const SamplingMethod = z.enum(['balanced', 'independent']);
export type SamplingMethod = z.infer<typeof SamplingMethod>;

/** Settings of one generation run; names follow MOSTLY AI's SDK (SyntheticTableConfiguration). */
export const SyntheticTableConfiguration = z.object({
  /** Rows to generate; null = as many as the source has. */
  sampleSize: z.number().int().min(1).max(100_000_000).nullable().default(null).meta({
    title: 'Rows',
    description: 'As many as you like; the source has this many by default.',
    nullText: 'As many as the table has',
    option: 'rows',
  }),
  samplingTemperature: z.number().min(0).max(2).default(1).meta({
    title: 'Temperature',
    description: '1: as learned. Lower: closer to the most likely values.',
    option: 'temperature',
  }),
  /** Keep the most likely values that make up this share. */
  samplingTopP: z.number().min(0.9).max(1).default(1).meta({
    title: 'Top-p',
    description: '1: every value may be drawn. 0.9: the rarest tenth is left out.',
    option: 'top-p',
  }),
  /**
   * Order in which columns are drawn. `rotated` begins each block of rows at another column and is closest to the
   * original; `random` draws each block in an order of its own, with the least pull towards single rows. Both need a
   * model that can draw in any order; null = rotated where the generator was trained in it, else natural.
   */
  generationOrder: GenerationOrder.nullable()
    .default(null)
    .meta({
      title: 'Column order',
      description:
        'Rotated begins each block of rows at another column and comes closest to the original. Random is slightly less accurate and stays farther from single original rows.',
      labels: {
        rotated: 'Rotated: closest statistics',
        natural: 'As in the table',
        random: 'Random: most distance',
      },
      group: 'outcome',
    }),
  /** `balanced` (low discrepancy) is used from 1,000 rows; `independent` draws every row on its own. */
  sampling: SamplingMethod.default('balanced').meta({
    title: 'Draws',
    description:
      'Balanced spreads the draws evenly, so that shares come out closer. Independent draws every row on its own.',
    labels: { balanced: 'Balanced', independent: 'Independent' },
    group: 'outcome',
  }),
  enableDataReport: z.boolean().default(true).meta({
    title: 'Write a report',
    description: 'Compares the rows with the original and the holdout.',
    group: 'outcome',
    option: 'report',
  }),
  /** Columns whose prediction tells how useful the rows are; absent = proposed ones. */
  targets: Targets.optional(),
});
export type SyntheticTableConfiguration = z.infer<typeof SyntheticTableConfiguration>;

/**
 * Refuses an order that a model cannot draw its columns in.
 * @param anyOrder whether it was trained to draw them in any
 * @throws UserError `config/invalid`
 */
export function checkGenerationOrder(order: GenerationOrder | null, anyOrder: boolean): void {
  if (anyOrder || order === null || order === 'natural') return;
  throw new UserError(
    'config/invalid',
    `This model was trained in the fixed order of its columns, so it cannot generate in ${order} order. Generate in natural order, or train it with flexible generation.`,
  );
}

export const SyntheticDatasetConfig = z.object({
  generatorId: z.string().min(1),
  name: z.string().min(1).max(256),
  description: Description.optional(),
  randomState: RandomState.meta({
    title: 'Random seed',
    description: 'The same seed gives the same rows.',
    option: 'seed',
    redraw: 'New seed',
  }),
  tables: z
    .array(
      z.object({
        name: z.string().min(1).max(256),
        configuration: SyntheticTableConfiguration.prefault({}),
      }),
    )
    .min(1),
});
export type SyntheticDatasetConfig = z.infer<typeof SyntheticDatasetConfig>;

/**
 * The configuration with other columns for the report to predict.
 * @throws UserError `config/invalid` for none, or more than 20
 */
export function withTargets(
  config: SyntheticDatasetConfig,
  targets: readonly string[],
): SyntheticDatasetConfig {
  const asked = parseConfig(Targets, targets, 'list of columns to predict');
  return {
    ...config,
    tables: config.tables.map((table) => ({
      ...table,
      configuration: { ...table.configuration, targets: asked },
    })),
  };
}

export type DownloadFormat = DownloadFormatId;

export interface CsvExportOptions {
  /** Put a ' before cells that a spreadsheet would run as a formula. Off by default: it changes values. */
  readonly neutraliseFormulas: boolean;
  /** As the original file is written, or by RFC 4180 in UTF-8; absent = as the original, if that is known. */
  readonly form?: 'original' | 'standard';
}

export interface GenerationSummary {
  readonly rows: number;
  /** Rows that were asked for, where a person ended the generation before they were made. */
  readonly asked?: number;
  readonly seconds: number;
  readonly rowsPerSecond: number;
  /** Seconds in the model alone, without decoding and writing. */
  readonly samplingSeconds: number;
  /** Rows that were drawn anew because they broke a rule, and rows that became copies of others in the end. */
  readonly mended?: { readonly drawnAgain: number; readonly copied: number };
  /** Rows whose key, of several columns, stood already when they were first drawn, and those of which it still does. */
  readonly keys?: { readonly drawnAgain: number; readonly repeated: number };
  /** Bytes of the Parquet file. */
  readonly parquetBytes: number;
  readonly peakMemory: number;
}

/** Where the rows of a synthetic table are. */
export interface StoredRows {
  /** Id of its Parquet file. */
  readonly file: string;
  readonly columns: readonly ColumnSchema[];
  /** How the file was written that they stand for; absent = not known. */
  readonly original?: OriginalForm | undefined;
}

/** One persisted generation run. */
export interface SyntheticDataset {
  readonly id: string;
  readonly config: SyntheticDatasetConfig;
  /** The generator learned without value protection. */
  readonly unprotected: boolean;
  /** One for each of `config.tables`; with its rows once they are written. */
  readonly tables: readonly { readonly id: string; readonly stored?: StoredRows }[];
  readonly generationStatus: ProgressStatus;
  /** The last generation, with its report; null before the first. */
  readonly progress: Job | null;
  readonly summary: GenerationSummary | null;
  readonly reportId: string | null;
  readonly error: string | null;
  /** The recipe that its generator was made by; absent = by none. */
  readonly recipe?: AppliedRecipe;
  /** What an attacker of its report knows of a person and guesses; absent = proposed from names and values. */
  readonly attacked?: AttackedColumns;
  /** How much its report compares at most; absent = as by default. */
  readonly reportLimits?: ReportLimits;
  /** Where a generation that has not ended can go on. */
  readonly checkpoint?: Checkpoint | undefined;
  /** Absent = in the first project. */
  readonly projectId?: string;
}
