import type { ColumnData, ColumnSchema, NamedColumn } from '../../src/domain/column-data';
import type { StorageType } from '../../src/domain/columns';
import { UserError } from '../../src/domain/errors';
import { type ComparedSet, type Reconciled, reconciling } from '../../src/domain/reconcile-types';
import { ALL_ROWS, type RowSelection } from '../../src/domain/split';
import type { DatabasePeerApi } from '../database/protocol';
import type { EvaluateRequest } from './protocol';
import { reconcileColumn, type TypedColumn } from './reconcile';

/** What the report asks of the database. */
export type ColumnSource = Pick<DatabasePeerApi, 'describe' | 'readParts' | 'readSubjects'>;

/** One column in all sets, in the form of the training table's type. */
export interface ColumnSets {
  readonly training: NamedColumn;
  readonly holdout: ColumnData | null;
  readonly synthetic: ColumnData;
  /** What was done for that where the tables differ. */
  readonly reconciled: readonly Reconciled[];
}

/** A table beside the one trained on. */
interface OtherTable {
  readonly set: ComparedSet;
  readonly tableId: string;
  readonly rows: RowSelection;
  /** What it calls a column of the training table. */
  nameOf(column: string): string;
}

/** Columns that all tables have, and those that are left out. */
export interface ColumnPlan {
  readonly columns: readonly ColumnSchema[];
  /** Types that the other tables have them in, by the names of the training table. */
  readonly types: ReadonlyMap<ComparedSet, ReadonlyMap<string, StorageType>>;
  /** Columns of types that nothing brings together, which are left out. */
  readonly apart: readonly Reconciled[];
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
  const types = new Map<ComparedSet, ReadonlyMap<string, StorageType>>();
  for (const { set, tableId, nameOf } of otherTables(request)) {
    const { columns } = await source.describe(tableId);
    const theirs = new Map(columns.map(({ name, storageType }) => [name, storageType]));
    const found = training.flatMap(({ name }) => {
      const type = theirs.get(nameOf(name));
      return type === undefined ? [] : [[name, type] as const];
    });
    types.set(set, new Map(found));
  }
  const asked = new Set(request.columns);
  const shared = training.filter(
    ({ name }) => asked.has(name) && [...types.values()].every((own) => own.has(name)),
  );
  const apart = [...types].flatMap(([set, own]) =>
    shared.flatMap(({ name, storageType }): Reconciled[] => {
      const type = own.get(name)!;
      return reconciling(storageType, type) === 'apart'
        ? [{ column: name, set, how: 'apart', original: storageType, type, unread: 0 }]
        : [];
    }),
  );
  const left = new Set(apart.map(({ column }) => column));
  const present = shared.filter(({ name }) => !left.has(name));
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
  const unpredicted = request.targets?.find((name) => !compared.has(name));
  if (unpredicted !== undefined) {
    throw new UserError(
      'report/failed',
      `“${unpredicted}” cannot be predicted: the report does not compare such a column. Choose among the columns that it compares.`,
    );
  }
  return {
    columns: present,
    types,
    apart,
    excluded: training.map(({ name }) => name).filter((name) => !asked.has(name)),
    missing: request.columns.filter((name) => !shared.some((column) => column.name === name)),
  };
}

function otherTables({ synthetic, holdout, syntheticTableId }: EvaluateRequest): OtherTable[] {
  const named =
    (names: Readonly<Record<string, string>> = {}) =>
    (column: string) =>
      Object.hasOwn(names, column) ? names[column]! : column;
  return [
    { set: 'synthetic', tableId: syntheticTableId, rows: ALL_ROWS, nameOf: named(synthetic?.names) },
    ...(holdout
      ? [
          {
            set: 'holdout',
            tableId: holdout.tableId,
            rows: holdout.rows,
            nameOf: named(holdout.names),
          } as const,
        ]
      : []),
  ];
}

/** Reads one column after the other, the next one while the last one is worked on. */
export async function* readColumns(
  source: ColumnSource,
  request: EvaluateRequest,
  plan: Pick<ColumnPlan, 'columns' | 'types'>,
): AsyncGenerator<ColumnSets> {
  const start = (at: number): Promise<ColumnSets> | null => {
    const column = plan.columns[at];
    if (!column) return null;
    const reading = readSets(source, request, column, plan.types);
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
  types: ColumnPlan['types'],
): Promise<ColumnSets> {
  const read = async (tableId: string, column: string, rows: RowSelection) => {
    const [data] = await source.readParts(tableId, column, [rows]);
    return data!;
  };
  const { tableId, rows } = request.training;
  const [training, ...others] = await Promise.all([
    read(tableId, name, rows),
    ...otherTables(request).map(
      async ({ set, nameOf, ...table }): Promise<[ComparedSet, TypedColumn]> => [
        set,
        {
          type: types.get(set)?.get(name) ?? storageType,
          data: await read(table.tableId, nameOf(name), table.rows),
        },
      ],
    ),
  ]);
  const { type, original, ...fitted } = reconcileColumn(
    name,
    { type: storageType, data: training },
    new Map(others),
  );
  return {
    training: { name, storageType: type, data: original },
    holdout: fitted.others.get('holdout') ?? null,
    synthetic: fitted.others.get('synthetic')!,
    reconciled: fitted.reconciled,
  };
}
