import { type ColumnSchema, columnLength } from '../../src/domain/column-data';
import type { ResolvedEncodingType } from '../../src/domain/columns';
import { decideEncoding } from '../../src/domain/decide-encoding';
import { canceledError, UserError } from '../../src/domain/errors';
import type { GeneratorColumn } from '../../src/domain/generators';
import { hash, hashText, RandomStream } from '../../src/domain/random';
import { FEWEST_ROWS } from '../../src/domain/small-tables';
import type { DatabasePeerApi } from '../database/protocol';
import { arrangeCategories } from './encoding/arrange-categories';
import { CLASS_RULE } from './encoding/category-classes';
import type { ClassRule, SubColumn } from './encoding/contract';
import { analyseColumn, type ColumnEncoding, encodeColumn } from './encoding/encoder';
import type { SubColumnFacts } from './models/argn/initialise';
import type { TrainRequest } from './protocol';
import type { OutputColumn } from './sampling/decode-block';

/** Rows that early stopping judges by, at most (recipe.md §2). */
const MOST_VALIDATION_ROWS = 5000;

/** A table as a model sees it. */
export interface PreparedTable {
  readonly decisions: readonly GeneratorColumn[];
  /** Output columns, in source order. */
  readonly columns: readonly OutputColumn[];
  /** Column-major [sub-column][row]: the training rows, then the validation rows. */
  readonly codes: Uint16Array;
  readonly trainingRows: number;
  readonly validationRows: number;
  readonly sourceRows: number;
  readonly facts: readonly SubColumnFacts[];
}

export interface PrepareHooks {
  readonly cancel: AbortSignal;
  pause(): Promise<void>;
  /** Columns pulled, analysed and encoded so far, out of all modelled. */
  onColumns(stage: 'pull' | 'analyse' | 'encode', done: number, total: number): void;
}

interface Feature {
  readonly schema: ColumnSchema;
  readonly encodingType: ResolvedEncodingType;
  readonly seed: number;
}

/** How every column of the source takes part. */
export function decideColumns(request: TrainRequest): GeneratorColumn[] {
  const { table, profiles } = request;
  const settings = new Map(table.columns.map((column) => [column.name, column]));
  return profiles.map((profile) => ({
    name: profile.name,
    originalName: profile.originalName,
    decision: decideEncoding(
      profile,
      settings.get(profile.name) ?? { included: false, modelEncodingType: 'AUTO' },
      {
        isPrimaryKey: profile.name === table.primaryKey,
        valueProtection: table.tabularModelConfiguration.valueProtection,
      },
    ),
  }));
}

/**
 * Pulls the columns one by one, analyses their training rows, encodes training and validation rows.
 * @throws UserError `training/too-few-rows`, `training/nothing-to-learn`, `canceled`
 */
export async function prepareTable(
  request: TrainRequest,
  source: Pick<DatabasePeerApi, 'describe' | 'readColumn'>,
  hooks: PrepareHooks,
  classRule: ClassRule = CLASS_RULE,
): Promise<PreparedTable> {
  const { table, randomState } = request;
  const { rowCount, columns: schemas } = await source.describe(table.sourceId);
  checkRows(Math.min(rowCount, request.rows.maxSampleSize ?? rowCount), table.name);
  const decisions = decideColumns(request);
  const schemaOf = new Map(schemas.map((schema) => [schema.name, schema]));
  const features = decisions.flatMap(({ name, decision }, index): Feature[] => {
    if (!decision.included || decision.encodingType === null) return [];
    const seed = hash(randomState, hashText('encoding'), index);
    return [{ schema: schemaOf.get(name)!, encodingType: decision.encodingType, seed }];
  });
  if (features.length === 0) throw nothingToLearn(table.name);
  const encoded = new Map<string, EncodedColumn>();
  for (const [done, feature] of features.entries()) {
    encoded.set(
      feature.schema.name,
      await encodeFeature(feature, request, source, hooks, done, features.length, classRule),
    );
  }
  for (const [name, column] of encoded) {
    encoded.set(name, arrangeColumn(column, encoded));
    await hooks.pause();
  }
  const parts = [...encoded.values()];
  return {
    decisions,
    columns: outputColumns(decisions, schemaOf, encoded),
    codes: joinCodes(parts),
    trainingRows: parts[0]!.training,
    validationRows: parts[0]!.validation,
    sourceRows: rowCount,
    facts: parts.flatMap(factsOf),
  };
}

interface EncodedColumn {
  readonly encoding: ColumnEncoding;
  readonly training: number;
  readonly validation: number;
  /** Per sub-column: training rows, then validation rows. */
  readonly codes: readonly Uint16Array[];
}

async function encodeFeature(
  { schema, encodingType, seed }: Feature,
  request: TrainRequest,
  source: Pick<DatabasePeerApi, 'readColumn'>,
  hooks: PrepareHooks,
  done: number,
  total: number,
  classRule: ClassRule,
): Promise<EncodedColumn> {
  const { table, rows } = request;
  const step = async (stage: 'pull' | 'analyse' | 'encode') => {
    hooks.onColumns(stage, done + 1, total);
    await hooks.pause();
    if (hooks.cancel.aborted) throw canceledError('The training');
  };
  const data = await source.readColumn(table.sourceId, schema.name, rows);
  const held = await source.readColumn(table.sourceId, schema.name, { ...rows, part: 'validation' });
  await step('pull');
  const { valueProtection, rareCategoryReplacementMethod } = table.tabularModelConfiguration;
  const encoding = analyseColumn(data, schema.storageType, encodingType, {
    valueProtection,
    rareCategoryReplacementMethod,
    seed,
    classRule,
  });
  await step('analyse');
  const chosen = validationSample(columnLength(held), rows.seed);
  const training = encodeColumn(encoding, data);
  const validation = encodeColumn(encoding, held);
  const codes = training.map((part, k) => joinRows(part, validation[k]!, chosen));
  await step('encode');
  return { encoding, training: columnLength(data), validation: chosen.length, codes };
}

/** A column of very many categories: those that go with the same values of the others get neighbouring codes. */
function arrangeColumn(column: EncodedColumn, table: ReadonlyMap<string, EncodedColumn>): EncodedColumn {
  const { encoding, codes, training } = column;
  if (encoding.type !== 'TABULAR_CATEGORICAL' || !encoding.subColumns[0]!.classes) return column;
  const companions = [...table.values()]
    .filter((other) => other !== column)
    .flatMap((other) => other.encoding.subColumns.map((part, k) => ({ ...part, codes: other.codes[k]! })));
  const arranged = arrangeCategories({ encoding, codes: codes[0]! }, training, companions);
  return { ...column, encoding: arranged.encoding, codes: [arranged.codes] };
}

/** The same validation rows for every column: all, or an even draw of at most 5,000. */
function validationSample(rows: number, seed: number): Uint32Array {
  const order = new RandomStream(seed, 'early stopping').permutation(rows);
  return order.subarray(0, MOST_VALIDATION_ROWS);
}

function joinRows(training: Uint16Array, validation: Uint16Array, chosen: Uint32Array): Uint16Array {
  const joined = new Uint16Array(training.length + chosen.length);
  joined.set(training);
  for (let i = 0; i < chosen.length; i++) joined[training.length + i] = validation[chosen[i]!]!;
  return joined;
}

function joinCodes(columns: readonly EncodedColumn[]): Uint16Array {
  const parts = columns.flatMap((column) => column.codes);
  const rows = parts[0]!.length;
  const codes = new Uint16Array(parts.length * rows);
  parts.forEach((part, j) => {
    codes.set(part, j * rows);
  });
  return codes;
}

function factsOf({ encoding, codes, training }: EncodedColumn): SubColumnFacts[] {
  return encoding.subColumns.map((part: SubColumn, k): SubColumnFacts => {
    const counts = new Uint32Array(part.cardinality);
    for (let i = 0; i < training; i++) counts[codes[k]![i]!]!++;
    return { ordinal: part.ordinal, counts };
  });
}

function outputColumns(
  decisions: readonly GeneratorColumn[],
  schemaOf: ReadonlyMap<string, ColumnSchema>,
  encoded: ReadonlyMap<string, EncodedColumn>,
): OutputColumn[] {
  return decisions.flatMap(({ name, decision }): OutputColumn[] => {
    const schema = schemaOf.get(name)!;
    if (decision.role === 'primary-key') return [{ role: 'primary-key', schema }];
    const column = encoded.get(name);
    return column ? [{ role: 'feature', schema, encoding: column.encoding }] : [];
  });
}

function checkRows(rows: number, name: string): void {
  if (rows >= FEWEST_ROWS) return;
  throw new UserError(
    'training/too-few-rows',
    `“${name}” gives ${rows} ${rows === 1 ? 'row' : 'rows'} to learn from, and a model needs at least ${FEWEST_ROWS}: from fewer it could only copy. Add rows, or raise the largest sample size.`,
    { details: { rows, needed: FEWEST_ROWS } },
  );
}

function nothingToLearn(name: string): UserError {
  return new UserError(
    'training/nothing-to-learn',
    `No column of “${name}” takes part in the training. Include at least one column that is not a key.`,
  );
}
