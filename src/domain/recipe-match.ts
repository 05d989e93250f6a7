import type { ColumnConfig, StorageType } from './columns';
import { matchNames } from './match-names';
import { onlyTable } from './only-table';
import type { RecipeConfig, RecipeVersion } from './recipes';
import { renameInRule, renameInRuleId } from './rename-columns';
import { columnsOfRule } from './rules';
import type { CsvDialect, CutDialect, Source } from './sources';

/** How a file differs from what a recipe was made for, and what happens with it. */
export interface RecipeDifference {
  readonly kind:
    | 'reading'
    | 'other-name'
    | 'missing-column'
    | 'new-column'
    | 'other-type'
    | 'rule'
    | 'holdout';
  /** As the file has it, or the recipe where the file does not; null = of no single column. */
  readonly column: string | null;
  readonly sentence: string;
}

/** A recipe as it would be run on a source. */
export interface RecipeMatch {
  readonly differences: readonly RecipeDifference[];
  /** Why it cannot run, in a sentence; null = it can. */
  readonly problem: string | null;
  /** With the names of the source's columns, without what it lacks. */
  readonly config: RecipeConfig;
}

const KINDS: Readonly<Record<StorageType, 'number' | 'date' | 'text'>> = {
  ...{
    integer: 'number',
    float: 'number',
    date: 'date',
    datetime: 'date',
    time: 'number',
    boolean: 'text',
    text: 'text',
  },
};

/**
 * Compares a source with the schema of a recipe and fits the recipe to it (docs/recipes.md, Another file). Names match
 * that are the same but for case and marks, where no other column is called so. Pure.
 * @param holdout the file that the report is to compare with; null = rows are held back
 */
export function matchRecipe(
  { config, dialect, holdout: asked, input }: Pick<RecipeVersion, 'config' | 'dialect' | 'holdout' | 'input'>,
  source: Pick<Source, 'name' | 'dialect' | 'tables'>,
  holdout: Pick<Source, 'name'> | null = null,
): RecipeMatch {
  const { columns: found, name: tableName } = onlyTable(source);
  const table = onlyTable(config.generator);
  // A file that was written by hand may learn columns that its schema does not have.
  const names = [...new Set([...input.columns, ...table.columns].map(({ name }) => name))];
  const renames = matchNames(
    names,
    found.map(({ name }) => name),
  );
  const nameOf = (name: string) => renames.get(name) ?? name;
  const wanted = new Map(input.columns.map(({ name, type }) => [nameOf(name), type]));
  const types = new Map(found.map(({ name, storageType }) => [name, storageType]));
  const used = new Map(table.columns.map((column) => [nameOf(column.name), column]));
  const isMissing = (name: string) => !types.has(name);
  const isChanged = (name: string) => {
    const [before, now] = [wanted.get(name), types.get(name)];
    return before != null && now !== undefined && KINDS[before] !== KINDS[now];
  };

  const columns = found.map(({ name }): ColumnConfig => {
    const column = used.get(name);
    if (!column) return { name, included: false, modelEncodingType: 'AUTO' };
    return { ...column, name, modelEncodingType: isChanged(name) ? 'AUTO' : column.modelEncodingType };
  });
  const keyIsThere = table.primaryKey !== null && !isMissing(nameOf(table.primaryKey));
  const isUsable = (name: string) => !isMissing(name) && !isChanged(name);
  const added = table.rules.added.map((rule) => renameInRule(rule, nameOf));
  const lostRules = added.filter((rule) => !columnsOfRule(rule).every(isUsable));
  const off = table.rules.off.map((id) => renameInRuleId(id, nameOf));
  const subjectColumns = table.subjectColumns?.map(nameOf) ?? null;

  const missing = names.map(nameOf).filter(isMissing);
  const differences: RecipeDifference[] = [
    ...readingDifferences(dialect, source.dialect),
    ...holdoutDifferences(asked === 'file', holdout, source),
    ...[...renames].map(([before, now]): RecipeDifference => {
      return {
        kind: 'other-name',
        column: now,
        sentence: `“${now}” is taken for “${before}” of the recipe.`,
      };
    }),
    ...missing.map((name): RecipeDifference => {
      const wasUsed = used.get(name)?.included === true;
      const end = !wasUsed
        ? 'The recipe leaves it out anyway.'
        : name === nameOf(table.primaryKey ?? '')
          ? 'No key is written.'
          : 'The synthetic rows are without it.';
      return { kind: 'missing-column', column: name, sentence: `The file has no column “${name}”. ${end}` };
    }),
    ...found.flatMap(({ name }): RecipeDifference[] =>
      wanted.has(name) || used.has(name)
        ? []
        : [
            {
              ...{ kind: 'new-column', column: name },
              sentence: `“${name}” is not in the recipe. It is left out of training and synthetic rows.`,
            },
          ],
    ),
    ...found.flatMap(({ name, storageType }): RecipeDifference[] => {
      const before = wanted.get(name);
      if (before == null || before === storageType) return [];
      const end = isChanged(name) ? 'How it is learned is decided anew.' : 'It is learned in the same way.';
      return [
        {
          ...{ kind: 'other-type', column: name },
          sentence: `“${name}” is of type ${storageType}; in the recipe it is ${before}. ${end}`,
        },
      ];
    }),
    ...lostRules.map((rule): RecipeDifference => {
      const names = columnsOfRule(rule)
        .map((name) => `“${name}”`)
        .join(', ');
      return {
        ...{ kind: 'rule', column: null },
        sentence: `The rule on ${names} is left out: a column is missing or of another type.`,
      };
    }),
  ];

  return {
    differences,
    problem: problemOf(
      source.name,
      subjectColumns?.filter(isMissing) ?? [],
      !table.columns.some(({ name, included }) => included && name !== table.primaryKey) ||
        columns.some(({ name, included }) => included && name !== nameOf(table.primaryKey ?? '')),
    ),
    config: {
      generator: {
        ...config.generator,
        name: tableName,
        tables: [
          {
            ...table,
            name: tableName,
            primaryKey: keyIsThere ? nameOf(table.primaryKey!) : null,
            subjectColumns,
            columns,
            rules: { ...table.rules, added: added.filter((rule) => !lostRules.includes(rule)), off },
          },
        ],
      },
      syntheticDataset: {
        ...config.syntheticDataset,
        name: tableName,
        tables: [{ ...onlyTable(config.syntheticDataset), name: tableName }],
      },
    },
  };
}

function holdoutDifferences(
  isAsked: boolean,
  holdout: Pick<Source, 'name'> | null,
  source: Pick<Source, 'name'>,
): RecipeDifference[] {
  if (isAsked === (holdout !== null)) return [];
  const sentence = holdout
    ? `The report compares with “${holdout.name}”; in the recipe with rows that were held back. All rows of “${source.name}” train.`
    : `The report of the recipe compares with a file of its own, the holdout. None is given: rows of “${source.name}” are held back from the training in its place.`;
  return [{ kind: 'holdout', column: null, sentence }];
}

const READING = {
  encoding: 'encoding',
  delimiter: 'delimiter',
  quote: 'quote',
  header: 'header',
  skipLines: 'lines skipped',
  decimal: 'decimal mark',
  comment: 'mark of comments',
  headerRows: 'rows of names',
} as const;

function readingDifferences(wanted: CutDialect, found: CsvDialect): RecipeDifference[] {
  const shown = (value: unknown) =>
    value === '' || value === undefined ? 'none' : value === '\t' ? 'tab' : `“${value}”`;
  const differences = (Object.keys(READING) as (keyof typeof READING)[])
    .filter(
      (field) => (field !== 'decimal' || wanted.decimal !== undefined) && wanted[field] !== found[field],
    )
    .map(
      (field) =>
        `The file was read with ${READING[field]} ${shown(found[field])}; the recipe says ${shown(wanted[field])}.`,
    );
  const values = (wanted.nullValues ?? []).filter((text) => !found.nullValues.includes(text));
  if (values.length > 0)
    differences.push(
      `A missing value in the recipe and a text in this file: ${values.map((text) => (text === '' ? 'an empty cell' : `“${text}”`)).join(', ')}.`,
    );
  return differences.map((sentence) => ({ kind: 'reading', column: null, sentence }));
}

function problemOf(file: string, lostSubjects: readonly string[], hasColumns: boolean): string | null {
  if (!hasColumns)
    return `“${file}” has none of the columns that the recipe learns, so there is nothing to train on. Choose the file it is meant for.`;
  const [lost] = lostSubjects;
  if (lost === undefined) return null;
  return `The rows of one person share “${lost}”, which “${file}” does not have: without it fewer rows would be protected together. Add the column, or set up a generator for this file.`;
}
