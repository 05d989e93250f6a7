import { describe, expect, it } from 'vitest';
import { isCanceled } from '../domain/errors';
import type { Job } from '../domain/job';
import { onlyTable } from '../domain/only-table';
import { broken, clientOfEachTest, failed, HEADER, settle } from './testing/client-of-each-test';

const app = clientOfEachTest();

describe('jobs at the accelerator', () => {
  it('wait for each other: trainings and generations in the order they were asked for', async () => {
    const done = await app.trained();
    const dataset = app.datasetOf(done.id, { enableDataReport: false });
    const [first, second] = [await app.generatorOf(), await app.generatorOf()];
    const release = app.workers.hold('train');
    const jobs: Job[] = [];
    const ends = [
      app.client.generators.train(first.id),
      app.client.syntheticDatasets.generate(dataset.id, { onProgress: (job) => jobs.push(job) }),
      app.client.generators.train(second.id),
    ];
    await settle();
    expect([
      app.trainingStatus(first.id),
      app.generationStatus(dataset.id),
      app.trainingStatus(second.id),
    ]).toEqual(['IN_PROGRESS', 'QUEUED', 'QUEUED']);
    expect(app.client.syntheticDatasets.get(dataset.id).progress?.waitsFor).toBe('the training of “people”');
    expect((await app.client.probes.create(done.id)).rows).toHaveLength(1);
    const before = app.workers.calls.length;
    release();
    await Promise.all(ends);
    expect(app.workers.calls.slice(before - 1)).toEqual([
      `train ${onlyTable(first).modelId}`,
      `generate ${onlyTable(dataset).id}`,
      `train ${onlyTable(second).modelId}`,
    ]);
    expect(jobs.at(-1)).toMatchObject({ kind: 'generation', status: 'DONE', waitsFor: null });
  });

  it('do not wait for a report', async () => {
    const { id } = app.datasetOf((await app.trained()).id);
    const release = app.workers.hold('evaluate');
    const generating = app.client.syntheticDatasets.generate(id);
    await settle();
    expect((await app.trained()).trainingStatus).toBe('DONE');
    expect(app.generationStatus(id)).toBe('IN_PROGRESS');
    release();
    await generating;
  });

  it('can be cancelled while they wait, and never begin', async () => {
    const [first, second] = [await app.generatorOf(), await app.generatorOf()];
    const release = app.workers.hold('train');
    const training = app.client.generators.train(first.id);
    const queued = failed(app.client.generators.train(second.id));
    await settle();
    await app.client.generators.cancel(second.id);
    expect(app.trainingStatus(second.id)).toBe('CANCELED');
    expect(isCanceled(await queued)).toBe(true);
    release();
    await training;
    expect(app.workers.calls.filter((call) => call.startsWith('train'))).toHaveLength(1);
    expect((await app.client.generators.train(second.id)).trainingStatus).toBe('DONE');
  });

  it('train on what the source is when their turn comes', async () => {
    const source = await app.bringIn();
    const [first, second] = [await app.generatorOf(), await app.generatorOf(source)];
    const release = app.workers.hold('train');
    const ends = [app.client.generators.train(first.id), app.client.generators.train(second.id)];
    await app.client.sources.reread(source.id, { delimiter: ';' });
    release();
    await Promise.all(ends);
    expect(app.workers.requests.at(-1)).toMatchObject({
      modelId: onlyTable(second).modelId,
      profiles: [{ name: 'id,a,b' }],
    });
  });
});

describe('cancelling', () => {
  it('ends a training that runs and throws the model away', async () => {
    const { id } = await app.generatorOf();
    app.workers.hold('train');
    const training = failed(app.client.generators.train(id));
    await settle();
    await app.client.generators.cancel(id);
    expect(app.client.generators.get(id)).toMatchObject({
      trainingStatus: 'CANCELED',
      error: null,
      summary: null,
    });
    expect(await training).toMatchObject({ message: 'The training was cancelled. Nothing was changed.' });
    expect(app.workers.models.size).toBe(0);
  });

  it('ends a training whose engine has not started, at once', async () => {
    const { id } = await app.generatorOf();
    app.workers.starting = new Promise(() => {});
    const training = failed(app.client.generators.train(id));
    await app.client.generators.cancel(id);
    expect(isCanceled(await training)).toBe(true);
    expect(app.trainingStatus(id)).toBe('CANCELED');
    expect(app.workers.calls.some((call) => call.startsWith('train'))).toBe(false);
  });

  it('keeps the best model when a training is stopped instead', async () => {
    const { id } = await app.generatorOf();
    app.workers.hold('train');
    const training = app.client.generators.train(id);
    await settle();
    await app.client.generators.stop(id);
    expect((await training).summary?.stoppedBy).toBe('person');
  });

  it('ends a generation without rows, but a report without taking them', async () => {
    const generator = await app.trained();
    const [rows, report] = [app.datasetOf(generator.id), app.datasetOf(generator.id)];
    app.workers.hold('generate');
    const generating = failed(app.client.syntheticDatasets.generate(rows.id));
    await settle();
    await app.client.syntheticDatasets.cancel(rows.id);
    expect(isCanceled(await generating)).toBe(true);
    expect(app.client.syntheticDatasets.get(rows.id)).toMatchObject({
      generationStatus: 'CANCELED',
      summary: null,
    });
    app.workers.hold('generate')();
    app.workers.hold('evaluate');
    const reporting = app.client.syntheticDatasets.generate(report.id);
    await expect.poll(() => app.workers.calls.at(-1)).toMatch('evaluate');
    await app.client.syntheticDatasets.cancel(report.id);
    expect(await reporting).toMatchObject({
      generationStatus: 'DONE',
      summary: { rows: 10 },
      reportId: null,
      error: 'The report was cancelled. Nothing was changed.',
    });
  });

  it('by a signal rejects at once, and leaves what was there', async () => {
    const controller = new AbortController();
    const { id } = await app.generatorOf();
    app.workers.hold('train');
    const training = failed(
      app.client.generators.train(id, { signal: controller.signal, onMessage: () => controller.abort() }),
    );
    expect(isCanceled(await training)).toBe(true);
    await expect.poll(() => app.trainingStatus(id)).toBe('CANCELED');
    const source = { name: 'people.csv', text: `${HEADER}\n1,x,y` };
    expect(isCanceled(await failed(app.client.sources.create(source, { signal: AbortSignal.abort() })))).toBe(
      true,
    );
    expect(app.client.sources.list()).toHaveLength(1);
  });
});

describe('waiting for a job that somebody else started', () => {
  it('hears of its progress and gets its outcome', async () => {
    const { id } = await app.generatorOf();
    const release = app.workers.hold('train');
    const training = app.client.generators.train(id);
    const jobs: Job[] = [];
    const waiting = app.client.generators.wait(id, { onProgress: (job) => jobs.push(job) });
    await expect
      .poll(() => jobs.some(({ steps }) => steps.some(({ code }) => code === 'TRAIN_MODEL')))
      .toBe(true);
    release();
    expect(await waiting).toEqual(await training);
    expect(await app.client.generators.wait(id)).toEqual(await training);
  });

  it('fails as the job does', async () => {
    const { id } = app.datasetOf((await app.trained()).id);
    const release = app.workers.hold('generate');
    app.workers.fail('generate', broken);
    const generating = failed(app.client.syntheticDatasets.generate(id));
    const waiting = failed(app.client.syntheticDatasets.wait(id));
    release();
    expect(await waiting).toMatchObject({ message: 'The numbers broke.' });
    await generating;
  });

  it('is what a second start is told to do', async () => {
    const { id } = await app.generatorOf();
    const release = app.workers.hold('train');
    const training = app.client.generators.train(id);
    expect(await failed(app.client.generators.train(id))).toMatchObject({
      message: 'This generator is being trained already.',
    });
    release();
    await training;
    expect(await failed(app.client.generators.train(id))).toMatchObject({ code: 'config/invalid' });
    expect(() => app.client.generators.update(id, app.client.generators.get(id).config)).toThrow('Clone it');
    const clone = app.client.generators.clone(id);
    expect(clone).toMatchObject({ trainingStatus: 'NEW', config: { name: 'Clone - people' } });
    expect(onlyTable(clone).modelId).not.toBe(onlyTable(app.client.generators.get(id)).modelId);
  });
});

describe('jobs as scripts see them', () => {
  it('are listed by kind, status and resource, and told as they change', async () => {
    const told: string[] = [];
    const stop = app.client.jobs.subscribe(({ kind, status }) => told.push(`${kind} ${status}`));
    const { id } = await app.generatorOf();
    app.workers.fail('train', broken);
    await failed(app.client.generators.train(id));
    stop();
    await app.client.generators.train(id);
    expect(told).toContain('training FAILED');
    expect(told).not.toContain('training DONE');
    expect(app.client.jobs.list().map(({ kind }) => kind)).toEqual(['import', 'training', 'training']);
    const [job] = app.client.jobs.list({ kind: 'training', status: 'FAILED', resourceId: id });
    expect(job).toMatchObject({ error: 'The numbers broke.', messages: [{ epoch: 1 }] });
    expect(app.client.jobs.get(job!.id)).toEqual(job);
    expect(app.client.jobs.list({ resourceId: 'other' })).toEqual([]);
  });

  it('say that they are stopping, and can be cancelled', async () => {
    const { id } = await app.generatorOf();
    app.workers.hold('train');
    const training = app.client.generators.train(id);
    await settle();
    await app.client.generators.stop(id);
    await training;
    expect(app.client.jobs.list({ resourceId: id })).toMatchObject([{ status: 'DONE', isStopping: true }]);

    const other = await app.generatorOf();
    const canceled = failed(app.client.generators.train(other.id));
    await settle();
    await app.client.jobs.cancel(app.client.jobs.list({ resourceId: other.id })[0]!.id);
    expect(isCanceled(await canceled)).toBe(true);
  });
});
