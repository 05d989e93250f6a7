import type { JobProgress, ProgressStatus } from './progress';
import { z } from './zod';

export const GenerationOrder = z.enum(['rotated', 'natural', 'random']);
export type GenerationOrder = z.infer<typeof GenerationOrder>;

export const SamplingMethod = z.enum(['balanced', 'independent']);
export type SamplingMethod = z.infer<typeof SamplingMethod>;

/** Settings of one generation run; names follow MOSTLY AI's SDK (SyntheticTableConfiguration). */
export const SyntheticTableConfiguration = z.object({
  /** Rows to generate; null = as many as the source has. */
  sampleSize: z.number().int().min(1).max(100_000_000).nullable().default(null),
  /** 0–2; 1 = as learned, lower = closer to the most likely values. */
  samplingTemperature: z.number().min(0).max(2).default(1),
  /** 0.9–1; keep the most likely values that make up this share. */
  samplingTopP: z.number().min(0.9).max(1).default(1),
  /**
   * Order in which columns are drawn. `rotated` begins each block of rows at another column and is closest to the
   * original; `random` draws each block in an order of its own, with the least pull towards single rows. Both need
   * flexible generation; null = rotated where the generator was trained in it, else natural.
   */
  generationOrder: GenerationOrder.nullable().default(null),
  /** `balanced` (low discrepancy) is used from 1,000 rows; `independent` draws every row on its own. */
  sampling: SamplingMethod.default('balanced'),
  enableDataReport: z.boolean().default(true),
});
export type SyntheticTableConfiguration = z.infer<typeof SyntheticTableConfiguration>;

export const SyntheticDatasetConfig = z.object({
  generatorId: z.string().min(1),
  name: z.string().min(1).max(256),
  /** Seed of the draws; unsigned 32-bit. */
  randomState: z.number().int().min(0).max(0xffff_ffff).default(1),
  tables: z
    .array(
      z.object({
        name: z.string().min(1).max(256),
        configuration: SyntheticTableConfiguration.prefault({}),
      }),
    )
    .length(1),
});
export type SyntheticDatasetConfig = z.infer<typeof SyntheticDatasetConfig>;

export type DownloadFormat = 'parquet' | 'csv';

export interface CsvExportOptions {
  /** Put a ' before cells that a spreadsheet would run as a formula. Off by default: it changes values. */
  readonly neutraliseFormulas: boolean;
}

export interface GenerationSummary {
  readonly rows: number;
  readonly seconds: number;
  readonly rowsPerSecond: number;
  /** Seconds in the model alone, without decoding and writing. */
  readonly samplingSeconds: number;
  /** Bytes of the Parquet file. */
  readonly parquetBytes: number;
  readonly peakMemory: number;
}

/** One persisted generation run. */
export interface SyntheticDataset {
  readonly id: string;
  readonly config: SyntheticDatasetConfig;
  readonly generationStatus: ProgressStatus;
  readonly progress: JobProgress | null;
  readonly summary: GenerationSummary | null;
  readonly reportId: string | null;
  readonly error: string | null;
}
