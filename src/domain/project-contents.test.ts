import { describe, expect, it } from 'vitest';
import { newId } from './ids';
import { archiveProject, readProject } from './project-archive';
import { contentsOf, filesOfContents, type ProjectContents, withNewIds } from './project-contents';
import { aBundle, aDataset, aGenerator, aRecipe, aReport, aSource, aStock } from './testing/stock';

const [source, generator, dataset, report, table, model, outside] = Array.from({ length: 7 }, newId) as [
  ...[string, string, string, string, string, string, string],
];

function contents(): ProjectContents {
  const trained = aGenerator(generator, source, { isTrained: true, files: { manifest: 'm', tensors: 't' } });
  return {
    project: { name: 'P' },
    sourceDatasets: [],
    recipes: [],
    connectors: [],
    sources: [aSource(source, { file: 'csv', tables: [{ id: table, rowCount: 1, columns: [] }] as never })],
    generators: [
      {
        ...trained,
        config: {
          ...trained.config,
          tables: [{ sourceId: source, tableId: table, holdoutSourceId: outside }],
        },
        tables: [{ ...trained.tables[0]!, modelId: model }],
        // A text that happens to be the id of something is its id, a longer text is not.
        error: `About ${source}`,
      } as never,
    ],
    datasets: [aDataset(dataset, generator, { rows: 2, reportId: report })],
    reports: [{ ...aReport(report, dataset), seconds: Number.POSITIVE_INFINITY }],
  };
}

describe('contents under new ids', () => {
  it('name each other as before, and what is outside by its own id', () => {
    const files = new Map([
      ['csv', 'csv2'],
      ['m', 'm2'],
      ['t', 't2'],
    ]);
    const { contents: copy, ids } = withNewIds(contents(), 'p', files);
    const [one, two, three, four] = [
      copy.sources[0]!,
      copy.generators[0]!,
      copy.datasets[0]!,
      copy.reports[0]!,
    ];
    expect([one.id, two.id, three.id, four.id]).toEqual(
      [source, generator, dataset, report].map((id) => ids.get(id)),
    );
    expect(new Set([...ids.values()]).size).toBe(ids.size);
    expect(two.config.tables[0]).toEqual({
      sourceId: one.id,
      tableId: one.tables[0]!.id,
      holdoutSourceId: outside,
    });
    expect([three.config.generatorId, three.reportId, four.syntheticDatasetId]).toEqual([
      two.id,
      four.id,
      three.id,
    ]);
    expect(two.tables[0]!.modelId).toBe(ids.get(model));
    expect(two.error).toBe(`About ${source}`);
    expect(filesOfContents(copy)).toEqual(['csv2', 'm2', 't2']);
    expect([one.projectId, two.projectId, three.projectId]).toEqual(['p', 'p', 'p']);
    expect(withNewIds(contents(), undefined, files).contents.sources[0]!.projectId).toBeUndefined();
  });

  it('are of their project alone, with work under way as not begun', () => {
    const stock = aStock({
      projects: [
        { id: 'first', name: 'One' },
        { id: 'p', name: 'Two', description: 'Told' },
      ],
      sources: [aSource('s'), aSource('t', { projectId: 'p' })],
      generators: [aGenerator('g', 's', { status: 'IN_PROGRESS', projectId: 'p', isTrained: true })],
      datasets: [aDataset('d', 'g', { rows: 1, projectId: 'p' }), aDataset('e', 'g', { rows: 1 })],
      reports: [aReport('r', 'd'), aReport('q', 'e')],
    });
    const two = contentsOf('p', stock);
    expect(two.project).toEqual({ name: 'Two', description: 'Told' });
    expect([two.sources, two.datasets, two.reports].map((items) => items.map(({ id }) => id))).toEqual([
      ['t'],
      ['d'],
      ['r'],
    ]);
    expect(two.generators).toMatchObject([{ id: 'g', trainingStatus: 'NEW', summary: null }]);
  });

  it('keep the recipe of what is under way', () => {
    const recipe = { id: 'r', name: 'Monthly' } as never;
    const generator = { ...aGenerator('g', 's', { status: 'IN_PROGRESS' }), recipe };
    const dataset = { ...aDataset('d', 'g', { rows: 1 }), generationStatus: 'QUEUED' as const, recipe };
    const { generators, datasets } = contentsOf(
      'first',
      aStock({
        projects: [{ id: 'first', name: 'One' }],
        sources: [aSource('s')],
        ...{ generators: [generator], datasets: [dataset], reports: [] },
      }),
    );
    expect(generators).toMatchObject([{ trainingStatus: 'NEW', recipe }]);
    expect(datasets).toMatchObject([{ generationStatus: 'NEW', recipe }]);
  });
});

describe('datasets and recipes', () => {
  const [bundle, recipe, elsewhere] = [newId(), newId(), newId()];
  const held = (id: string, recipeId: string) =>
    aGenerator(id, source, { status: 'ON_HOLD', recipe: recipeId, projectId: 'p' });
  const stock = aStock({
    projects: [{ id: 'p', name: 'P' }],
    sources: [aSource(source, { projectId: 'p' }), aSource(outside)],
    sourceDatasets: [aBundle(bundle, [outside, source], { projectId: 'p' }), aBundle('other', [source])],
    generators: [held(generator, recipe), held(newId(), elsewhere)],
    recipes: [aRecipe(recipe, { projectId: 'p' }), aRecipe(elsewhere)],
  });

  it('go with their project, and what is made by a recipe says so also while it is under way', () => {
    const { sourceDatasets, recipes, generators } = contentsOf('p', stock);
    expect([...sourceDatasets, ...recipes].map(({ id }) => id)).toEqual([bundle, recipe]);
    expect(generators).toMatchObject([
      { trainingStatus: 'NEW', recipe: { id: recipe } },
      { recipe: { id: elsewhere } },
    ]);
  });

  it('are named by their copies; a recipe that stays elsewhere by its own id', () => {
    const { contents: copy, ids } = withNewIds(contentsOf('p', stock), 'q', new Map());
    expect(copy.sourceDatasets).toMatchObject([
      { id: ids.get(bundle), sourceIds: [outside, copy.sources[0]!.id], projectId: 'q' },
    ]);
    expect(copy.recipes).toMatchObject([{ id: ids.get(recipe), projectId: 'q' }]);
    expect(copy.generators.map((each) => each.recipe!.id)).toEqual([ids.get(recipe), elsewhere]);
  });
});

describe('the texts of a project', () => {
  it('hold numbers that JSON does not have, and names that a path cannot have', () => {
    const odd = { csv: '../a:b\\c.csv', m: '..', t: '' } as Record<string, string>;
    const archived = archiveProject(contents(), (file) => odd[file]!, '0.1.0');
    expect(archived.files.map(({ path, isDeflated }) => [path, isDeflated])).toEqual([
      ['files/csv/.._a_b_c.csv', true],
      ['files/m/file', false],
      ['files/t/file', false],
    ]);
    const [text] = archived.texts.filter(({ path }) => path.startsWith('reports/'));
    expect(text!.text).toContain('{"$number":"Infinity"}');
    const only = { [text!.path]: text!.text };
    expect(() => readProject('x.zip', archived.header, only, {})).toThrow(
      'does not have the form of a report',
    );
  });

  it('are refused where a file is called as a word is that other parts hold', () => {
    const { header } = archiveProject(contents(), (file) => file, '0.1.0');
    expect(() => readProject('x.zip', header, {}, { 'files/DONE/x': newId() })).toThrow(
      '“files/DONE” that cannot be used (its name is no id)',
    );
  });
});
