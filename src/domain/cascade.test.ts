import { describe, expect, it } from 'vitest';
import { cascadeOf } from './cascade';
import { aBundle, aDataset, aGenerator, aRecipe, aReport, aSource, aStock } from './testing/stock';

const stock = aStock({
  sources: [aSource('people'), aSource('other'), aSource('held')],
  generators: [
    aGenerator('trained', 'people', { isTrained: true }),
    aGenerator('draft', 'people', {}),
    aGenerator('elsewhere', 'other', { isTrained: true, holdout: 'held' }),
  ],
  datasets: [
    aDataset('rows', 'trained', { rows: 5, reportId: 'report' }),
    aDataset('planned', 'trained', {}),
    aDataset('foreign', 'elsewhere', { rows: 7, projectId: 'p' }),
  ],
  reports: [aReport('report', 'rows')],
  projects: [
    { id: 'first', name: 'My project' },
    { id: 'p', name: 'Second' },
  ],
});
const short = (items: readonly { readonly kind: string; readonly name: string }[]) =>
  items.map(({ kind, name }) => `${kind} ${name}`);

describe('what goes with', () => {
  it('a source is itself; generators and datasets of it stay and lose their comparison', () => {
    const { gone, stays, ends, blocked } = cascadeOf([{ kind: 'source', id: 'people' }], stock);
    expect(short(gone)).toEqual(['source people']);
    expect(stays.map(({ name, loses }) => [name, loses.split('.')[0]])).toEqual([
      ['trained', 'It generates as before'],
      ['draft', 'It cannot be trained any more: its source goes'],
      ['rows', 'Its rows and its report stay'],
    ]);
    expect([ends, blocked]).toEqual([[], null]);
  });

  it('a holdout is itself; generators that compare with it stay', () => {
    expect(short(cascadeOf([{ kind: 'source', id: 'held' }], stock).stays)).toEqual([
      'generator elsewhere',
      'synthetic-dataset foreign',
    ]);
  });

  it('a generator is itself; its datasets stay', () => {
    const { gone, stays } = cascadeOf([{ kind: 'generator', id: 'trained' }], stock);
    expect(short(gone)).toEqual(['generator trained']);
    expect(stays.map(({ name, loses }) => [name, loses])).toEqual([
      ['rows', 'Its rows and its report stay. It cannot be generated or reported on again.'],
      ['planned', 'It cannot be generated any more: its generator goes.'],
    ]);
  });

  it('a dataset is its report, too; a report is itself', () => {
    expect(short(cascadeOf([{ kind: 'synthetic-dataset', id: 'rows' }], stock).gone)).toEqual([
      'report rows',
      'synthetic-dataset rows',
    ]);
    const report = cascadeOf([{ kind: 'report', id: 'report' }], stock);
    expect([short(report.gone), report.stays]).toEqual([['report rows'], []]);
  });

  it('a project is everything in it; what is elsewhere stays', () => {
    const { gone, stays, projects } = cascadeOf([{ kind: 'project', id: 'first' }], stock);
    expect(projects).toEqual(['My project']);
    expect(gone.map(({ name }) => name)).toEqual([
      ...['rows', 'rows', 'planned', 'trained', 'draft', 'elsewhere', 'people', 'other', 'held'],
    ]);
    expect(short(stays)).toEqual(['synthetic-dataset foreign']);
    expect(short(cascadeOf([{ kind: 'project', id: 'p' }], stock).gone)).toEqual([
      'synthetic-dataset foreign',
    ]);
  });

  it('several together: what goes is not named among what stays', () => {
    const refs = [
      { kind: 'source', id: 'people' },
      { kind: 'generator', id: 'trained' },
      { kind: 'generator', id: 'draft' },
      { kind: 'synthetic-dataset', id: 'rows' },
    ] as const;
    const { gone, stays } = cascadeOf(refs, stock);
    expect(gone.map(({ kind }) => kind)).toEqual([
      'report',
      'synthetic-dataset',
      'generator',
      'generator',
      'source',
    ]);
    expect(short(stays)).toEqual(['synthetic-dataset planned']);
  });

  it('is work under way that ends with its own, and blocks what it needs', () => {
    const running = aStock({
      ...stock,
      generators: [aGenerator('busy', 'people', { status: 'IN_PROGRESS' })],
      datasets: [],
    });
    expect(cascadeOf([{ kind: 'source', id: 'people' }], running).blocked).toContain(
      '“busy” is being trained',
    );
    const both = cascadeOf(
      [
        { kind: 'source', id: 'people' },
        { kind: 'generator', id: 'busy' },
      ],
      running,
    );
    expect([both.blocked, both.ends]).toEqual([null, ['the training of “busy”']]);
  });

  it('a source takes nothing of a dataset but itself; a dataset and a recipe go alone, or with their project', () => {
    const bundled = aStock({
      ...stock,
      sourceDatasets: [aBundle('both', ['people', 'other']), aBundle('one', ['held'], { projectId: 'p' })],
      recipes: [aRecipe('monthly', { projectId: 'p' })],
    });
    const source = cascadeOf([{ kind: 'source', id: 'other' }], bundled);
    expect(source.stays.map(({ kind, name, loses }) => [kind, name, loses])).toContainEqual([
      ...['dataset', 'both', 'It is without this source from then on.'],
    ]);
    expect(short(source.stays)).not.toContain('dataset one');
    const refs = [{ kind: 'dataset', id: 'both' } as const, { kind: 'recipe', id: 'monthly' } as const];
    expect(short(cascadeOf(refs, bundled).gone)).toEqual(['recipe monthly', 'dataset both']);
    expect(cascadeOf(refs, bundled).stays).toEqual([]);
    expect(short(cascadeOf([{ kind: 'project', id: 'p' }], bundled).gone)).toEqual([
      ...['synthetic-dataset foreign', 'recipe monthly', 'dataset one'],
    ]);
    // What goes together loses nothing.
    const both = [...refs, { kind: 'source', id: 'other' } as const];
    expect(short(cascadeOf(both, bundled).stays)).not.toContain('dataset both');
  });

  it('what is on hold cannot go on without what it is made of', () => {
    const held = aStock({
      sources: [aSource('people')],
      generators: [aGenerator('held', 'people', { status: 'ON_HOLD' })],
      datasets: [{ ...aDataset('rows', 'held', {}), generationStatus: 'ON_HOLD' }],
    });
    const { stays, blocked } = cascadeOf([{ kind: 'source', id: 'people' }], held);
    expect(blocked).toBeNull();
    expect(stays.map(({ loses }) => loses)).toEqual([
      'Its training is on hold, and cannot go on: its source goes.',
    ]);
    expect(cascadeOf([{ kind: 'generator', id: 'held' }], held).stays.map(({ loses }) => loses)).toEqual([
      'Its generation is on hold, and cannot go on: its generator goes.',
    ]);
  });

  it('a version takes nothing; generators that need its rows are named, those of others are not', () => {
    const [old, current] = ['old', 'new'].map((id) => [{ id, rowCount: 1, columns: [] }] as never);
    const on = (id: string, tableId: string, status: 'DONE' | 'NEW' | 'ON_HOLD' | 'QUEUED') => {
      const generator = aGenerator(id, 'people', { status, isTrained: status === 'DONE' });
      const tables = generator.config.tables.map((table) => ({ ...table, tableId }));
      return { ...generator, trainingStatus: status, config: { ...generator.config, tables } };
    };
    const source = aSource('people', {
      version: 2,
      tables: current!,
      earlier: [{ number: 1, tables: old! } as never],
    });
    const generators = [
      on('trained', 'old', 'DONE'),
      on('held', 'old', 'ON_HOLD'),
      on('draft', 'old', 'NEW'),
    ];
    const versioned = aStock({
      sources: [source],
      generators: [...generators, on('newer', 'new', 'QUEUED')],
    });
    const refs = (number: number) => [{ kind: 'version', id: 'people', number }] as const;
    const { gone, stays, blocked } = cascadeOf(refs(1), versioned);
    expect([gone, blocked]).toEqual([[], null]);
    expect(stays.map(({ name, loses }) => [name, loses.split('.')[0]])).toEqual([
      ['trained', 'It generates as before'],
      ['held', 'Its training is on hold, and cannot go on: the version that it is trained on goes'],
      ['draft', 'It is to be set up anew: the version that it would be trained on goes'],
    ]);
    expect(cascadeOf(refs(2), versioned).blocked).toBe(
      '“newer” is being trained on this version. Cancel the training first.',
    );
  });
});
