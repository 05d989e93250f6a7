import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EvaluateRequest } from '../../workers/quality/protocol';
import { isCanceled, UserError } from '../domain/errors';
import type { Job } from '../domain/job';
import { onlyTable } from '../domain/only-table';
import type { Rule } from '../domain/rules';
import type { Source } from '../domain/sources';
import type { ClientEvent, DoppelgridClient } from './api';
import { createClient } from './client';
import { FakeWorkers } from './testing/fake-workers';

let workers: FakeWorkers;
let client: DoppelgridClient;
beforeEach(() => {
  client = createClient((post) => {
    workers = new FakeWorkers(post);
    return workers;
  });
});
afterEach(() => workers.close());

const HEADER = 'id,a,b';
const bringIn = (name = 'people', header = HEADER): Promise<Source> =>
  client.sources.create({ name: `${name}.csv`, text: `${header}\n${'1,x,y\n'.repeat(10)}` });
const configOf = (source: Source) => client.generators.propose(source.id).config;
const failed = (call: Promise<unknown>) =>
  call.then(
    () => null,
    (error: unknown) => error as UserError,
  );
const settle = () => new Promise((resolve) => setTimeout(resolve, 20));
const broken = new UserError('training/failed', 'The numbers broke.');

async function generatorOf(source?: Source) {
  return client.generators.create(configOf(source ?? (await bringIn())));
}

async function trained(source?: Source) {
  return client.generators.train((await generatorOf(source)).id);
}

function datasetOf(generatorId: string, settings: { enableDataReport?: boolean } = {}) {
  const config = client.syntheticDatasets.propose(generatorId);
  Object.assign(onlyTable(config).configuration, settings);
  return client.syntheticDatasets.create(config);
}

const trainingStatus = (id: string) => client.generators.get(id).trainingStatus;
const generationStatus = (id: string) => client.syntheticDatasets.get(id).generationStatus;

describe('the main job', () => {
  it('goes from a file to rows and their report', async () => {
    const source = await bringIn();
    const generator = await trained(source);
    expect(generator).toMatchObject({ trainingStatus: 'DONE', backend: 'fake', error: null });
    expect(generator.messages).toHaveLength(1);
    expect(onlyTable(generator).columns.map(({ decision }) => decision.role)).toEqual([
      'primary-key',
      'feature',
      'feature',
    ]);
    const dataset = await client.syntheticDatasets.generate(datasetOf(generator.id).id);
    expect(dataset).toMatchObject({ generationStatus: 'DONE', summary: { rows: 10 }, error: null });
    const report = client.reports.get(dataset.reportId!);
    expect(report.syntheticDatasetId).toBe(dataset.id);
    expect(report.notes).toHaveLength(2);
    expect(report.notes[0]).toMatch(/^Privacy guard:/);
    expect(client.generators.get(generator.id).metrics).toBe(report.metrics);
    const file = await client.syntheticDatasets.download(dataset.id, 'csv');
    expect(file.name).toBe('synthetic.csv');
    expect((await client.probes.create(generator.id, { rows: 3 })).rows).toHaveLength(3);
  });

  it('gives sources, tables, generators, models and datasets ids of their own', async () => {
    const source = await bringIn();
    const generator = await trained(source);
    const dataset = await client.syntheticDatasets.generate(datasetOf(generator.id).id);
    const table = onlyTable(source).id;
    const { modelId } = onlyTable(generator);
    const rows = onlyTable(dataset).id;
    const ids = [source.id, table, generator.id, modelId, dataset.id, rows, dataset.reportId];
    expect(new Set(ids).size).toBe(ids.length);
    expect(onlyTable(generator.config)).toMatchObject({ sourceId: source.id, tableId: table });
    expect(workers.calls).toEqual([
      `import ${table}`,
      `train ${modelId}`,
      `generate ${rows}`,
      `evaluate ${rows}`,
    ]);
    expect((await client.sources.preview(source.id, 0, 1)).rows).toEqual([[table]]);
    expect((await client.syntheticDatasets.preview(dataset.id, 0, 1)).rows).toEqual([[rows]]);
  });

  it('tells of a model by its generator', async () => {
    const events: ClientEvent[] = [];
    client.subscribe((event) => events.push(event));
    const generator = await trained();
    expect(events).toContainEqual(expect.objectContaining({ type: 'sample', generatorId: generator.id }));
    await client.generators.delete(generator.id);
    expect(events.at(-1)).toEqual({ type: 'generator', id: generator.id });
    expect(workers.models.size).toBe(0);
  });

  it('keeps the ids of a file that is read again, and the configuration that names them', async () => {
    const source = await bringIn();
    const generator = await generatorOf(source);
    const again = await client.sources.reread(source.id, { delimiter: ';' });
    expect([again.id, onlyTable(again).id]).toEqual([source.id, onlyTable(source).id]);
    expect(again.dialect.delimiter).toBe(';');
    expect((await client.generators.train(generator.id)).trainingStatus).toBe('DONE');
  });
});

describe('what goes wrong', () => {
  it('leaves nothing of a file that cannot be read', async () => {
    expect(await failed(client.sources.create({ name: 'empty.csv', text: 'a' }))).toMatchObject({
      code: 'source/empty',
      message: '“empty.csv” has no rows to import.',
    });
    expect(client.sources.list()).toEqual([]);
  });

  it('stays with the generator as a sentence, until it is trained again', async () => {
    const { id } = await generatorOf();
    workers.fail('train', broken);
    expect(await failed(client.generators.train(id))).toMatchObject({ code: 'training/failed' });
    expect(client.generators.get(id)).toMatchObject({
      trainingStatus: 'FAILED',
      error: 'The numbers broke.',
      summary: null,
    });
    expect(await client.generators.train(id)).toMatchObject({ trainingStatus: 'DONE', error: null });
  });

  it('stays with the dataset as a sentence, and there are no rows', async () => {
    const { id } = datasetOf((await trained()).id);
    workers.fail('generate', new UserError('generation/failed', 'The disk is full.'));
    await failed(client.syntheticDatasets.generate(id));
    expect(client.syntheticDatasets.get(id)).toMatchObject({
      generationStatus: 'FAILED',
      error: 'The disk is full.',
      summary: null,
    });
    expect(await failed(client.syntheticDatasets.preview(id, 0, 1))).toMatchObject({ code: 'not-found' });
  });

  it('with a report leaves the rows, and the report can be written later', async () => {
    const { id } = datasetOf((await trained()).id);
    workers.fail('evaluate', new UserError('report/failed', 'There is nothing to report on.'));
    const dataset = await client.syntheticDatasets.generate(id);
    expect(dataset).toMatchObject({
      generationStatus: 'DONE',
      summary: { rows: 10 },
      reportId: null,
      error: 'There is nothing to report on.',
    });
    const report = await client.reports.create(id);
    expect(client.syntheticDatasets.get(id)).toMatchObject({ reportId: report.id, error: null });
    await client.syntheticDatasets.delete(id);
    expect(client.reports.list()).toEqual([]);
  });

  it('says that a report needs the original', async () => {
    const source = await bringIn();
    const { id } = datasetOf((await trained(source)).id);
    await client.sources.delete(source.id);
    const dataset = await client.syntheticDatasets.generate(id);
    expect(dataset.generationStatus).toBe('DONE');
    expect(dataset.error).toMatch(/their source was deleted/);
  });

  it('is told when a worker does not start', async () => {
    const { id } = await generatorOf();
    workers.starting = Promise.reject(
      new UserError('engine/unavailable', 'The engine could not be started.'),
    );
    await failed(client.generators.train(id));
    expect(client.generators.get(id)).toMatchObject({
      trainingStatus: 'FAILED',
      error: 'The engine could not be started.',
    });
    workers.starting = Promise.resolve();
    expect((await client.generators.train(id)).trainingStatus).toBe('DONE');
  });
});

describe('the search for rules', () => {
  const order: Rule = { kind: 'inequality', low: 'a', high: 'b', strict: false };

  it('gives the rules of the configuration, or of others, and waits for no training', async () => {
    const { id } = await generatorOf();
    workers.rules = [order];
    const release = workers.hold('train');
    const training = client.generators.train((await generatorOf()).id);
    const jobs: Job[] = [];
    const found = await client.generators.findRules(id, { onProgress: (job) => jobs.push(job) });
    expect(found).toMatchObject([{ rule: order, source: 'found', state: 'kept' }]);
    expect(jobs.at(-1)).toMatchObject({ kind: 'rules', status: 'DONE', resource: { id } });
    const rules = { find: false, off: [], added: [order] };
    expect(await client.generators.findRules(id, { rules })).toMatchObject([{ source: 'added' }]);
    release();
    await training;
  });

  it('ends when it is cancelled, or its generator deleted, and leaves the generator as it was', async () => {
    const { id } = await generatorOf();
    workers.hold('rules');
    const controller = new AbortController();
    const searching = failed(client.generators.findRules(id, { signal: controller.signal }));
    await settle();
    controller.abort();
    expect(await searching).toMatchObject({ code: 'canceled' });
    expect(trainingStatus(id)).toBe('NEW');
    const other = failed(client.generators.findRules(id));
    await settle();
    await client.generators.delete(id);
    expect(await other).toMatchObject({ code: 'canceled' });
  });

  it('refuses rules that name a column the table lacks', async () => {
    const { id, config } = await generatorOf();
    const rules = { find: true, off: [], added: [{ ...order, low: 'nowhere' }] };
    expect(await failed(client.generators.findRules(id, { rules }))).toMatchObject({
      code: 'config/invalid',
      message: expect.stringContaining('“nowhere”'),
    });
    const tables = [{ ...onlyTable(config), rules }];
    expect(() => client.generators.update(id, { ...config, tables })).toThrow('“nowhere”');
  });
});

describe('jobs at the accelerator', () => {
  it('wait for each other: trainings and generations in the order they were asked for', async () => {
    const done = await trained();
    const dataset = datasetOf(done.id, { enableDataReport: false });
    const [first, second] = [await generatorOf(), await generatorOf()];
    const release = workers.hold('train');
    const jobs: Job[] = [];
    const ends = [
      client.generators.train(first.id),
      client.syntheticDatasets.generate(dataset.id, { onProgress: (job) => jobs.push(job) }),
      client.generators.train(second.id),
    ];
    await settle();
    expect([trainingStatus(first.id), generationStatus(dataset.id), trainingStatus(second.id)]).toEqual([
      'IN_PROGRESS',
      'QUEUED',
      'QUEUED',
    ]);
    expect(client.syntheticDatasets.get(dataset.id).progress?.waitsFor).toBe('the training of “people”');
    expect((await client.probes.create(done.id)).rows).toHaveLength(1);
    const before = workers.calls.length;
    release();
    await Promise.all(ends);
    expect(workers.calls.slice(before - 1)).toEqual([
      `train ${onlyTable(first).modelId}`,
      `generate ${onlyTable(dataset).id}`,
      `train ${onlyTable(second).modelId}`,
    ]);
    expect(jobs.at(-1)).toMatchObject({ kind: 'generation', status: 'DONE', waitsFor: null });
  });

  it('do not wait for a report', async () => {
    const { id } = datasetOf((await trained()).id);
    const release = workers.hold('evaluate');
    const generating = client.syntheticDatasets.generate(id);
    await settle();
    expect((await trained()).trainingStatus).toBe('DONE');
    expect(generationStatus(id)).toBe('IN_PROGRESS');
    release();
    await generating;
  });

  it('can be cancelled while they wait, and never begin', async () => {
    const [first, second] = [await generatorOf(), await generatorOf()];
    const release = workers.hold('train');
    const training = client.generators.train(first.id);
    const queued = failed(client.generators.train(second.id));
    await settle();
    await client.generators.cancel(second.id);
    expect(trainingStatus(second.id)).toBe('CANCELED');
    expect(isCanceled(await queued)).toBe(true);
    release();
    await training;
    expect(workers.calls.filter((call) => call.startsWith('train'))).toHaveLength(1);
    expect((await client.generators.train(second.id)).trainingStatus).toBe('DONE');
  });

  it('train on what the source is when their turn comes', async () => {
    const source = await bringIn();
    const [first, second] = [await generatorOf(), await generatorOf(source)];
    const release = workers.hold('train');
    const ends = [client.generators.train(first.id), client.generators.train(second.id)];
    await client.sources.reread(source.id, { delimiter: ';' });
    release();
    await Promise.all(ends);
    expect(workers.requests.at(-1)).toMatchObject({
      modelId: onlyTable(second).modelId,
      profiles: [{ name: 'id,a,b' }],
    });
  });
});

describe('cancelling', () => {
  it('ends a training that runs and throws the model away', async () => {
    const { id } = await generatorOf();
    workers.hold('train');
    const training = failed(client.generators.train(id));
    await settle();
    await client.generators.cancel(id);
    expect(client.generators.get(id)).toMatchObject({
      trainingStatus: 'CANCELED',
      error: null,
      summary: null,
    });
    expect(await training).toMatchObject({ message: 'The training was cancelled. Nothing was changed.' });
    expect(workers.models.size).toBe(0);
  });

  it('ends a training whose engine has not started, at once', async () => {
    const { id } = await generatorOf();
    workers.starting = new Promise(() => {});
    const training = failed(client.generators.train(id));
    await client.generators.cancel(id);
    expect(isCanceled(await training)).toBe(true);
    expect(trainingStatus(id)).toBe('CANCELED');
    expect(workers.calls.some((call) => call.startsWith('train'))).toBe(false);
  });

  it('keeps the best model when a training is stopped instead', async () => {
    const { id } = await generatorOf();
    workers.hold('train');
    const training = client.generators.train(id);
    await settle();
    await client.generators.stop(id);
    expect((await training).summary?.stoppedBy).toBe('person');
  });

  it('ends a generation without rows, but a report without taking them', async () => {
    const generator = await trained();
    const [rows, report] = [datasetOf(generator.id), datasetOf(generator.id)];
    workers.hold('generate');
    const generating = failed(client.syntheticDatasets.generate(rows.id));
    await settle();
    await client.syntheticDatasets.cancel(rows.id);
    expect(isCanceled(await generating)).toBe(true);
    expect(client.syntheticDatasets.get(rows.id)).toMatchObject({
      generationStatus: 'CANCELED',
      summary: null,
    });
    workers.hold('generate')();
    workers.hold('evaluate');
    const reporting = client.syntheticDatasets.generate(report.id);
    await expect.poll(() => workers.calls.at(-1)).toMatch('evaluate');
    await client.syntheticDatasets.cancel(report.id);
    expect(await reporting).toMatchObject({
      generationStatus: 'DONE',
      summary: { rows: 10 },
      reportId: null,
      error: 'The report was cancelled. Nothing was changed.',
    });
  });

  it('by a signal rejects at once, and leaves what was there', async () => {
    const controller = new AbortController();
    const { id } = await generatorOf();
    workers.hold('train');
    const training = failed(
      client.generators.train(id, { signal: controller.signal, onMessage: () => controller.abort() }),
    );
    expect(isCanceled(await training)).toBe(true);
    await expect.poll(() => trainingStatus(id)).toBe('CANCELED');
    const source = { name: 'people.csv', text: `${HEADER}\n1,x,y` };
    expect(isCanceled(await failed(client.sources.create(source, { signal: AbortSignal.abort() })))).toBe(
      true,
    );
    expect(client.sources.list()).toHaveLength(1);
  });
});

describe('deleting', () => {
  it('a source is refused while it is trained on, or about to be', async () => {
    const [source, holdout] = [await bringIn(), await bringIn('holdout')];
    const config = configOf(source);
    onlyTable(config).holdoutSourceId = holdout.id;
    const [first, second] = [
      client.generators.create(configOf(await bringIn())),
      client.generators.create(config),
    ];
    const release = workers.hold('train');
    const ends = [client.generators.train(first.id), client.generators.train(second.id)];
    await settle();
    for (const { id } of [source, holdout]) {
      expect(await failed(client.sources.delete(id))).toMatchObject({
        message: '“people” is being trained on this source. Cancel the training first.',
      });
    }
    release();
    await Promise.all(ends);
    await client.sources.delete(source.id);
    expect(client.sources.list().map(({ id }) => id)).not.toContain(source.id);
    expect(workers.tables.has(onlyTable(source).id)).toBe(false);
  });

  it('a generator is refused while it generates, and ends its training otherwise', async () => {
    const generator = await trained();
    const { id } = datasetOf(generator.id, { enableDataReport: false });
    const release = workers.hold('generate');
    const generating = client.syntheticDatasets.generate(id);
    await settle();
    expect(await failed(client.generators.delete(generator.id))).toMatchObject({
      message: '“people” is being generated with this generator. Cancel the generation first.',
    });
    release();
    await generating;
    await client.generators.delete(generator.id);
    expect(workers.models.size).toBe(0);

    const other = await generatorOf();
    workers.hold('train');
    const training = failed(client.generators.train(other.id));
    await client.generators.delete(other.id);
    expect(isCanceled(await training)).toBe(true);
    expect(client.generators.list()).toEqual([]);
  });

  it('a dataset ends its generation and drops its rows', async () => {
    const { id } = datasetOf((await trained()).id);
    workers.hold('generate');
    const generating = failed(client.syntheticDatasets.generate(id));
    await settle();
    await client.syntheticDatasets.delete(id);
    expect(isCanceled(await generating)).toBe(true);
    expect(client.syntheticDatasets.list()).toEqual([]);
    expect(workers.tables.size).toBe(1);
  });
});

describe('waiting for a job that somebody else started', () => {
  it('hears of its progress and gets its outcome', async () => {
    const { id } = await generatorOf();
    const release = workers.hold('train');
    const training = client.generators.train(id);
    const jobs: Job[] = [];
    const waiting = client.generators.wait(id, { onProgress: (job) => jobs.push(job) });
    await expect
      .poll(() => jobs.some(({ steps }) => steps.some(({ code }) => code === 'TRAIN_MODEL')))
      .toBe(true);
    release();
    expect(await waiting).toEqual(await training);
    expect(await client.generators.wait(id)).toEqual(await training);
  });

  it('fails as the job does', async () => {
    const { id } = datasetOf((await trained()).id);
    const release = workers.hold('generate');
    workers.fail('generate', broken);
    const generating = failed(client.syntheticDatasets.generate(id));
    const waiting = failed(client.syntheticDatasets.wait(id));
    release();
    expect(await waiting).toMatchObject({ message: 'The numbers broke.' });
    await generating;
  });

  it('is what a second start is told to do', async () => {
    const { id } = await generatorOf();
    const release = workers.hold('train');
    const training = client.generators.train(id);
    expect(await failed(client.generators.train(id))).toMatchObject({
      message: 'This generator is being trained already.',
    });
    release();
    await training;
    expect(await failed(client.generators.train(id))).toMatchObject({ code: 'config/invalid' });
    expect(() => client.generators.update(id, client.generators.get(id).config)).toThrow('Clone it');
    const clone = client.generators.clone(id);
    expect(clone).toMatchObject({ trainingStatus: 'NEW', config: { name: 'Clone - people' } });
    expect(onlyTable(clone).modelId).not.toBe(onlyTable(client.generators.get(id)).modelId);
  });
});

describe('a configuration', () => {
  it('is refused with the column that is wrong', async () => {
    const source = await bringIn();
    const withColumns = (columns: { name: string }[], primaryKey: string | null = null) => {
      const config = configOf(source);
      const table = { ...onlyTable(config), columns: columns as never, primaryKey };
      return () => client.generators.create({ ...config, tables: [table] });
    };
    expect(withColumns([{ name: 'nope' }])).toThrow('a column “nope” that people.csv does not have');
    expect(withColumns([{ name: 'a' }, { name: 'a' }])).toThrow('the column “a” twice');
    expect(withColumns([{ name: 'a' }], 'key')).toThrow('The primary key “key” is not a column');
    const elsewhere = { ...onlyTable(configOf(source)), tableId: 'other' };
    expect(() => client.generators.create({ ...configOf(source), tables: [elsewhere] })).toThrow(
      'names a table that people.csv does not have',
    );
    expect(client.generators.list()).toEqual([]);
  });

  it('may take a holdout with the same columns, and no other', async () => {
    const [source, same, other] = [await bringIn(), await bringIn('same'), await bringIn('other', 'id,c')];
    const config = configOf(source);
    const withHoldout = ({ id }: Source) => ({
      ...config,
      tables: [{ ...onlyTable(config), holdoutSourceId: id }],
    });
    expect(() => client.generators.create(withHoldout(other))).toThrow(
      'The holdout other.csv lacks the columns a, b of people.csv',
    );
    const generator = await client.generators.train(client.generators.create(withHoldout(same)).id);
    await client.syntheticDatasets.generate(datasetOf(generator.id).id);
    const { training, holdout, columns } = workers.requests.at(-1) as EvaluateRequest;
    expect(training).toMatchObject({ tableId: onlyTable(source).id, rows: { part: 'all' } });
    expect(holdout).toMatchObject({ tableId: onlyTable(same).id, origin: 'file' });
    expect(columns).toEqual(['a', 'b']);
  });

  it('of several tables is kept, and says that one runs at a time', async () => {
    const [first, second] = [configOf(await bringIn('first')), configOf(await bringIn('second'))];
    const generator = client.generators.create({ ...first, tables: [...first.tables, ...second.tables] });
    expect(generator.tables).toHaveLength(2);
    await failed(client.generators.train(generator.id));
    expect(client.generators.get(generator.id)).toMatchObject({ trainingStatus: 'FAILED' });
    expect(client.generators.get(generator.id).error).toMatch('one table at a time for now');
  });

  it('of a dataset needs a trained model that can draw in its order', async () => {
    const generator = await generatorOf();
    expect(() => datasetOf(generator.id)).toThrow('has not been trained yet');
    const config = configOf(await bringIn());
    Object.assign(onlyTable(config).tabularModelConfiguration, { enableFlexibleGeneration: false });
    const fixed = await client.generators.train(client.generators.create(config).id);
    const proposal = client.syntheticDatasets.propose(fixed.id);
    onlyTable(proposal).configuration.generationOrder = 'random';
    expect(() => client.syntheticDatasets.create(proposal)).toThrow('cannot generate in random order');
  });
});
