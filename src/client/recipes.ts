import { csvCell } from '../domain/csv-cell';
import { UserError } from '../domain/errors';
import { fileNameOf } from '../domain/file-name';
import type { Generator } from '../domain/generators';
import { newId } from '../domain/ids';
import { matchNames } from '../domain/match-names';
import { checkNaming, nameOfCopy } from '../domain/naming';
import { onlyTable } from '../domain/only-table';
import { matchRecipe } from '../domain/recipe-match';
import { nameOfRecipe, recipeOfRun } from '../domain/recipe-of-run';
import {
  appliedRecipe,
  MAX_RECIPE_BYTES,
  type Recipe,
  type RecipeContent,
  RecipeVersion,
  readRecipe,
  versionOf,
  writeRecipe,
} from '../domain/recipes';
import { sampleInput } from '../domain/sample-input';
import { atTable } from '../domain/source-versions';
import type { CsvDialect, Source } from '../domain/sources';
import { parseConfig } from '../domain/zod';
import type { DoppelgridClient, LongCall, RecipesApi, RunRef, SourceInput } from './api';
import type { ClientContext } from './context';
import { listsOf } from './lists';
import { currentProjectId, inProject } from './stock';

/** Saved pipelines, and running them. */
export function createRecipes(
  context: ClientContext,
  client: Pick<DoppelgridClient, 'sources' | 'generators' | 'syntheticDatasets'>,
): RecipesApi {
  const { datasets, generators, recipes, reports, sources } = context;

  function added(fields: Omit<Recipe, 'id'>): Recipe {
    return recipes.put({ ...fields, id: newId() });
  }

  function datasetOf(of: RunRef) {
    return 'syntheticDatasetId' in of ? datasets.get(of.syntheticDatasetId) : undefined;
  }

  /** @throws UserError `config/invalid` if it has not been trained */
  function generatorOf(of: RunRef): Generator {
    const id =
      'syntheticDatasetId' in of ? datasets.get(of.syntheticDatasetId).config.generatorId : of.generatorId;
    const generator = generators.get(id);
    if (generator.trainingStatus === 'DONE') return generator;
    throw new UserError(
      'config/invalid',
      `“${generator.config.name}” has not been trained yet. A recipe is made of a finished run.`,
    );
  }

  function contentOf(of: RunRef): RecipeContent {
    const generator = generatorOf(of);
    const { sourceId, tableId } = onlyTable(generator.config);
    const known = sources.has(sourceId) ? sources.get(sourceId) : undefined;
    return recipeOfRun({
      generator,
      dataset: datasetOf(of),
      source: known && (atTable(known, tableId) ?? known),
      rows: client.syntheticDatasets.propose(generator.id),
    });
  }

  /** How the file is read: as the recipe says, or as detected if that finds more of its columns. */
  async function dialectFor(id: string, input: SourceInput): Promise<Partial<CsvDialect>> {
    const { dialect, input: schema } = versionOf(recipes.get(id));
    const wanted = schema.columns.map(({ name }) => name);
    const found = async (overrides: Partial<CsvDialect>) => {
      const { preview } = await client.sources.sniff(input, overrides);
      const exact = wanted.filter((name) => preview.columns.includes(name)).length;
      return exact + matchNames(wanted, preview.columns).size;
    };
    const asSaved = await found(dialect).catch(() => 0);
    if (asSaved === wanted.length) return dialect;
    return (await found({})) > asSaved ? {} : dialect;
  }

  async function read(id: string, input: SourceInput, options: LongCall = {}): Promise<Source> {
    return client.sources.create(input, { ...options, dialect: await dialectFor(id, input) });
  }

  function compare(id: string, sourceId: string, holdoutSourceId: string | null = null) {
    const holdout = holdoutSourceId === null ? null : sources.get(holdoutSourceId);
    const { differences, problem } = matchRecipe(versionOf(recipes.get(id)), sources.get(sourceId), holdout);
    return { differences, problem };
  }

  function apply(id: string, sourceId: string, holdoutSourceId: string | null = null) {
    const recipe = recipes.get(id);
    const version = versionOf(recipe);
    const source = sources.get(sourceId);
    const holdout = holdoutSourceId === null ? null : sources.get(holdoutSourceId);
    const { config, differences, problem } = matchRecipe(version, source, holdout);
    if (problem !== null) throw new UserError('config/invalid', problem);
    const tables = config.generator.tables.map((table) => ({
      ...table,
      sourceId,
      tableId: onlyTable(source).id,
      holdoutSourceId,
    }));
    const generator = client.generators.create({ ...config.generator, tables });
    const applied = appliedRecipe(
      recipe,
      version,
      differences.map(({ sentence }) => sentence),
    );
    return generators.put({
      ...generator,
      recipe: { ...applied, syntheticDataset: config.syntheticDataset },
    });
  }

  async function checksOf(datasetId: string) {
    const { recipe, reportId } = datasets.get(datasetId);
    if (!recipe) return [];
    const { checkResults } = await import('../domain/check-results');
    return checkResults(
      recipe.checks,
      reportId !== null && reports.has(reportId) ? reports.get(reportId) : null,
    );
  }

  return {
    ...listsOf(context, 'recipe', recipes),
    get: (id) => recipes.get(id),
    version: (id, version) => versionOf(recipes.get(id), version),
    create(of, naming = {}) {
      const generator = generatorOf(of);
      const { description } = generator.config;
      return added({
        name: nameOfRecipe(generator),
        ...(description !== undefined && { description }),
        ...checkNaming(naming),
        ...inProject(generator.projectId),
        versions: [{ version: 1, savedAt: new Date().toISOString(), ...contentOf(of) }],
      });
    },
    update(id, { columns, run, ...change }) {
      const recipe = recipes.get(id);
      const last = versionOf(recipe);
      const { checks, formats } = last;
      const base = run ? { ...contentOf(run), checks, formats } : last;
      const input = columns ? { columns: [...columns], sample: sampleInput(columns) } : base.input;
      const next = parseConfig(
        RecipeVersion,
        { ...base, ...change, input, version: last.version + 1, savedAt: new Date().toISOString() },
        'recipe',
      );
      return recipes.put({ ...recipe, versions: [...recipe.versions, next] });
    },
    rename: (id, naming) => recipes.put({ ...recipes.get(id), ...checkNaming(naming) }),
    async duplicate(id) {
      const recipe = recipes.get(id);
      const copy = added({ ...recipe, name: nameOfCopy(recipe.name) });
      await context.keeper.flush();
      return copy;
    },
    async delete(id) {
      recipes.delete(id);
      await context.keeper.flush();
    },
    export(id, version) {
      const recipe = recipes.get(id);
      return new File([writeRecipe(recipe, version)], `${fileNameOf(recipe.name)}-recipe.json`, {
        type: 'application/json',
      });
    },
    async import(file) {
      const [name, text] = typeof file === 'string' ? ['The recipe', file] : [file.name, await textOf(file)];
      const { format: _f, formatVersion: _v, name: called, description, ...version } = readRecipe(name, text);
      const { input } = version;
      // Its own number stays readable: the recipe begins with the version that was exported.
      const recipe = added({
        name: called,
        ...(description !== undefined && { description }),
        ...inProject(currentProjectId(context)),
        versions: [{ ...version, input: { ...input, sample: sampleInput(input.columns) } }],
      });
      await context.keeper.flush();
      return recipe;
    },
    sampleFile(id) {
      const { name } = recipes.get(id);
      const { columns } = versionOf(recipes.get(id)).input;
      const line = (cells: readonly unknown[]) =>
        cells.map((cell) => csvCell(String(cell), { neutraliseFormulas: false })).join(',');
      const rows = sampleInput(columns).map((row) => line(Object.values(row)));
      const text = `${[line(columns.map((column) => column.name)), ...rows].join('\n')}\n`;
      return new File([text], `${fileNameOf(name)}-sample.csv`, { type: 'text/csv' });
    },
    read,
    compare,
    apply,
    async run(id, input, { holdout, ...options } = {}) {
      const idOf = async (file: typeof input) =>
        'sourceId' in file ? file.sourceId : (await read(id, file, options)).id;
      const sourceId = await idOf(input);
      const holdoutId = holdout ? await idOf(holdout) : null;
      const { differences } = compare(id, sourceId, holdoutId);
      const generator = await client.generators.train(apply(id, sourceId, holdoutId).id, options);
      const { id: datasetId } = client.syntheticDatasets.create(
        client.syntheticDatasets.propose(generator.id),
      );
      const dataset = await client.syntheticDatasets.generate(datasetId, options);
      const report = dataset.reportId === null ? null : reports.get(dataset.reportId);
      return { generator, dataset, report, differences, checks: await checksOf(datasetId) };
    },
    checksOf,
  };
}

/** A file larger than any recipe is not read. */
async function textOf(file: File): Promise<string> {
  return file.size > MAX_RECIPE_BYTES ? ' '.repeat(MAX_RECIPE_BYTES + 1) : file.text();
}
