import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  filterRows,
  LISTED_KINDS,
  type ResourceFilter,
  type ResourceRow,
  SORT_KEYS,
  type Surroundings,
} from './resource-list';
import { resourceRows } from './resource-rows';
import {
  aBundle,
  aConnector,
  aDataset,
  aGenerator,
  aRecipe,
  aReport,
  aSource,
  aStock,
} from './testing/stock';

const projects = [
  { id: 'first', name: 'My project' },
  { id: 'p', name: 'Second' },
  { id: 'old', name: 'Old', archived: true },
];
const stock = aStock({
  sources: [aSource('people.csv', { description: 'Of the census' }), aSource('Älter', { projectId: 'p' })],
  generators: [
    aGenerator('trained', 'people.csv', { isTrained: true, files: { manifest: 'm', tensors: 't' } }),
    aGenerator('again', 'people.csv', { isTrained: true, model: 'copula', recipe: 'monthly' }),
    aGenerator('draft', 'people.csv', { recipe: 'monthly' }),
  ],
  sourceDatasets: [aBundle('both', ['people.csv', 'gone', 'Älter'], { description: 'Two', projectId: 'p' })],
  recipes: [aRecipe('monthly'), aRecipe('unused')],
  datasets: [
    aDataset('rows', 'trained', { rows: 5 }),
    aDataset('more', 'trained', { rows: 7, projectId: 'p' }),
    aDataset('planned', 'again', {}),
  ],
  reports: [aReport('report', 'more')],
  connectors: [aConnector('exports')],
  projects,
});
const around: Surroundings = {
  times: (_kind, id) => ({ createdAt: id.length, updatedAt: 100 - id.length }),
  bytesOf: (file) => ({ m: 20, t: 400 })[file] ?? null,
};

describe('the lines of resources', () => {
  it('say what each is, and what was made of it', () => {
    const [people] = resourceRows('source', stock, around);
    expect(people).toEqual({
      kind: 'source',
      type: null,
      access: null,
      id: 'people.csv',
      name: 'people.csv',
      description: 'Of the census',
      status: 'DONE',
      model: null,
      continues: null,
      version: 1,
      sources: null,
      rows: 10,
      columns: 2,
      bytes: 100,
      created: 10,
      updated: 90,
      project: 'My project',
      projectId: 'first',
      trainings: 2,
      generations: 2,
      rowsGenerated: 12,
    });
    expect(
      resourceRows('generator', stock, around).map(
        ({ name, status, model, rows, bytes, trainings, generations, rowsGenerated }) => [
          ...[name, status, model, rows, bytes, trainings, generations, rowsGenerated],
        ],
      ),
    ).toEqual([
      ['trained', 'DONE', 'argn', 10, 420, 1, 2, 12],
      ['again', 'DONE', 'copula', 10, null, 1, 0, 0],
      ['draft', 'NEW', 'argn', null, null, 0, 0, 0],
    ]);
    expect(
      resourceRows('synthetic-dataset', stock, around).map(({ name, rows, bytes, project }) => [
        ...[name, rows, bytes, project],
      ]),
    ).toEqual([
      ['rows', 5, 10, 'My project'],
      ['more', 7, 14, 'Second'],
      ['planned', null, null, 'My project'],
    ]);
    // A report is named for its dataset, and is where that is.
    expect(resourceRows('report', stock, around)).toMatchObject([
      { name: 'more', project: 'Second', model: 'argn', rows: 5 },
    ]);
  });

  it('say what a dataset bundles of what is there, and what was trained by a recipe', () => {
    expect(resourceRows('dataset', stock, around)).toMatchObject([
      { name: 'both', description: 'Two', sources: 2, rows: 20, columns: 4, bytes: null, project: 'Second' },
    ]);
    expect(resourceRows('recipe', stock, around)).toMatchObject([
      { name: 'monthly', version: 2, model: 'argn', rows: null, columns: 3, trainings: 1 },
      { name: 'unused', trainings: 0 },
    ]);
  });

  it('say of a source how large all its versions are, and the rows of the current one', () => {
    const { tables } = aSource('s');
    const earlier = { ...{ number: 1, fileName: 'old.csv', byteSize: 30, tables, importSeconds: 1 } };
    const source = aSource('s', { version: 2, earlier: [earlier as never] });
    expect(resourceRows('source', aStock({ sources: [source] }), around)).toMatchObject([
      { version: 2, bytes: 130, rows: 10 },
    ]);
  });

  it('are flat: plain values only', () => {
    for (const kind of LISTED_KINDS)
      for (const value of Object.values(resourceRows(kind, stock, around)[0]!))
        expect(value === null || typeof value !== 'object').toBe(true);
  });
});

describe('a filter', () => {
  const found = (kind: 'source' | 'generator' | 'synthetic-dataset', filter: ResourceFilter, chosen = 'p') =>
    filterRows(resourceRows(kind, stock, around), filter, projects, chosen).rows.map(({ name }) => name);

  it('finds by words of name and description, in any case and order', () => {
    expect(found('source', { text: 'CENSUS people' })).toEqual(['people.csv']);
    expect(found('source', { text: 'census missing' })).toEqual([]);
  });

  it('finds by status, model and project', () => {
    expect(found('generator', { status: 'NEW' })).toEqual(['draft']);
    expect(found('generator', { model: 'copula' })).toEqual(['again']);
    expect(found('source', { project: 'current' })).toEqual(['Älter']);
    expect(found('source', { project: 'current' }, 'first')).toEqual(['people.csv']);
    expect(found('source', { project: 'p' })).toEqual(['Älter']);
    expect(found('source', { project: 'gone' })).toEqual([]);
  });

  it('leaves out what is in archived projects, unless one is asked for', () => {
    const rows = resourceRows(
      'source',
      aStock({ sources: [aSource('x', { projectId: 'old' })], projects }),
      around,
    );
    expect(filterRows(rows, {}, projects, 'first').total).toBe(0);
    expect(filterRows(rows, { project: 'old' }, projects, 'first').total).toBe(1);
  });

  it('finds what was trained further, by the name that the one before has now', () => {
    const [before, further] = [aGenerator('a', 's', {}), aGenerator('b', 's', { continues: 'a' })];
    const renamed = { ...before, config: { ...before.config, name: 'first try' } };
    const lines = (generators: Parameters<typeof aStock>[0]['generators']) =>
      resourceRows('generator', aStock({ generators: generators ?? [], projects }), around);
    const continued = (list: ResourceRow[], is: boolean) =>
      filterRows(list, { continued: is }, projects, 'first').rows.map((row) => [row.name, row.continues]);
    expect(continued(lines([renamed, further]), true)).toEqual([['b', 'first try']]);
    expect(continued(lines([renamed, further]), false)).toEqual([['first try', null]]);
    expect(continued(lines([further]), true)).toEqual([['b', 'a']]);
  });

  it('sorts names as people do, numbers in them by size', () => {
    const sources = ['b10', 'b9', 'Ä', 'a'].map((name) => aSource(name));
    const rows = resourceRows('source', aStock({ sources, projects }), around);
    const names = filterRows(rows, { sort: 'name' }, projects, 'first').rows.map(({ name }) => name);
    expect(names.slice(-2)).toEqual(['b9', 'b10']);
    expect(found('generator', { sort: 'size' })[0]).toBe('trained');
    expect(found('generator', { sort: 'size', order: 'ascending' }).at(-1)).toBe('trained');
  });

  it('gives pages that together are the whole list, in order, whatever the sort', () => {
    const row = fc.record({
      name: fc.string({ maxLength: 4 }),
      created: fc.option(fc.nat(9)),
      updated: fc.option(fc.nat(9)),
      bytes: fc.option(fc.nat(9)),
    });
    fc.assert(
      fc.property(
        fc.array(row, { maxLength: 30 }),
        fc.constantFrom(...SORT_KEYS),
        fc.constantFrom('ascending' as const, 'descending' as const),
        fc.integer({ min: 1, max: 7 }),
        (parts, sort, order, limit) => {
          const rows = parts.map((part, i) => ({ ...part, id: `${i}`, description: '', projectId: 'first' }));
          const list = rows as unknown as ResourceRow[];
          const whole = filterRows(list, { sort, order }, projects, 'first');
          const pages: ResourceRow[] = [];
          for (let offset = 0; offset < whole.total; offset += limit)
            pages.push(...filterRows(list, { sort, order, offset, limit }, projects, 'first').rows);
          expect(pages).toEqual(whole.rows);
          expect(new Set(whole.rows.map(({ id }) => id)).size).toBe(rows.length);
        },
      ),
    );
  });

  it('is quick with many: a thousand lines are looked through in the order of their number', () => {
    let looks = 0;
    const generators = Array.from({ length: 1_000 }, (_, i) => aGenerator(`g${i}`, 'people.csv', {}));
    const datasets = Array.from({ length: 1_000 }, (_, i) => aDataset(`d${i}`, `g${i}`, { rows: 1 }));
    const counted = new Proxy(datasets, {
      get(target, key, receiver) {
        if (typeof key === 'string' && /^\d+$/.test(key)) looks++;
        return Reflect.get(target, key, receiver);
      },
    });
    resourceRows('generator', aStock({ generators, datasets: counted, projects }), around);
    expect(looks).toBeLessThan(3_000);
  });
});
