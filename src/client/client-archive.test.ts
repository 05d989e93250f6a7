import { unzipSync, type Zippable, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { UserError } from '../domain/errors';
import { onlyTable } from '../domain/only-table';
import type { DoppelgridClient } from './api';
import { failed } from './testing/client-of-each-test';
import { pagesOfEachTest } from './testing/pages-of-disk';

const openPage = pagesOfEachTest();

async function trained(client: DoppelgridClient) {
  const source = await client.sources.create({ name: 'people.csv', text: `id,a\n${'1,x\n'.repeat(10)}` });
  const { id } = client.generators.create(client.generators.propose(source.id).config);
  await client.generators.train(id);
  const dataset = client.syntheticDatasets.create(client.syntheticDatasets.propose(id));
  await client.syntheticDatasets.generate(dataset.id);
  return client.generators.get(id);
}

async function exported(): Promise<File> {
  const { client } = await openPage();
  return client.generators.export((await trained(client)).id);
}

async function changed(file: File, change: (parts: Zippable) => void): Promise<File> {
  const parts = unzipSync(new Uint8Array(await file.arrayBuffer()));
  change(parts);
  return new File([zipSync(parts) as Uint8Array<ArrayBuffer>], file.name);
}

describe('the archive of a generator', () => {
  it('is named for what it is, and makes the same generator elsewhere, without key and source', async () => {
    const here = await openPage();
    const generator = await trained(here.client);
    const before = here.disk.files.size;
    const file = await here.client.generators.export(generator.id);
    expect(file.name).toBe('people-generator.zip');
    expect(here.disk.files.size).toBe(before);

    const { client, disk } = await openPage();
    const copy = await client.generators.import(file);
    expect(client.generators.list()).toEqual([copy]);
    expect(copy.id).not.toBe(generator.id);
    expect(copy).toMatchObject({
      config: generator.config,
      trainingStatus: 'DONE',
      messages: generator.messages,
      summary: generator.summary,
      metrics: generator.metrics,
      imported: { file: 'people-generator.zip', source: { file: 'people.csv' }, app: '0.1.0' },
    });
    expect(failedNow(() => client.generators.protectionKey(copy.id))).toContain('was imported');
    expect(failedNow(() => client.generators.clone(copy.id))).toContain('bring in “people.csv”');
    // Why it was not audited goes with it.
    expect(copy.audit).toEqual({ reason: expect.stringContaining('and an audit needs 300') });
    // Kept like any other.
    const { client: next } = await openPage(disk);
    expect(next.generators.list()).toEqual([copy]);
    expect((await next.probes.create(copy.id)).rows).toHaveLength(1);
    // Written again, it is the same archive.
    const again = await next.generators.export(copy.id);
    expect(await contents(again)).toEqual(await contents(file));
  });

  it('generates elsewhere, without a report unless it is asked for, which then says why there is none', async () => {
    const { client } = await openPage();
    const { id } = await client.generators.import(await exported());
    const config = client.syntheticDatasets.propose(id);
    expect(onlyTable(config).configuration).toMatchObject({ sampleSize: 10, enableDataReport: false });
    const quiet = client.syntheticDatasets.create(config);
    expect(await client.syntheticDatasets.generate(quiet.id)).toMatchObject({
      generationStatus: 'DONE',
      reportId: null,
      error: null,
    });
    const asked = client.syntheticDatasets.create({
      ...config,
      tables: [
        {
          ...onlyTable(config),
          configuration: { ...onlyTable(config).configuration, enableDataReport: true },
        },
      ],
    });
    const { generationStatus, error } = await client.syntheticDatasets.generate(asked.id);
    expect([generationStatus, error]).toEqual([
      'DONE',
      'There is no report: it compares with the rows trained on, and “people.csv” is not here.',
    ]);
  });

  it('finds its source again where that is', async () => {
    const { client } = await openPage();
    const generator = await trained(client);
    const copy = await client.generators.import(await client.generators.export(generator.id));
    const clone = client.generators.clone(copy.id);
    expect(client.generators.protectionKey(clone.id)).not.toBe(client.generators.protectionKey(generator.id));
    expect(client.syntheticDatasets.propose(copy.id).tables[0]!.configuration.enableDataReport).toBe(true);
  });

  it('in a private session is written and read, too', async () => {
    const { client, workers } = await openPage();
    Object.assign(workers, { state: { isKept: false, refusal: null } });
    const generator = await trained(client);
    expect(onlyTable(generator).model).toBeUndefined();
    const files = workers.disk.files.size;
    const copy = await client.generators.import(await client.generators.export(generator.id));
    expect(workers.disk.files.size).toBe(files + 2);
    expect((await client.probes.create(copy.id)).rows).toHaveLength(1);
    await client.generators.delete(copy.id);
    await client.workspace.flush();
    expect(workers.disk.files.size).toBe(files);
  });

  it('whose import is cancelled leaves nothing', async () => {
    const file = await exported();
    const { client, workers, disk } = await openPage();
    let letGo = () => {};
    workers.starting = new Promise((resolve) => (letGo = resolve));
    const controller = new AbortController();
    const importing = client.generators.import(file, { signal: controller.signal });
    // Those of the model, and the copy of the archive.
    await expect.poll(() => disk.files.size).toBe(3);
    controller.abort();
    expect(await failed(importing)).toMatchObject({ code: 'canceled' });
    letGo();
    await expect.poll(() => disk.files.size).toBe(0);
    expect(client.generators.list()).toEqual([]);
  });

  it('of a generator that is not trained is refused', async () => {
    const { client } = await openPage();
    const source = await client.sources.create({ name: 'people.csv', text: 'id,a\n1,x\n' });
    const { id } = client.generators.create(client.generators.propose(source.id).config);
    expect((await failed(client.generators.export(id)))?.message).toContain('no model to export yet');
  });

  it.each([
    ['a table', async () => new File(['a,b\n1,2\n'], 'people-generator.zip'), 'no ZIP archive'],
    [
      'a changed part',
      async () => changed(await exported(), (parts) => (parts['summary.json'] = new Uint8Array(3))),
      'summary.json',
    ],
    [
      'a model that cannot be opened',
      async () => {
        const { client, disk } = await openPage();
        const { id, tables } = await trained(client);
        const { manifest } = tables[0]!.model!;
        const text = (await disk.files.get(manifest)!.text()).replace('"content":{}', '"content":[]');
        disk.files.set(manifest, new File([text], 'manifest.json'));
        return client.generators.export(id);
      },
      'The stored model cannot be read',
    ],
  ])('that is %s is refused, and nothing is changed', async (_what, make, sentence) => {
    const file = await make();
    const { client, disk } = await openPage();
    const error = await failed(client.generators.import(file));
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({ code: 'archive/refused' });
    expect(error?.message).toContain('“people-generator.zip”');
    expect(error?.message).toContain(sentence);
    await client.workspace.flush();
    expect([client.generators.list(), disk.files.size, disk.resources()]).toEqual([[], 0, []]);
  });
});

async function contents(file: File): Promise<unknown> {
  const parts = unzipSync(new Uint8Array(await file.arrayBuffer()));
  return Object.entries(parts).map(([path, bytes]) => {
    const text = new TextDecoder().decode(bytes);
    return [path, path.endsWith('.json') && path !== 'manifest.json' ? JSON.parse(text) : path];
  });
}

function failedNow(call: () => unknown): string | null {
  try {
    call();
    return null;
  } catch (error) {
    return (error as UserError).message;
  }
}
