import type { InProject } from './projects';
import { parseConfig, z } from './zod';

/**
 * Sources that belong together, with what people and tools should know of them: the *dataset* of the MOSTLY AI SDK, whose
 * files are sources here. A synthetic dataset is something else: rows that a generator drew.
 */
export const DatasetConfig = z.strictObject({
  name: z.string().trim().min(1).max(256),
  /** What the sources are. */
  description: z.string().max(4000).optional(),
  /** How they are to be used: what to keep in mind, what goes with what. */
  instructions: z.string().max(20_000).optional(),
  /** In the order in which they are shown, each once. */
  sourceIds: z.array(z.string().min(1)).default([]),
});
export type DatasetConfig = z.input<typeof DatasetConfig>;

export interface Dataset extends z.output<typeof DatasetConfig>, InProject {
  readonly id: string;
}

/** @throws UserError `config/invalid` */
export function checkDataset(config: DatasetConfig): z.output<typeof DatasetConfig> {
  const checked = parseConfig(DatasetConfig, config, 'dataset');
  return { ...checked, sourceIds: [...new Set(checked.sourceIds)] };
}
