import type { ColumnData, ColumnSchema, NamedColumn } from '../../src/domain/column-data';
import { UserError } from '../../src/domain/errors';
import { ALL_ROWS, type RowSelection } from '../../src/domain/split';
import type { DatabasePeerApi } from '../database/protocol';
import { asFamily, familyOf } from './columns';
import type { EvaluateRequest } from './protocol';

/** What the report asks of the database. */
export type ColumnSource = Pick<DatabasePeerApi, 'describe' | 'readParts' | 'readSubjects'>;

/** One column in all sets, in the form of the training table's type. */
export interface ColumnSets {
  readonly training: NamedColumn;
  readonly holdout: ColumnData | null;
  readonly synthetic: ColumnData;
}

/** Columns that all tables have, and those that are left out. */
export interface ColumnPlan {
  readonly columns: readonly ColumnSchema[];
  /** Columns of the training table that were not asked for. */
  readonly excluded: readonly string[];
  /** Columns asked for that a table lacks. */
  readonly missing: readonly string[];
}

/**
 * Finds the columns to compare.
 *
 * @throws UserError `report/failed` if none is left
 */
export async function planColumns(source: ColumnSource, request: EvaluateRequest): Promise<ColumnPlan> {
  const training = (await source.describe(request.training.tableId)).columns;
  const others = [(await source.describe(request.syntheticTableId)).columns];
  if (request.holdout) others.push((await source.describe(request.holdout.tableId)).columns);
  const names = others.map((columns) => new Set(columns.map(({ name }) => name)));
  const asked = new Set(request.columns);
  const present = training.filter(({ name }) => asked.has(name) && names.every((set) => set.has(name)));
  if (present.length === 0) {
    throw new UserError(
      'report/failed',
      'There is nothing to report on: the synthetic table, the training table and the holdout share no modelled column. Check that the holdout file has the same header as the training data.',
    );
  }
  const compared = new Set(present.map(({ name }) => name));
  const attacked = [...(request.attacked?.known ?? []), ...(request.attacked?.sensitive ?? [])];
  const unknown = attacked.find((name) => !compared.has(name));
  if (unknown !== undefined) {
    throw new UserError(
      'report/failed',
      `“${unknown}” cannot be known or guessed: the report does not compare such a column. Choose among the columns that it compares.`,
    );
  }
  return {
    columns: present,
    excluded: training.map(({ name }) => name).filter((name) => !asked.has(name)),
    missing: request.columns.filter((name) => !compared.has(name)),
  };
}

/** Reads one column after the other, the next one while the last one is worked on. */
export async function* readColumns(
  source: ColumnSource,
  request: EvaluateRequest,
  columns: readonly ColumnSchema[],
): AsyncGenerator<ColumnSets> {
  const start = (at: number): Promise<ColumnSets> | null => {
    const column = columns[at];
    if (!column) return null;
    const reading = readSets(source, request, column);
    // A caller that stops early leaves this one unread: its failure must not count as unhandled.
    reading.catch(() => undefined);
    return reading;
  };
  let next = start(0);
  for (let at = 0; next; at++) {
    const sets: ColumnSets = await next;
    next = start(at + 1);
    yield sets;
  }
}

async function readSets(
  source: ColumnSource,
  request: EvaluateRequest,
  { name, storageType }: ColumnSchema,
): Promise<ColumnSets> {
  const family = familyOf(storageType);
  const read = async (tableId: string, rows: RowSelection) => {
    const [data] = await source.readParts(tableId, name, [rows]);
    return asFamily(data!, family);
  };
  const [training, synthetic, holdout] = await Promise.all([
    read(request.training.tableId, request.training.rows),
    read(request.syntheticTableId, ALL_ROWS),
    request.holdout ? read(request.holdout.tableId, request.holdout.rows) : null,
  ]);
  return { training: { name, storageType, data: training }, holdout, synthetic };
}
