import { type ColumnData, columnLength, takeRows } from '../../../../src/domain/column-data';
import { RandomStream } from '../../../../src/domain/random';
import { MIN_THRESHOLD } from '../../../../src/domain/rarity';
import type { Rule } from '../../../../src/domain/rules';
import { SyntheticTableConfiguration } from '../../../../src/domain/synthetic-datasets';
import { checkRule } from '../../../rules/check-rule';
import type { RuleColumn } from '../../../rules/rule-column';
import { withGivenCells } from '../../models/given-cells';
import type { FeatureColumn, GivenColumn, RowBlock, SampleRequest, Sampler } from '../../models/model';
import { checkRules } from '../../models/stored/check-rules';
import { extraValues, learnedOrder, sourcesOf } from '../keep/extra-columns';
import { KeepingSampler } from '../keep/keeping-sampler';
import { planKeeping } from '../keep/plan-keeping';

/** Draws every column on its own from the rows of a table: whatever ties columns is lost. */
class ColumnByColumn implements Sampler {
  readonly #columns: readonly ColumnData[];

  constructor(columns: readonly ColumnData[]) {
    this.#columns = columns;
  }

  async *rows({ rows, seed }: SampleRequest): AsyncGenerator<RowBlock> {
    const columns = this.#columns.map((data, k) => {
      const stream = new RandomStream(seed, `column ${k}`);
      return takeRows(
        data,
        Uint32Array.from({ length: rows }, () => stream.below(columnLength(data))),
      );
    });
    yield { row0: 0, rows, columns, seconds: 0 };
  }

  async *complete(given: readonly GivenColumn[], request: SampleRequest): AsyncGenerator<RowBlock> {
    for await (const block of this.rows(request)) {
      const columns = block.columns.map((data, k) => {
        const own = given.find(({ feature }) => feature === k);
        return own ? withGivenCells(data, own) : data;
      });
      yield { ...block, columns };
    }
  }

  memory = () => 0;
  dispose = () => undefined;
}

/** A sampler that keeps these rules of a table, as they are stored, over one that draws every column on its own. */
export async function samplerOf(
  columns: readonly RuleColumn[],
  features: readonly FeatureColumn[],
  rules: readonly Rule[],
) {
  const checked = rules.map((rule) => checkRule(rule, columns));
  const read = async (name: string) => columns.find((column) => column.name === name)!;
  const kept = await planKeeping(
    checked,
    features,
    read,
    { enabled: true, thresholdOf: () => MIN_THRESHOLD },
    async () => undefined,
  );
  const output = features.map(({ schema }) => ({ role: 'feature' as const, schema }));
  checkRules(output, JSON.parse(JSON.stringify(kept)));
  const names = columns.map(({ name }) => name);
  const learned: ColumnData[] = [];
  for (const column of learnedOrder(names, kept.extras)) {
    if ('feature' in column) learned.push(columns[column.feature]!.data);
    else {
      const extra = kept.extras[column.extra]!;
      const sources: RuleColumn[] = [];
      for (const name of sourcesOf(extra)) sources.push(await read(name));
      learned.push(extraValues(extra, sources));
    }
  }
  const schemas = features.map(({ schema }) => schema);
  return { kept, sampler: new KeepingSampler(new ColumnByColumn(learned), kept, schemas) };
}

/** The one block of a small draw, as columns. */
export async function collect(
  blocks: AsyncIterable<RowBlock>,
  original: readonly RuleColumn[],
): Promise<RuleColumn[]> {
  for await (const { columns } of blocks) {
    return original.map(({ name, storageType }, k) => ({ name, storageType, data: columns[k]! }));
  }
  throw new Error('There are no rows.');
}

/** Features of a table: texts are categories, numbers and instants are binned. */
export function featuresOf(columns: readonly RuleColumn[]): FeatureColumn[] {
  return columns.map(({ name, storageType, data }, i) => ({
    schema: { name, originalName: name, storageType },
    encodingType:
      storageType === 'date'
        ? 'TABULAR_DATETIME'
        : data.kind === 'text'
          ? 'TABULAR_CATEGORICAL'
          : 'TABULAR_NUMERIC_BINNED',
    sourceIndex: i,
    outputIndex: i,
  }));
}

/** Rows drawn column by column, made to keep the rules. */
export async function drawKept(columns: readonly RuleColumn[], rules: readonly Rule[], rows: number) {
  const { kept, sampler } = await samplerOf(columns, featuresOf(columns), rules);
  const configuration = SyntheticTableConfiguration.parse({});
  return { kept, drawn: await collect(sampler.rows({ rows, seed: 3, configuration }), columns) };
}
