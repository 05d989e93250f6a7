/** Reports on any files: what is asked for, what is kept of the files, and how they differ. */
import type { ColumnSchema } from './column-data';
import type { StorageType } from './columns';
import { matchNames } from './match-names';
import { type ComparedSet, reconciledSentence, reconciling } from './reconcile-types';
import { ReportLimits } from './report-limits';
import { RandomState } from './setting';
import { Targets } from './targets';
import { z } from './zod';

/** Synthetic rows: a source, made here or elsewhere, or a synthetic dataset of this app. */
const SyntheticRows = z.strictObject({
  kind: z.enum(['source', 'synthetic-dataset']).default('source'),
  id: z.string().min(1),
});
export type SyntheticRows = z.infer<typeof SyntheticRows>;

/** More files would make no table that a person reads. */
const MAX_FILES = 50;

export const EvaluationConfig = z.strictObject({
  /** Id of the source that the generator learned from. */
  trainingSourceId: z.string().min(1),
  /** Id of the source of rows of the same kind that it never saw; null = there is none. */
  holdoutSourceId: z.string().min(1).nullable().default(null),
  synthetic: z.array(SyntheticRows).min(1).max(MAX_FILES),
  /** `model`: how well a generator learned; `data`: rows that are meant to differ, which get no score of likeness. */
  kind: z
    .enum(['model', 'data'])
    .default('model')
    .meta({
      title: 'Report on',
      description:
        'Data: rows that were conditioned or rebalanced on purpose. How close they are to the original is drawn and not scored, since a difference is no fault.',
      labels: {
        model: 'A model: rows as the original has them',
        data: 'Data: rows that are meant to differ',
      },
    }),
  /** By which columns rows are one person's; null = as found, none = every row is one of its own. */
  subjectColumns: z.array(z.string()).nullable().default(null),
  /** Columns whose prediction tells how useful the rows are; null = proposed ones. */
  targets: Targets.nullable().default(null),
  ...ReportLimits.shape,
  randomState: RandomState.meta({
    title: 'Random seed',
    description: 'The same seed gives the same report.',
    option: 'seed',
    redraw: 'New seed',
  }),
});
export type EvaluationConfig = z.infer<typeof EvaluationConfig>;

/** A file that was compared. */
export interface ComparedFile {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  /** Null = not known: the rows were made here. */
  readonly bytes: number | null;
  /** SHA-256 of its bytes, hexadecimal; null = no copy of it is kept. */
  readonly sha256: string | null;
}

/** What a report keeps of files that it compares. */
export interface Evaluated {
  /** The same in all reports that were asked for together. */
  readonly evaluationId: string;
  readonly kind: EvaluationConfig['kind'];
  readonly files: {
    readonly training: ComparedFile;
    readonly holdout: ComparedFile | null;
    readonly synthetic: ComparedFile;
  };
  /** Columns whose names or types differ, or that one of the files lacks, in sentences. */
  readonly differences: readonly string[];
  /** What could not be computed, and why. */
  readonly notComputed: readonly string[];
}

/** What a report on data says in place of a score. */
export const NOT_SCORED =
  'These rows were conditioned or rebalanced on purpose, so a difference from the original is no fault. The charts show it.';

/** Why a share of the rows cannot be held out once the synthetic rows are there. */
export const NO_LATER_HOLDOUT =
  'A holdout cannot be split off afterwards: the generator has learned from all these rows, so none of them is unseen. Hold rows back before the next training, and give them here.';

/** A table by name and types. */
export interface ComparedTable {
  /** Name of its file. */
  readonly name: string;
  readonly columns: readonly Pick<ColumnSchema, 'name' | 'storageType'>[];
}

/** How another table differs from the original. */
export interface TableDifferences {
  /** What it calls columns, by the names of the original; those that are called the same are left out. */
  readonly names: Readonly<Record<string, string>>;
  readonly missing: readonly string[];
  readonly extra: readonly string[];
  /** The same, and columns of other types, in sentences; empty = none differs. */
  readonly sentences: readonly string[];
}

/**
 * Compares the columns of a table with those of the original. Names match that are the same but for case and marks.
 * What is done with other types is told as it will be; what could not be read is known afterwards.
 */
export function tableDifferences(
  original: ComparedTable,
  other: ComparedTable,
  set: Exclude<ComparedSet, 'training'>,
): TableDifferences {
  const ours = original.columns.map(({ name }) => name);
  const theirs = other.columns.map(({ name }) => name);
  const renames = matchNames(ours, theirs);
  const nameOf = (name: string) => renames.get(name) ?? name;
  const types = new Map<string, StorageType>(
    other.columns.map(({ name, storageType }) => [name, storageType]),
  );
  const taken = new Set(ours.map(nameOf));
  const missing = ours.filter((name) => !types.has(nameOf(name)));
  const extra = theirs.filter((name) => !taken.has(name));
  const typed = original.columns.flatMap(({ name, storageType }) => {
    const type = types.get(nameOf(name));
    const how = type === undefined ? null : reconciling(storageType, type);
    return how === null || type === undefined
      ? []
      : [reconciledSentence({ column: name, set, how, original: storageType, type }, other.name)];
  });
  return {
    names: Object.fromEntries(renames),
    missing,
    extra,
    sentences: [...nameSentences(other.name, renames, missing, extra), ...typed],
  };
}

/** Those of a report that was written: names as before, types with what could not be read. */
export function nameSentences(
  file: string,
  renames: ReadonlyMap<string, string>,
  missing: readonly string[],
  extra: readonly string[],
): string[] {
  return [
    ...[...renames].map(([name, theirs]) => `“${theirs}” of ${file} is taken for “${name}” of the original.`),
    ...(missing.length > 0 ? [`${file} lacks ${listed(missing)}: not compared.`] : []),
    ...(extra.length > 0 ? [`${file} has ${listed(extra)}, which the original has not: not compared.`] : []),
  ];
}

function listed(names: readonly string[]): string {
  const noun = names.length === 1 ? 'the column' : `the ${names.length} columns`;
  return `${noun} ${names.map((name) => `“${name}”`).join(', ')}`;
}
