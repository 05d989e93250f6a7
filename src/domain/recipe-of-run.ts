import type { StorageType } from './columns';
import { exportedDialect } from './exported-dialect';
import type { Generator } from './generators';
import { describeGenerator } from './job-configuration';
import { maskData } from './names-of-data';
import { onlyTable } from './only-table';
import { RecipeChecks } from './recipe-checks';
import type { InputColumn, RecipeContent } from './recipes';
import { kindOfRuleId, textsOfRuleId } from './rename-columns';
import { columnsOfRule, type Rule, type RuleKind, type RuleOf, type RuleSettings } from './rules';
import { sampleInput } from './sample-input';
import { type CutDialect, dialectForOthers, type Source } from './sources';
import type { SyntheticDataset, SyntheticDatasetConfig } from './synthetic-datasets';

const DIALECT: CutDialect = {
  encoding: 'utf-8',
  delimiter: ',',
  quote: '"',
  header: true,
  skipLines: 0,
};

/** What a recipe is made from. */
export interface FinishedRun {
  readonly generator: Generator;
  /** Absent = the rows of `propose`. */
  readonly dataset?: SyntheticDataset | undefined;
  /** Absent = it was deleted, or is elsewhere. */
  readonly source?: Source | undefined;
  /** Settings of rows where there is no dataset yet. */
  readonly rows: SyntheticDatasetConfig;
}

/**
 * The recipe of a run: its settings, and names and types of the source's columns. No value of the source is in it: rules
 * that name values are left out, which `leftOut` says (docs/recipes.md, What is in it).
 */
export function recipeOfRun({ generator, dataset, source, rows }: FinishedRun): RecipeContent {
  const described = describeGenerator(generator.config);
  const { description: _described, ...config } = described;
  const table = onlyTable(described);
  const names = new Set(table.columns.map(({ name }) => name));
  const { rules, leftOut } = withoutValues(table.rules, names);
  const columns = inputColumns(generator, dataset, source);
  const { generatorId: _id, description: _about, ...generation } = dataset?.config ?? rows;
  const { configuration } = onlyTable(generation);
  const sourceRows = source && onlyTable(source).rowCount;
  // As many rows as that table had is as many as the next one has.
  const sampleSize = configuration.sampleSize === sourceRows ? null : configuration.sampleSize;
  return {
    dialect: dialectForOthers(
      (source && exportedDialect(source)) ?? generator.imported?.source.dialect ?? DIALECT,
    ),
    input: { columns, sample: sampleInput(columns) },
    config: {
      // Runs are named after the recipe and their file.
      generator: { ...config, name: 'recipe', tables: [{ ...table, name: 'table', rules }] },
      syntheticDataset: {
        ...generation,
        name: 'recipe',
        tables: [{ name: 'table', configuration: { ...configuration, sampleSize } }],
      },
    },
    ...(onlyTable(generator.config).holdoutSourceId !== null && { holdout: 'file' as const }),
    checks: RecipeChecks.parse({}),
    formats: ['parquet'],
    leftOut,
  };
}

/** What a recipe of a run is called. */
export function nameOfRecipe({ config }: Pick<Generator, 'config'>): string {
  return maskData(config.name).slice(0, 256);
}

/** Names and types of the columns that the source has or, where it is gone, that are known of them. */
function inputColumns(generator: Generator, dataset?: SyntheticDataset, source?: Source): InputColumn[] {
  const known = source
    ? onlyTable(source).columns
    : (dataset?.tables.flatMap(({ stored }) => stored?.columns ?? []) ?? []);
  if (source) return known.map(({ name, storageType }) => ({ name, type: storageType }));
  const types = new Map<string, StorageType>(known.map(({ name, storageType }) => [name, storageType]));
  return onlyTable(generator).columns.map(({ name }) => ({ name, type: types.get(name) ?? null }));
}

/** Whether rules of a kind name values – categories, bounds, dates – and not columns alone. Each kind must say so. */
const NAMES_VALUES: { readonly [Kind in RuleKind]: boolean | ((rule: RuleOf<Kind>) => boolean) } = {
  'functional-dependency': false,
  'fixed-combinations': false,
  'excluded-combinations': true,
  inequality: false,
  linear: ({ constant }) => constant !== 0,
  product: false,
  'date-part': ({ cells }) => cells !== null,
  age: ({ to }) => typeof to === 'number',
  'calendar-date': false,
  'date-count': ({ origin }) => origin !== 0,
  thresholds: true,
  extreme: ({ cells }) => cells !== undefined,
  'one-hot': false,
  permutation: false,
  'missing-together': false,
  'implied-value': true,
  'often-equal': false,
  'running-number': true,
  range: true,
  increments: false,
};

function namesValues(rule: Rule): boolean {
  const names = NAMES_VALUES[rule.kind] as boolean | ((rule: Rule) => boolean);
  return typeof names === 'function' ? names(rule) : names;
}

/** Kinds of rules whose ids (`idOfRule`) hold no value. What is not among them may hold any. */
const IDS_WITHOUT_VALUES: ReadonlySet<string> = new Set<RuleKind>([
  ...(['functional-dependency', 'fixed-combinations', 'excluded-combinations', 'inequality'] as const),
  ...(['linear', 'product', 'date-part', 'age', 'calendar-date', 'date-count', 'thresholds'] as const),
  ...(['extreme', 'one-hot', 'permutation', 'missing-together', 'often-equal'] as const),
  ...(['running-number', 'increments'] as const),
]);

function withoutValues(
  rules: RuleSettings,
  columns: ReadonlySet<string>,
): { rules: RuleSettings; leftOut: string[] } {
  const lost = rules.added.filter(namesValues);
  const lostIds = rules.off.filter((id) => !IDS_WITHOUT_VALUES.has(kindOfRuleId(id) ?? ''));
  const onAdded = lost.map(
    (rule) =>
      `A rule that was added on ${quoted(columnsOfRule(rule))} names values of the table. Add it again where the recipe is run.`,
  );
  const onOff = lostIds.map((id) => {
    const column = textsOfRuleId(id).find((text) => columns.has(text)) ?? 'a column';
    return `A rule on ${quoted([column])} that was switched off names values of the table. If it is found again, it is kept.`;
  });
  return {
    rules: {
      ...rules,
      added: rules.added.filter((rule) => !lost.includes(rule)),
      off: rules.off.filter((id) => !lostIds.includes(id)),
    },
    leftOut: [...new Set([...onAdded, ...onOff])],
  };
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `“${name}”`).join(', ');
}
