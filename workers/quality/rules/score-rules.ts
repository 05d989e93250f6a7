import type { ColumnSchema, NamedColumn } from '../../../src/domain/column-data';
import type { RuleScore } from '../../../src/domain/reports';
import { columnsOfRule, type Rule } from '../../../src/domain/rules';
import { ALL_ROWS, type RowSelection } from '../../../src/domain/split';
import { checkRule } from '../../engine/rules/check-rule';
import { asFamily, familyOf } from '../columns';
import type { Pacer } from '../pacing';
import type { EvaluateRequest } from '../protocol';
import type { ColumnSource } from '../read-sets';

/** Values of columns that are kept for the next rule, in all. */
const MAX_HELD_VALUES = 4_000_000;

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
    const original = NEEDS_ORIGINAL.includes(rule.kind) ? await training.read(own) : drawn;
    const { applicable: spoken, kept: held } = checkRule(rule, drawn, original);
    scores.push({
      ...{ rule, source: origin, state },
      original: { applicable, kept },
      synthetic: { applicable: spoken, kept: held },
    });
    pacer.advance();
    await pacer.yield();
  }
  return scores;
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
    const rows = data.kind === 'text' ? data.codes.length : data.values.length;
    for (const name of this.#held.keys()) {
      if ((this.#held.size + 1) * rows <= MAX_HELD_VALUES) return;
      this.#held.delete(name);
    }
  }
}
