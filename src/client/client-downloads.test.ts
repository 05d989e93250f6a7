import { describe, expect, it } from 'vitest';
import { UserError } from '../domain/errors';
import { onlyTable } from '../domain/only-table';
import type { DoppelgridClient } from './api';
import { failed } from './testing/client-of-each-test';
import { pagesOfEachTest } from './testing/pages-of-disk';
import { jobOf } from './testing/trainings';

const openPage = pagesOfEachTest();
const LAYOUT = { encoding: 'utf-8', delimiter: ',', lineEnd: '\n', header: true };

async function trained(client: DoppelgridClient) {
  const source = await client.sources.create({ name: 'people.csv', text: `id,a\n${'1,x\n'.repeat(10)}` });
  const { id } = client.generators.create(client.generators.propose(source.id).config);
  return client.generators.train(id);
}

async function generated(client: DoppelgridClient, generatorId: string) {
  const { id } = client.syntheticDatasets.create(client.syntheticDatasets.propose(generatorId));
  return client.syntheticDatasets.generate(id);
}

describe('a download', () => {
  it('is written as the original file is, though the source is gone and in another session', async () => {
    const { client, disk } = await openPage();
    const generator = await trained(client);
    await client.sources.delete(onlyTable(generator.config).sourceId);
    const { id } = await generated(client, generator.id);
    const next = await openPage(disk);
    await next.client.syntheticDatasets.download(id, 'csv');
    await next.client.syntheticDatasets.download(id, 'xlsx', { sorted: true });
    expect(next.workers.downloads).toMatchObject([
      { format: 'csv', csv: { neutraliseFormulas: false }, original: { layout: LAYOUT } },
      { format: 'xlsx', sorted: true, original: { layout: LAYOUT } },
    ]);
  });

  it('is written so by a generator that came as an archive', async () => {
    const here = await openPage();
    const file = await here.client.generators.export((await trained(here.client)).id);
    const { client, workers } = await openPage();
    const dataset = await generated(client, (await client.generators.import(file)).id);
    await client.syntheticDatasets.download(dataset.id, 'csv', {
      csv: { neutraliseFormulas: true, form: 'standard' },
    });
    expect(workers.downloads).toMatchObject([
      { csv: { neutraliseFormulas: true, form: 'standard' }, original: { layout: LAYOUT } },
    ]);
  });

  it('that failed is tried again as it was asked for', async () => {
    const { client, workers } = await openPage();
    const { id } = await generated(client, (await trained(client)).id);
    workers.fail('download', new UserError('export/failed', 'Too many columns.'));
    const csv = { neutraliseFormulas: true };
    await failed(client.syntheticDatasets.download(id, 'csv', { csv }));
    const [lost] = client.jobs.list({ kind: 'download' });
    expect(lost).toMatchObject({ status: 'FAILED', asked: { format: 'csv', csv } });
    expect(await client.jobs.retry(lost!.id)).toBeInstanceOf(File);
    expect(workers.downloads.at(-1)).toMatchObject({ format: 'csv', csv });
    expect(client.jobs.list({ kind: 'download' })).toMatchObject([{ status: 'FAILED' }, { status: 'DONE' }]);
    expect((await failed(client.jobs.retry(lost!.id)))?.message).toBe('It has been tried again since.');
  });

  it('says in the notices of its job what the format could not hold', async () => {
    const { client, workers } = await openPage();
    const { id } = await generated(client, (await trained(client)).id);
    workers.notes = ['2 texts were cut.'];
    const seen: (readonly string[])[] = [];
    await client.syntheticDatasets.download(id, 'xlsx', { onProgress: ({ notices }) => seen.push(notices) });
    expect(seen.at(-1)).toEqual(['2 texts were cut.']);
    expect(jobOf(client, id)).toMatchObject({
      kind: 'download',
      status: 'DONE',
      notices: ['2 texts were cut.'],
    });
  });
});
