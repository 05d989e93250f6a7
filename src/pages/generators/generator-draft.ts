import { readNumber } from '../../components/number-text';
import type { ColumnConfig } from '../../domain/columns';
import type { GeneratorConfig, ModelConfiguration } from '../../domain/generators';

/** Number fields of the form, as typed. */
export interface DraftNumbers {
  readonly maxEpochs: string;
  readonly maxTrainingTime: string;
  readonly maxSampleSize: string;
  readonly batchSize: string;
  readonly gradientAccumulationSteps: string;
  readonly threads: string;
  readonly randomState: string;
}

/** A generator's configuration while a person edits it: numbers are still text. */
export interface GeneratorDraft {
  readonly name: string;
  readonly columns: readonly ColumnConfig[];
  readonly primaryKey: string | null;
  readonly holdoutSourceId: string | null;
  readonly model: Omit<ModelConfiguration, Exclude<keyof DraftNumbers, 'randomState'>>;
  readonly numbers: DraftNumbers;
}

const RULES: Record<keyof DraftNumbers, Parameters<typeof readNumber>[1]> = {
  maxEpochs: { min: 0, max: 100_000 },
  maxTrainingTime: { min: 0, max: 14_400 },
  maxSampleSize: { min: 1, max: 100_000_000, integer: true, optional: true },
  batchSize: { min: 4, max: 65_536, integer: true, optional: true },
  gradientAccumulationSteps: { min: 1, max: 1024, integer: true },
  threads: { min: 1, max: 64, integer: true, optional: true },
  randomState: { min: 0, max: 0xffff_ffff, integer: true },
};

/**
 * The form of a configuration. Columns follow the source as it is now: settings are kept by name, new columns are
 * included, vanished ones are dropped.
 */
export function toDraft(config: GeneratorConfig, columnNames: readonly string[]): GeneratorDraft {
  const table = config.tables[0]!;
  const settings = new Map(table.columns.map((column) => [column.name, column]));
  const {
    maxEpochs,
    maxTrainingTime,
    maxSampleSize,
    batchSize,
    gradientAccumulationSteps,
    threads,
    ...model
  } = table.tabularModelConfiguration;
  const text = (value: number | null) => (value === null ? '' : String(value));
  return {
    name: config.name,
    columns: columnNames.map(
      (name) => settings.get(name) ?? { name, included: true, modelEncodingType: 'AUTO' },
    ),
    primaryKey: table.primaryKey !== null && columnNames.includes(table.primaryKey) ? table.primaryKey : null,
    holdoutSourceId: table.holdoutSourceId,
    model,
    numbers: {
      maxEpochs: text(maxEpochs),
      maxTrainingTime: text(maxTrainingTime),
      maxSampleSize: text(maxSampleSize),
      batchSize: text(batchSize),
      gradientAccumulationSteps: text(gradientAccumulationSteps),
      threads: text(threads),
      randomState: text(config.randomState),
    },
  };
}

/** What is wrong with each number field; null where nothing is. */
export function draftErrors(numbers: DraftNumbers): Record<keyof DraftNumbers, string | null> {
  const check = (field: keyof DraftNumbers) => {
    const read = readNumber(numbers[field], RULES[field]);
    return 'error' in read ? read.error : null;
  };
  return {
    maxEpochs: check('maxEpochs'),
    maxTrainingTime: check('maxTrainingTime'),
    maxSampleSize: check('maxSampleSize'),
    batchSize: check('batchSize'),
    gradientAccumulationSteps: check('gradientAccumulationSteps'),
    threads: check('threads'),
    randomState: check('randomState'),
  };
}

/** The configuration of a form without errors; null while a number cannot be read. */
export function fromDraft(draft: GeneratorDraft, config: GeneratorConfig): GeneratorConfig | null {
  if (Object.values(draftErrors(draft.numbers)).some((error) => error !== null)) return null;
  const read = (field: keyof DraftNumbers): number | null => {
    const result = readNumber(draft.numbers[field], RULES[field]);
    return 'value' in result ? result.value : null;
  };
  const name = draft.name.trim() === '' ? config.name : draft.name.trim();
  return {
    ...config,
    name,
    randomState: read('randomState') ?? config.randomState,
    tables: [
      {
        ...config.tables[0]!,
        primaryKey: draft.primaryKey,
        holdoutSourceId: draft.holdoutSourceId,
        columns: [...draft.columns],
        tabularModelConfiguration: {
          ...draft.model,
          maxEpochs: read('maxEpochs') ?? 100,
          maxTrainingTime: read('maxTrainingTime') ?? 14_400,
          maxSampleSize: read('maxSampleSize'),
          batchSize: read('batchSize'),
          gradientAccumulationSteps: read('gradientAccumulationSteps') ?? 1,
          threads: read('threads'),
        },
      },
    ],
  };
}
