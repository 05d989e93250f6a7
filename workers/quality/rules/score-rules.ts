import {
  type ColumnData,
  type ColumnSchema,
  columnLength,
  type NamedColumn,
} from '../../../src/domain/column-data';
import type { RuleScore, RuleShare } from '../../../src/domain/reports';
import { columnsOfRule, type Rule } from '../../../src/domain/rules';
import { shownShare } from '../../../src/domain/shown-counts';
import { ALL_ROWS, type RowSelection } from '../../../src/domain/split';
import { checkRule } from '../../rules/check-rule';
import { asFamily, familyOf } from '../columns';
import type { Pacer } from '../pacing';
import type { EvaluateRequest } from '../protocol';
import type { ColumnSource } from '../read-sets';

/** Values of columns that are kept for the next rule, in all. */
const MAX_HELD_VALUES = 4_000_000;

const SLICE_ROWS = 50_000;

/** Kinds that say which values go together in the original. */
const NEEDS_ORIGINAL: readonly Rule['kind'][] = [
  'functional-dependency',
  'fixed-combinations',
  'permutation',
];

/**
 * How many synthetic rows keep each rule, beside the rows trained on. Rules that name a column which is not compared are
 * left out. Reads the columns of one rule at a time.
 * @param columns those that are compared
 * @throws UserError `canceled` on abort
 */
export async function scoreRules(
  request: Pick<EvaluateRequest, 'rules' | 'training' | 'syntheticTableId'>,
  source: ColumnSource,
  columns: readonly ColumnSchema[],
  pacer: Pacer,
): Promise<RuleScore[]> {
  const schemas = new Map(columns.map((schema) => [schema.name, schema]));
  const rules = request.rules.filter(({ rule }) => columnsOfRule(rule).every((name) => schemas.has(name)));
  pacer.expect(rules.length);
  const { tableId, rows } = request.training;
  const training = new ColumnShelf(source, tableId, rows);
  const synthetic = new ColumnShelf(source, request.syntheticTableId, ALL_ROWS);
  const scores: RuleScore[] = [];
  for (const { rule, source: origin, state, applicable, kept } of rules) {
    const own = columnsOfRule(rule).map((name) => schemas.get(name)!);
    const drawn = await synthetic.read(own);
    let share: RuleShare;
    if (NEEDS_ORIGINAL.includes(rule.kind)) {
      const checked = checkRule(rule, drawn, await training.read(own));
      share = { applicable: checked.applicable, kept: checked.kept };
    } else share = await countedInSlices(rule, drawn, pacer);
    scores.push({
      rule,
      source: origin,
      state,
      original: shownShare({ applicable, kept }),
      synthetic: share,
    });
    pacer.advance();
    await pacer.yield();
  }
  return scores;
}

/** Counts some rows after the other, so that the thread answers in between. A row keeps such a rule by itself. */
async function countedInSlices(
  rule: Rule,
  columns: readonly NamedColumn[],
  pacer: Pacer,
): Promise<RuleShare> {
  const rows = columnLength(columns[0]!.data);
  const size = rule.kind === 'running-number' ? rows : SLICE_ROWS;
  let [applicable, kept] = [0, 0];
  for (let from = 0; from < rows; from += size) {
    const slice = columns.map((column) => ({ ...column, data: sliceOf(column.data, from, from + size) }));
    const checked = checkRule(rule, slice);
    applicable += checked.applicable;
    kept += checked.kept;
    if (pacer.advance(0)) await pacer.yield();
  }
  return { applicable, kept };
}

function sliceOf(data: ColumnData, from: number, to: number): ColumnData {
  return data.kind === 'text'
    ? { ...data, codes: data.codes.subarray(from, to) }
    : { ...data, values: data.values.subarray(from, to), nulls: data.nulls?.subarray(from, to) ?? null };
}

/** Columns of a table, the last ones used kept. */
class ColumnShelf {
  readonly #source: ColumnSource;
  readonly #tableId: string;
  readonly #rows: RowSelection;
  readonly #held = new Map<string, NamedColumn>();

  constructor(source: ColumnSource, tableId: string, rows: RowSelection) {
    this.#source = source;
    this.#tableId = tableId;
    this.#rows = rows;
  }

  async read(schemas: readonly ColumnSchema[]): Promise<NamedColumn[]> {
    const columns: NamedColumn[] = [];
    for (const schema of schemas) columns.push(await this.#column(schema));
    return columns;
  }

  async #column({ name, storageType }: ColumnSchema): Promise<NamedColumn> {
    let column = this.#held.get(name);
    if (!column) {
      const [data] = await this.#source.readParts(this.#tableId, name, [this.#rows]);
      column = { name, storageType, data: asFamily(data!, familyOf(storageType)) };
      this.#dropOldest(column);
    }
    // Behind all others: the first of the map was used longest ago.
    this.#held.delete(name);
    this.#held.set(name, column);
    return column;
  }

  #dropOldest({ data }: NamedColumn): void {
    const rows = columnLength(data);
    for (const name of this.#held.keys()) {
      if ((this.#held.size + 1) * rows <= MAX_HELD_VALUES) return;
      this.#held.delete(name);
    }
  }
}
