import { z } from './zod';

/** What a trained model can be asked for. */
export interface Capabilities {
  /** Columns may be drawn in any order. */
  readonly anyOrder: boolean;
  /** Cells may be given: whole columns or single ones. */
  readonly cellsGiven: boolean;
  /** Rows of one subject may depend on each other. */
  readonly sequential: boolean;
  readonly differentialPrivacy: boolean;
  /** The likelihood of a given row can be computed. */
  readonly logProbability: boolean;
  /** A training may go on from a trained model. Absent = it cannot. */
  readonly continues?: boolean;
}

export const RareCategoryReplacementMethod = z.enum(['INVENT', 'SAMPLE', 'CONSTANT']);
export type RareCategoryReplacementMethod = z.infer<typeof RareCategoryReplacementMethod>;

/** Settings that every model has. A family spreads their `shape` among its own. */
export const ModelSettings = z.object({
  /** Rows to train on at most; null = all. */
  maxSampleSize: z.number().int().min(1).max(100_000_000).nullable().default(null).meta({
    title: 'Rows at most',
    description: 'Empty: all rows. Fewer rows train faster.',
    nullText: 'All rows',
  }),
  /** Compute threads; null = chosen from the processor and the model. Rows do not depend on it. */
  threads: z.number().int().min(1).max(64).nullable().default(null).meta({
    title: 'Threads',
    description:
      'Processor cores that compute. Empty: chosen by the machine and the size of the model. The result is the same for any number.',
    nullText: 'Automatic',
    group: 'compute',
    expert: true,
  }),
  /** Hide rare categories and extreme values. */
  valueProtection: z.boolean().default(true).meta({
    title: 'Value protection',
    description: 'Hides rare categories and extreme numbers, so that no single row shows through.',
    group: 'outcome',
  }),
  /** Lowest threshold that may be drawn for a column; 5 is what keeps single people out of sight. */
  rareThreshold: z.number().int().min(5).max(50).default(5).meta({
    title: 'Rare below',
    description:
      'Values of fewer subjects (rows, where each is one) are hidden. Each column has a secret threshold from this number to 7 above it, so that no one can tell 5 from 6 by what shows. Higher hides more.',
    needs: 'valueProtection',
    group: 'outcome',
    option: 'rare-below',
  }),
  rareCategoryReplacementMethod: RareCategoryReplacementMethod.default('INVENT').meta({
    title: 'Rare categories become',
    description:
      'What replaces a protected category. Invented values repeat as the hidden ones do; where few rows are hidden or no form shows, a frequent category is taken.',
    labels: {
      INVENT: 'Invented values of the same form',
      SAMPLE: 'A frequent category',
      CONSTANT: 'The word _RARE_',
    },
    needs: 'valueProtection',
    group: 'outcome',
    option: 'rare-categories',
  }),
  /** Training watches for copies of its own rows, and keeps the last model without them. */
  privacyGuard: z.boolean().default(true).meta({
    title: 'Privacy guard',
    description:
      'Watches the training for a model that copies its rows, and keeps one that does not. Tiny tables take longer with it.',
    group: 'outcome',
  }),
});
