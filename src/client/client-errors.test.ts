import { describe, expect, it } from 'vitest';
import { isCanceled, UserError } from '../domain/errors';
import { onlyTable } from '../domain/only-table';
import { broken, clientOfEachTest, failed, settle } from './testing/client-of-each-test';

const app = clientOfEachTest();

describe('what goes wrong', () => {
  it('leaves nothing of a file that cannot be read', async () => {
    expect(await failed(app.client.sources.create({ name: 'empty.csv', text: 'a' }))).toMatchObject({
      code: 'source/empty',
      message: '“empty.csv” has no rows to import.',
    });
    expect(app.client.sources.list()).toEqual([]);
  });

  it('is told by the reading if the database was to start ahead', async () => {
    app.workers.starting = Promise.reject(broken);
    app.client.sources.prepare();
    await settle();
    expect(await failed(app.bringIn())).toBe(broken);
  });

  it('stays with the generator as a sentence, until it is trained again', async () => {
    const { id } = await app.generatorOf();
    app.workers.fail('train', broken);
    expect(await failed(app.client.generators.train(id))).toMatchObject({ code: 'training/failed' });
    expect(app.client.generators.get(id)).toMatchObject({
      trainingStatus: 'FAILED',
      error: 'The numbers broke.',
      summary: null,
    });
    expect(await app.client.generators.train(id)).toMatchObject({ trainingStatus: 'DONE', error: null });
  });

  it('stays with the dataset as a sentence, and there are no rows', async () => {
    const { id } = app.datasetOf((await app.trained()).id);
    app.workers.fail('generate', new UserError('generation/failed', 'The disk is full.'));
    await failed(app.client.syntheticDatasets.generate(id));
    expect(app.client.syntheticDatasets.get(id)).toMatchObject({
      generationStatus: 'FAILED',
      error: 'The disk is full.',
      summary: null,
    });
    expect(await failed(app.client.syntheticDatasets.preview(id, 0, 1))).toMatchObject({ code: 'not-found' });
  });

  it('with a report leaves the rows, and the report can be written later', async () => {
    const { id } = app.datasetOf((await app.trained()).id);
    app.workers.fail('evaluate', new UserError('report/failed', 'There is nothing to report on.'));
    const dataset = await app.client.syntheticDatasets.generate(id);
    expect(dataset).toMatchObject({
      generationStatus: 'DONE',
      summary: { rows: 10 },
      reportId: null,
      error: 'There is nothing to report on.',
    });
    const report = await app.client.reports.create(id);
    expect(app.client.syntheticDatasets.get(id)).toMatchObject({ reportId: report.id, error: null });
    await app.client.syntheticDatasets.delete(id);
    expect(app.client.reports.list()).toEqual([]);
  });

  it('says that a report needs the original', async () => {
    const source = await app.bringIn();
    const { id } = app.datasetOf((await app.trained(source)).id);
    await app.client.sources.delete(source.id);
    const dataset = await app.client.syntheticDatasets.generate(id);
    expect(dataset.generationStatus).toBe('DONE');
    expect(dataset.error).toMatch(/their source was deleted/);
  });

  it('is told when a worker does not start', async () => {
    const { id } = await app.generatorOf();
    app.workers.starting = Promise.reject(
      new UserError('engine/unavailable', 'The engine could not be started.'),
    );
    await failed(app.client.generators.train(id));
    expect(app.client.generators.get(id)).toMatchObject({
      trainingStatus: 'FAILED',
      error: 'The engine could not be started.',
    });
    app.workers.starting = Promise.resolve();
    expect((await app.client.generators.train(id)).trainingStatus).toBe('DONE');
  });
});

describe('deleting', () => {
  it('a source is refused while it is trained on, or about to be', async () => {
    const [source, holdout] = [await app.bringIn(), await app.bringIn('holdout')];
    const config = app.configOf(source);
    onlyTable(config).holdoutSourceId = holdout.id;
    const [first, second] = [
      app.client.generators.create(app.configOf(await app.bringIn())),
      app.client.generators.create(config),
    ];
    const release = app.workers.hold('train');
    const ends = [app.client.generators.train(first.id), app.client.generators.train(second.id)];
    await settle();
    for (const { id } of [source, holdout]) {
      expect(await failed(app.client.sources.delete(id))).toMatchObject({
        message: '“people” is being trained on this source. Cancel the training first.',
      });
    }
    release();
    await Promise.all(ends);
    await app.client.sources.delete(source.id);
    expect(app.client.sources.list().map(({ id }) => id)).not.toContain(source.id);
    expect(app.workers.tables.has(onlyTable(source).id)).toBe(false);
  });

  it('a generator is refused while it generates, and ends its training otherwise', async () => {
    const generator = await app.trained();
    const { id } = app.datasetOf(generator.id, { enableDataReport: false });
    const release = app.workers.hold('generate');
    const generating = app.client.syntheticDatasets.generate(id);
    await settle();
    expect(await failed(app.client.generators.delete(generator.id))).toMatchObject({
      message: '“people” is being generated with this generator. Cancel the generation first.',
    });
    release();
    await generating;
    await app.client.generators.delete(generator.id);
    expect(app.workers.models.size).toBe(0);

    const other = await app.generatorOf();
    app.workers.hold('train');
    const training = failed(app.client.generators.train(other.id));
    await app.client.generators.delete(other.id);
    expect(isCanceled(await training)).toBe(true);
    expect(app.client.generators.list()).toEqual([]);
  });

  it('a dataset ends its generation and drops its rows', async () => {
    const { id } = app.datasetOf((await app.trained()).id);
    app.workers.hold('generate');
    const generating = failed(app.client.syntheticDatasets.generate(id));
    await settle();
    await app.client.syntheticDatasets.delete(id);
    expect(isCanceled(await generating)).toBe(true);
    expect(app.client.syntheticDatasets.list()).toEqual([]);
    expect(app.workers.tables.size).toBe(1);
  });
});
