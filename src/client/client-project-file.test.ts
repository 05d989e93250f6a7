import { unzipSync, type Zippable, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { UserError } from '../domain/errors';
import { failed } from './testing/client-of-each-test';
import { expectTwin, filled } from './testing/filled-project';
import { type Forgery, forgedProject, partOf, rewritePart } from './testing/forged-project';
import { pagesOfEachTest } from './testing/pages-of-disk';

const openPage = pagesOfEachTest();

describe('the file of a project', () => {
  async function exported(): Promise<File> {
    const { client } = await openPage();
    await filled(client);
    client.projects.rename('first', { name: 'Census: all', description: 'Of 1994' });
    return client.projects.export('first');
  }

  it('makes the same project elsewhere, which works', async () => {
    const here = await openPage();
    const { generator } = await filled(here.client);
    here.client.projects.rename('first', { name: 'Census: all', description: 'Of 1994' });
    const files = here.disk.files.size;
    const file = await here.client.projects.export('first');
    expect(file.name).toBe('Census_ all-project.zip');
    expect(here.disk.files.size).toBe(files);
    // Byte for byte the same when it is written again.
    const again = await here.client.projects.export('first');
    expect(Buffer.from(await again.arrayBuffer())).toEqual(Buffer.from(await file.arrayBuffer()));
    const key = here.client.generators.protectionKey(generator.id);
    const texts = Object.values(unzipSync(new Uint8Array(await file.arrayBuffer())));
    expect(texts.map((bytes) => new TextDecoder().decode(bytes)).join('\n')).not.toContain(key);
    expect(await here.client.projects.isProjectFile(file)).toBe(true);
    expect(await here.client.projects.isProjectFile(await here.client.generators.export(generator.id))).toBe(
      false,
    );
    expect(await here.client.projects.isProjectFile(new File(['a,b'], 'a.zip'))).toBe(false);
    // Beside itself it is a twin.
    expectTwin(here.client, (await here.client.projects.import(file)).id);

    const { client, disk } = await openPage();
    const project = await client.projects.import(file);
    expect(project).toMatchObject({ name: 'Census: all', description: 'Of 1994' });
    expect(client.projects.list()).toMatchObject([
      { name: 'Census: all', sources: 1, generators: 2, syntheticDatasets: 1, reports: 1 },
    ]);
    const { client: next } = await openPage(disk);
    const [source, draft, trained, dataset] = [
      next.sources.list()[0]!,
      ...next.generators.list({ sort: 'name' }),
      next.syntheticDatasets.list()[0]!,
    ] as const;
    expect((await next.sources.preview(source.id, 0, 1)).rows).toHaveLength(1);
    expect((await next.probes.create(trained!.id)).rows).toHaveLength(1);
    expect((await next.generators.train(draft!.id)).trainingStatus).toBe('DONE');
    expect((await next.reports.create(dataset!.id)).syntheticDatasetId).toBe(dataset!.id);
    expect(() => next.generators.protectionKey(trained!.id)).toThrow('no file holds the protection key');
  });

  it('without the file of a source that is gone holds the rest', async () => {
    const { client, disk } = await openPage();
    const { source } = await filled(client);
    disk.files.delete(source.file!);
    const { client: next } = await openPage(disk);
    const file = await next.projects.export('first');
    const other = await openPage();
    await other.client.projects.import(file);
    expect(other.client.sources.list()).toMatchObject([{ name: 'people.csv' }]);
    expect(other.client.sources.list()[0]!.file).toBeUndefined();
  });

  const forged = async (change: Forgery) => forgedProject(await exported(), change);

  it.each<[string, Forgery, string]>([
    ['a later version', (_parts, manifest) => (manifest['version'] = 4), 'later version of Doppelgrid'],
    [
      'records of a later version',
      (_parts, manifest) => (manifest['records'] = 99),
      'later version of Doppelgrid',
    ],
    ['no name', (_parts, manifest) => (manifest['project'] = { name: '' }), 'manifest.json'],
    [
      'a path that leads out',
      (parts) => (parts['../x.json'] = new Uint8Array(1)),
      'could lead out of a folder',
    ],
    ['another folder', (parts) => (parts['keys/x.json'] = new Uint8Array(1)), 'is no part of it'],
    ['a deeper folder', (parts) => (parts['sources/a/x.json'] = new Uint8Array(1)), 'is no part of it'],
    ['a text that is no JSON', (parts) => rewritePart(parts, 'reports', () => '{'), 'it is no JSON'],
    [
      'a record of another form',
      (parts) => rewritePart(parts, 'generators', () => '{}'),
      'does not have the form',
    ],
    [
      'rows of a version before that nobody can split',
      (parts) =>
        rewritePart(parts, 'generators', (text) =>
          text.replace(/^\{/, '{"continues":{"generatorId":"a","name":"b","rows":{"tableId":"c"}},'),
        ),
      'continues.rows.rows',
    ],
    ['null', (parts) => rewritePart(parts, 'sources', () => 'null'), 'does not have the form'],
    [
      'an id of another form',
      (parts) => {
        const path = partOf(parts, 'reports');
        const text = new TextDecoder().decode(parts[path] as Uint8Array).replace(/"id":"[^"]*"/, '"id":"a"');
        delete parts[path];
        parts['reports/a.json'] = new TextEncoder().encode(text);
      },
      'its id is “a”',
    ],
    [
      'an id twice',
      (parts) => {
        parts['reports/00000000-0000-4000-8000-000000000000.json'] = parts[partOf(parts, 'reports')]!;
      },
      'its id is',
    ],
    [
      'a file that is missing',
      (parts) => delete parts[partOf(parts, 'files')],
      'names a file that is not there',
    ],
    [
      'a file that nobody names',
      (parts) => (parts['files/00000000-0000-4000-8000-000000000000/x'] = new Uint8Array(1)),
      'nothing names it',
    ],
    [
      'two names of a file',
      (parts) => {
        const path = partOf(parts, 'files').split('/');
        parts[`${path[0]}/${path[1]}/other`] = new Uint8Array(1);
      },
      'a file is there twice',
    ],
    [
      'a report without its dataset',
      (parts) => {
        const path = partOf(parts, 'synthetic-datasets');
        const [name] = new TextDecoder().decode(parts[path] as Uint8Array).match(/(?<="file":")[^"]*/)!;
        delete parts[path];
        for (const part of Object.keys(parts)) if (part.startsWith(`files/${name}/`)) delete parts[part];
      },
      'its synthetic dataset is not there',
    ],
    ['a generator', (_parts, manifest) => (manifest['format'] = 'doppelgrid-generator'), 'holds no project'],
  ])('that has %s is refused, and nothing is changed', async (_what, change, sentence) => {
    const file = await forged(change);
    const { client, disk } = await openPage();
    const error = await failed(client.projects.import(file));
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({ code: 'archive/refused' });
    expect(error?.message).toContain('“x-project.zip”');
    expect(error?.message).toContain(sentence);
    await client.workspace.flush();
    // The import that failed is told as a job.
    const kept = [...disk.records.values()].filter(({ kind }) => kind !== 'job');
    expect([client.projects.list().length, disk.files.size, kept]).toEqual([1, 0, []]);
  });

  it('that a forger left as it was is taken', async () => {
    const { client } = await openPage();
    await client.projects.import(await forged(() => undefined));
    expect(client.generators.list()).toHaveLength(2);
  });

  it('with a changed row is refused by its hash', async () => {
    const bytes = new Uint8Array(await (await exported()).arrayBuffer());
    const parts: Zippable = unzipSync(bytes);
    const path = Object.keys(parts).find((each) => each.endsWith('people.csv'))!;
    parts[path] = new TextEncoder().encode(`id,a\n${'2,x\n'.repeat(10)}`);
    const { client } = await openPage();
    const changed = new File([zipSync(parts) as Uint8Array<ArrayBuffer>], 'x.zip');
    expect((await failed(client.projects.import(changed)))?.message).toContain('its SHA-256 is not that of');
  });

  it('that is cancelled while it is read leaves nothing', async () => {
    const file = await exported();
    const { client, disk } = await openPage();
    const controller = new AbortController();
    const importing = client.projects.import(file, { signal: controller.signal });
    controller.abort();
    expect((await failed(importing))?.code).toBe('canceled');
    await expect.poll(() => [client.projects.list().length, disk.files.size]).toEqual([1, 0]);
  });

  it('that does not fit on the disk leaves nothing', async () => {
    const file = await exported();
    const { client, disk } = await openPage();
    disk.failure = new UserError('storage/full', 'The disk is full.');
    expect((await failed(client.projects.import(file)))?.code).toBe('storage/full');
    expect([client.sources.list(), disk.files.size]).toEqual([[], 0]);
  });
});
