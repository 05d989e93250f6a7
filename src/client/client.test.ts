import { describe, expect, it } from 'vitest';
import type { GenerateRequest, TrainRequest } from '../../workers/engine/protocol';
import type { EvaluateRequest } from '../../workers/quality/protocol';
import { onlyTable } from '../domain/only-table';
import type { Source } from '../domain/sources';
import type { ClientEvent } from './api';
import { clientOfEachTest, failed } from './testing/client-of-each-test';

const app = clientOfEachTest();

describe('the main job', () => {
  it('goes from a file to rows and their report', async () => {
    const source = await app.bringIn();
    const generator = await app.trained(source);
    expect(generator).toMatchObject({ trainingStatus: 'DONE', backend: 'fake', error: null });
    expect(generator.messages).toHaveLength(1);
    expect(onlyTable(generator).columns.map(({ decision }) => decision.role)).toEqual([
      'primary-key',
      'feature',
      'feature',
    ]);
    const dataset = await app.client.syntheticDatasets.generate(app.datasetOf(generator.id).id);
    expect(dataset).toMatchObject({ generationStatus: 'DONE', summary: { rows: 10 }, error: null });
    const report = app.client.reports.get(dataset.reportId!);
    expect(report.syntheticDatasetId).toBe(dataset.id);
    expect(report.notes).toHaveLength(3);
    expect(report.notes[0]).toMatch(/^One row per person was assumed:/);
    expect(await app.client.reports.verdict(report.id)).toMatchObject({
      // This worker compares no column.
      level: 'inconclusive',
      title: 'Inconclusive: no learned column to compare',
      parts: expect.arrayContaining([expect.objectContaining({ id: 'guard', figure: 'not measured' })]),
    });
    expect(report.notes[1]).toMatch(/^Learned columns alone are compared\. 1 of 3 columns is not learned: /);
    expect(app.client.generators.get(generator.id).metrics).toBe(report.metrics);
    const file = await app.client.syntheticDatasets.download(dataset.id, 'csv');
    expect(file.name).toBe('synthetic.csv');
    expect((await app.client.probes.create(generator.id, { rows: 3 })).rows).toHaveLength(3);
  });

  it('gives sources, tables, generators, models and datasets ids of their own', async () => {
    const source = await app.bringIn();
    const generator = await app.trained(source);
    const dataset = await app.client.syntheticDatasets.generate(app.datasetOf(generator.id).id);
    const table = onlyTable(source).id;
    const { modelId } = onlyTable(generator);
    const rows = onlyTable(dataset).id;
    const ids = [source.id, table, generator.id, modelId, dataset.id, rows, dataset.reportId];
    expect(new Set(ids).size).toBe(ids.length);
    expect(onlyTable(generator.config)).toMatchObject({ sourceId: source.id, tableId: table });
    expect(app.workers.calls).toEqual([
      `import ${table}`,
      `train ${modelId}`,
      `generate ${rows}`,
      `evaluate ${rows}`,
    ]);
    expect((await app.client.sources.preview(source.id, 0, 1)).rows).toEqual([[table]]);
    expect((await app.client.syntheticDatasets.preview(dataset.id, 0, 1)).rows).toEqual([[rows]]);
  });

  it('tells of a model by its generator', async () => {
    const events: ClientEvent[] = [];
    app.client.subscribe((event) => events.push(event));
    const generator = await app.trained();
    expect(events).toContainEqual(expect.objectContaining({ type: 'sample', generatorId: generator.id }));
    await app.client.generators.delete(generator.id);
    expect(events.at(-1)).toEqual({ type: 'generator', id: generator.id });
    expect(app.workers.models.size).toBe(0);
  });

  it('keeps the ids of a file that is read again, and the configuration that names them', async () => {
    const source = await app.bringIn();
    const generator = await app.generatorOf(source);
    const again = await app.client.sources.reread(source.id, { delimiter: ';' });
    expect([again.id, onlyTable(again).id]).toEqual([source.id, onlyTable(source).id]);
    expect(again.dialect.delimiter).toBe(';');
    expect((await app.client.generators.train(generator.id)).trainingStatus).toBe('DONE');
  });
});

describe('a configuration', () => {
  it('is refused with the column that is wrong', async () => {
    const source = await app.bringIn();
    const withColumns = (columns: { name: string }[], primaryKey: string | null = null) => {
      const config = app.configOf(source);
      const table = { ...onlyTable(config), columns: columns as never, primaryKey };
      return () => app.client.generators.create({ ...config, tables: [table] });
    };
    expect(withColumns([{ name: 'nope' }])).toThrow('a column “nope” that people.csv does not have');
    expect(withColumns([{ name: 'a' }, { name: 'a' }])).toThrow('the column “a” twice');
    expect(withColumns([{ name: 'a' }], 'key')).toThrow('The primary key “key” is not a column');
    const sharing = (subjectColumns: string[]) => {
      const config = app.configOf(source);
      const tables = [{ ...onlyTable(config), subjectColumns }];
      return () => app.client.generators.create({ ...config, tables });
    };
    expect(sharing(['a', 'ib'])).toThrow('are to share “ib”, which is not a column of people.csv.');
    expect(sharing(['email'])).toThrow('Its columns are “id”, “a”, “b”.');
    const elsewhere = { ...onlyTable(app.configOf(source)), tableId: 'other' };
    expect(() => app.client.generators.create({ ...app.configOf(source), tables: [elsewhere] })).toThrow(
      'names a table that people.csv does not have',
    );
    expect(app.client.generators.list()).toEqual([]);
  });

  it('has the people that its rows are declared to be of, and the report says so', async () => {
    const source = await app.bringIn();
    const config = app.configOf(source);
    const tables = [{ ...onlyTable(config), subjectColumns: ['a'] }];
    const { id, ...untrained } = app.client.generators.create({ ...config, tables });
    expect(onlyTable(untrained).subject).toMatchObject({ columns: ['a'], source: 'declared', subjects: 2 });
    const trained = await app.client.generators.train(id);
    expect(onlyTable(trained).subject).toEqual(onlyTable(untrained).subject);
    const dataset = await app.client.syntheticDatasets.generate(app.datasetOf(id).id);
    expect(app.client.reports.get(dataset.reportId!).notes[0]).toBe(
      'Protection, split and guard counted people, not rows: rows that share a are one person’s (2 people, 5.0 rows each).',
    );
    expect((app.workers.requests.at(-1) as EvaluateRequest).columns).toEqual(['b']);
  });

  it('is not trained without a column that says whose rows are whose, once the file is read otherwise', async () => {
    const source = await app.bringIn();
    const config = app.configOf(source);
    const tables = [{ ...onlyTable(config), subjectColumns: ['a', 'b'] }];
    const { id } = app.client.generators.create({ ...config, tables });
    await app.client.sources.reread(source.id, { delimiter: ';' });
    const sentence = 'are to share “a”, which is not a column of people.csv.';
    expect((await failed(app.client.generators.train(id)))?.message).toContain(sentence);
    expect((await failed(app.client.generators.findRules(id)))?.message).toContain(sentence);
    expect(app.trainingStatus(id)).toBe('FAILED');
    expect(app.workers.calls.filter((call) => call.startsWith('train'))).toEqual([]);
    await app.client.sources.reread(source.id, { delimiter: ',' });
    expect((await app.client.generators.train(id)).trainingStatus).toBe('DONE');
  });

  it('may take a holdout with the same columns, and no other', async () => {
    const [source, same, other] = [
      await app.bringIn(),
      await app.bringIn('same'),
      await app.bringIn('other', 'id,c'),
    ];
    const config = app.configOf(source);
    const withHoldout = ({ id }: Source) => ({
      ...config,
      tables: [{ ...onlyTable(config), holdoutSourceId: id }],
    });
    expect(() => app.client.generators.create(withHoldout(other))).toThrow(
      'The holdout other.csv lacks the columns a, b of people.csv',
    );
    const generator = await app.client.generators.train(app.client.generators.create(withHoldout(same)).id);
    await app.client.syntheticDatasets.generate(app.datasetOf(generator.id).id);
    const { training, holdout, columns } = app.workers.requests.at(-1) as EvaluateRequest;
    expect(training).toMatchObject({ tableId: onlyTable(source).id, rows: { part: 'all' } });
    expect(holdout).toMatchObject({ tableId: onlyTable(same).id, origin: 'file' });
    expect(columns).toEqual(['a', 'b']);
  });

  it('of several tables is kept, and says that one runs at a time', async () => {
    const [first, second] = [
      app.configOf(await app.bringIn('first')),
      app.configOf(await app.bringIn('second')),
    ];
    const generator = app.client.generators.create({ ...first, tables: [...first.tables, ...second.tables] });
    expect(generator.tables).toHaveLength(2);
    await failed(app.client.generators.train(generator.id));
    expect(app.client.generators.get(generator.id)).toMatchObject({ trainingStatus: 'FAILED' });
    expect(app.client.generators.get(generator.id).error).toMatch('one table at a time for now');
  });

  it('draws a seed at random, keeps it in a clone, and draws another for each dataset', async () => {
    const source = await app.bringIn();
    const proposals = [app.configOf(source), app.configOf(source)];
    const trained = await app.trained(source);
    const { generators, syntheticDatasets } = app.client;
    const seeds = [
      ...proposals.map(({ randomState }) => randomState),
      trained.config.randomState,
      syntheticDatasets.propose(trained.id).randomState,
      syntheticDatasets.propose(trained.id).randomState,
    ];
    expect(new Set(seeds).size).toBe(5);
    expect(generators.clone(trained.id).config.randomState).toBe(trained.config.randomState);
    const { randomState } = app.workers.requests.at(-1) as TrainRequest;
    expect(randomState).toBe(trained.config.randomState);
  });

  it('is marked where value protection is off, with its files and its report', async () => {
    const { client, workers } = app;
    for (const valueProtection of [true, false]) {
      const config = app.configOf(await app.bringIn());
      Object.assign(onlyTable(config).tabularModelConfiguration, { valueProtection });
      const { id } = await client.generators.train(client.generators.create(config).id);
      const dataset = await client.syntheticDatasets.generate(app.datasetOf(id).id);
      const request = workers.requests.at(-2) as GenerateRequest;
      expect(request.fileName).toBe(
        valueProtection ? 'people-synthetic.parquet' : 'people-synthetic-unprotected.parquet',
      );
      expect(dataset.unprotected).toBe(!valueProtection);
      expect(client.reports.get(dataset.reportId!).unprotected).toBe(!valueProtection);
    }
  });

  it('has a protection key that a clone shares and that no copy of it holds', async () => {
    const { client, workers } = app;
    const config = app.configOf(await app.bringIn());
    const { id } = await client.generators.train(client.generators.create(config).id);
    const key = client.generators.protectionKey(id);
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    expect((workers.requests.at(-1) as TrainRequest).protectionKey).toBe(key);
    const clone = client.generators.clone(id);
    expect(client.generators.protectionKey(clone.id)).toBe(key);
    expect(client.generators.protectionKey(client.generators.create(config).id)).not.toBe(key);
    client.generators.update(clone.id, { ...clone.config, name: 'other' });
    expect(client.generators.protectionKey(clone.id)).toBe(key);
    const dataset = await client.syntheticDatasets.generate(app.datasetOf(id).id);
    const all = [client.generators.list(), client.reports.list(), client.sources.list(), dataset];
    expect(JSON.stringify(all)).not.toContain(key);
    await client.generators.delete(id);
    expect(() => client.generators.protectionKey(id)).toThrow('There is no generator');
  });

  it('takes a protection key of the owner, and says what one is', async () => {
    const config = app.configOf(await app.bringIn());
    const { generators } = app.client;
    const protectionKey = 'AB'.repeat(32);
    expect(generators.protectionKey(generators.create(config, { protectionKey }).id)).toBe('ab'.repeat(32));
    expect(() => generators.create(config, { protectionKey: 'secret' })).toThrow('64 hexadecimal digits');
    expect(generators.list()).toHaveLength(1);
  });

  it('of a dataset needs a trained model that can draw in its order', async () => {
    const generator = await app.generatorOf();
    expect(() => app.datasetOf(generator.id)).toThrow('has not been trained yet');
    const config = app.configOf(await app.bringIn());
    Object.assign(onlyTable(config).tabularModelConfiguration, { enableFlexibleGeneration: false });
    const fixed = await app.client.generators.train(app.client.generators.create(config).id);
    const proposal = app.client.syntheticDatasets.propose(fixed.id);
    onlyTable(proposal).configuration.generationOrder = 'random';
    expect(() => app.client.syntheticDatasets.create(proposal)).toThrow('cannot generate in random order');
  });
});
