import type { ColumnSchema } from '../../src/domain/column-data';
import { decideEncoding } from '../../src/domain/decide-encoding';
import { canceledError, UserError } from '../../src/domain/errors';
import type { GeneratorColumn } from '../../src/domain/generators';
import { hash, hashText } from '../../src/domain/random';
import { FEWEST_ROWS } from '../../src/domain/small-tables';
import type { DatabasePeerApi } from '../database/protocol';
import { arrangeCategories } from './encoding/arrange-categories';
import { CLASS_RULE } from './encoding/category-classes';
import type { ClassRule, SubColumn } from './encoding/contract';
import type { EncodedColumn } from './encoding-pool/column-task';
import { encodeColumns, type Feature } from './encoding-pool/encode-columns';
import type { EncoderSupply } from './encoding-pool/protocol';
import type { SubColumnFacts } from './models/argn/network/initialise';
import type { TrainRequest } from './protocol';
import type { OutputColumn } from './sampling/decode-block';

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
  /** Where long tables are encoded; absent = on this thread. */
  readonly encoders?: EncoderSupply | null;
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
 * Pulls the columns, analyses their training rows, encodes training and validation rows.
 * @throws UserError `training/too-few-rows`, `training/nothing-to-learn`, `training/failed` for want of memory,
 *   `canceled`
 */
export async function prepareTable(
  request: TrainRequest,
  source: Pick<DatabasePeerApi, 'describe' | 'readParts'>,
  hooks: PrepareHooks,
  classRule: ClassRule = CLASS_RULE,
): Promise<PreparedTable> {
  const { table, randomState } = request;
  const { rowCount, columns: schemas } = await source.describe(table.sourceId);
  const rows = Math.min(rowCount, request.rows.maxSampleSize ?? rowCount);
  checkRows(rows, table.name);
  const decisions = decideColumns(request);
  const schemaOf = new Map(schemas.map((schema) => [schema.name, schema]));
  const features = decisions.flatMap(({ name, decision }, index): Feature[] => {
    if (!decision.included || decision.encodingType === null) return [];
    const schema = schemaOf.get(name)!;
    const { valueProtection, rareCategoryReplacementMethod } = table.tabularModelConfiguration;
    const seed = hash(randomState, hashText('encoding'), index);
    const options = { valueProtection, rareCategoryReplacementMethod, seed, classRule };
    const task = { storageType: schema.storageType, encodingType: decision.encodingType, options };
    return [{ schema, task }];
  });
  if (features.length === 0) throw nothingToLearn(table.name);
  try {
    const columns = await encodeColumns(
      features,
      { peer: source, tableId: table.sourceId, rows: request.rows, rowCount: rows },
      hooks,
      hooks.encoders ?? null,
      table.tabularModelConfiguration.threads,
    );
    const encoded = new Map(features.map(({ schema }, index) => [schema.name, columns[index]!]));
    columns.length = 0;
    for (const [name, column] of encoded) {
      encoded.set(name, await arrangeColumn(column, encoded, hooks));
    }
    const codes = joinCodes(encoded);
    const [first] = encoded.values();
    return {
      decisions,
      columns: outputColumns(decisions, schemaOf, encoded),
      codes,
      trainingRows: first!.training,
      validationRows: first!.validation,
      sourceRows: rowCount,
      facts: [...encoded.values()].flatMap(factsOf),
    };
  } catch (cause) {
    throw asTooLong(cause, table.name, rows);
  }
}

/** A column of very many categories: those that go with the same values of the others get neighbouring codes. */
async function arrangeColumn(
  column: EncodedColumn,
  table: ReadonlyMap<string, EncodedColumn>,
  hooks: Pick<PrepareHooks, 'cancel' | 'pause'>,
): Promise<EncodedColumn> {
  const { encoding, codes, training } = column;
  if (encoding.type !== 'TABULAR_CATEGORICAL' || !encoding.subColumns[0]!.classes) return column;
  const companions = [...table.values()]
    .filter((other) => other !== column)
    .flatMap((other) => other.encoding.subColumns.map((part, k) => ({ ...part, codes: other.codes[k]! })));
  const arranged = await arrangeCategories({ encoding, codes: codes[0]! }, training, companions, async () => {
    await hooks.pause();
    if (hooks.cancel.aborted) throw canceledError('The training');
  });
  return { ...column, encoding: arranged.encoding, codes: [arranged.codes] };
}

/** The codes of all columns in one array; a column keeps its place there, so that long ones are not held twice. */
function joinCodes(encoded: Map<string, EncodedColumn>): Uint16Array {
  const columns = [...encoded.values()].map(({ codes }) => codes.length);
  const [first] = encoded.values();
  const rows = first!.training + first!.validation;
  const joined = new Uint16Array(columns.reduce((sum, parts) => sum + parts, 0) * rows);
  let at = 0;
  for (const [name, column] of encoded) {
    const codes = column.codes.map((part) => {
      const place = joined.subarray(at, at + rows);
      place.set(part);
      at += rows;
      return place;
    });
    encoded.set(name, { ...column, codes });
  }
  return joined;
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

/** A browser that gives no more memory, in words; other errors as they are. */
function asTooLong(cause: unknown, name: string, rows: number): unknown {
  if (!(cause instanceof Error) || cause.name !== 'RangeError') return cause;
  const advised = Math.floor(rows / 2);
  return new UserError(
    'training/failed',
    `This browser has no memory for the ${rows.toLocaleString('en')} rows of “${name}”. Set “Rows at most” to ${advised.toLocaleString('en')}, or leave out columns; rows are then drawn at random.`,
    { details: { rows, advised }, cause },
  );
}

function nothingToLearn(name: string): UserError {
  return new UserError(
    'training/nothing-to-learn',
    `No column of “${name}” takes part in the training. Include at least one column that is not a key.`,
  );
}
