import { unzipSync, type Zippable, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { UserError } from '../domain/errors';
import { onlyTable } from '../domain/only-table';
import type { DoppelgridClient } from './api';
import { failed } from './testing/client-of-each-test';
import { pagesOfEachTest } from './testing/pages-of-disk';

const openPage = pagesOfEachTest();

async function bringIn(client: DoppelgridClient, name = 'people') {
  return client.sources.create({ name: `${name}.csv`, text: `id,a\n${'1,x\n'.repeat(10)}` });
}

/** A source, a generator trained on it and one set up, rows with a report. */
async function filled(client: DoppelgridClient) {
  const source = await bringIn(client);
  const { id } = client.generators.create(client.generators.propose(source.id).config);
  const generator = await client.generators.train(id);
  const draft = client.generators.clone(id);
  const { id: rows } = client.syntheticDatasets.create(client.syntheticDatasets.propose(id));
  const dataset = await client.syntheticDatasets.generate(rows);
  return { source, generator, draft, dataset };
}

const namesOf = (client: DoppelgridClient) => client.projects.list().map(({ name }) => name);
const inside = (client: DoppelgridClient, project: string) => ({
  sources: client.sources.list({ project }),
  generators: client.generators.list({ project, sort: 'name' }),
  datasets: client.syntheticDatasets.list({ project }),
  reports: client.reports.list({ project }),
});

describe('projects', () => {
  it('are one at first; what is new goes to the one that is worked in, and what is made of it with it', async () => {
    const { client } = await openPage();
    expect(client.projects.list()).toMatchObject([
      { id: 'first', name: 'My project', current: true, archived: false, sources: 0, created: null },
    ]);
    const { source, draft, dataset } = await filled(client);
    expect([source.projectId, draft.projectId, dataset.projectId]).toEqual([undefined, undefined, undefined]);
    const second = client.projects.create({ name: 'Second', description: 'Later' });
    client.projects.switchTo(second.id);
    const other = await bringIn(client, 'other');
    expect(other.projectId).toBe(second.id);
    // Made of what is in the first one, it is there, too.
    const first = client.generators.create(client.generators.propose(source.id).config);
    expect(first.projectId).toBeUndefined();
    expect(client.generators.create(client.generators.propose(other.id).config).projectId).toBe(second.id);
    // Read again, it stays where it was.
    expect((await client.sources.reread(source.id, {})).projectId).toBeUndefined();
    expect(
      client.projects
        .list()
        .map((project) => [
          project.name,
          project.current,
          project.sources,
          project.generators,
          project.reports,
        ]),
    ).toEqual([
      ['My project', false, 1, 3, 1],
      ['Second', true, 1, 1, 0],
    ]);
  });

  it('are renamed, described, archived and kept', async () => {
    const { client, disk } = await openPage();
    await bringIn(client);
    client.projects.rename('first', { name: ' Census ', description: 'Of 1994' });
    const { id } = client.projects.create({});
    expect((await failed(Promise.resolve().then(() => client.projects.rename(id, { name: '' }))))?.code).toBe(
      'config/invalid',
    );
    client.projects.switchTo(id);
    client.projects.archive('first');
    expect(() => client.projects.archive(id)).toThrow('is the only project to work in');
    expect(() => client.projects.switchTo('first')).toThrow('is archived');
    expect(client.sources.list({})).toEqual([]);
    expect(client.sources.list({ project: 'first' })).toHaveLength(1);
    await client.workspace.flush();
    const { client: next } = await openPage(disk);
    expect(next.projects.list()).toMatchObject([
      { name: 'Census', description: 'Of 1994', archived: true, sources: 1 },
      { name: 'New project', archived: false, current: true },
    ]);
    next.projects.unarchive('first');
    expect(next.projects.switchTo('first').name).toBe('Census');
    expect(next.sources.list({ project: 'current' })).toHaveLength(1);
    expect(() => next.projects.get('gone')).toThrow('There is no project “gone”');
  });

  it('take what is moved to them; a report goes with its dataset', async () => {
    const { client } = await openPage();
    const { source, dataset } = await filled(client);
    const { id } = client.projects.create({ name: 'Second' });
    client.projects.move(
      [
        { kind: 'report', id: dataset.reportId! },
        { kind: 'source', id: source.id },
      ],
      id,
    );
    expect(inside(client, id)).toMatchObject({
      sources: [{}],
      generators: [],
      datasets: [{}],
      reports: [{}],
    });
    client.projects.move([{ kind: 'source', id: source.id }], 'first');
    expect(inside(client, 'first').sources).toHaveLength(1);
    expect(() => client.projects.move([], 'gone')).toThrow('There is no project');
  });

  it('go with everything in them, what is elsewhere stays, and the preview said so', async () => {
    const { client, disk } = await openPage();
    const { dataset } = await filled(client);
    const { id } = client.projects.create({ name: 'Second' });
    client.projects.move([{ kind: 'synthetic-dataset', id: dataset.id }], id);
    const preview = client.projects.previewDelete([{ kind: 'project', id: 'first' }]);
    expect(preview.gone.map(({ kind }) => kind)).toEqual(['generator', 'generator', 'source']);
    expect(preview.stays.map(({ name }) => name)).toEqual([dataset.config.name]);
    await client.projects.delete('first');
    expect(namesOf(client)).toEqual(['Second']);
    expect([client.sources.list(), client.generators.list()]).toEqual([[], []]);
    expect((await client.syntheticDatasets.preview(dataset.id, 0, 1)).rows).toHaveLength(1);
    await client.projects.export(id);
    await client.projects.delete(id);
    expect(namesOf(client)).toEqual(['My project']);
    expect([disk.files.size, disk.records.size]).toEqual([0, 0]);
  });

  it('lose several at once, unless what stays is being made of one', async () => {
    const { client, workers } = await openPage();
    const { source, draft, dataset } = await filled(client);
    const release = workers.hold('train');
    const training = client.generators.train(draft.id);
    await expect.poll(() => client.generators.get(draft.id).trainingStatus).toBe('IN_PROGRESS');
    expect((await failed(client.projects.delete([{ kind: 'source', id: source.id }])))?.message).toContain(
      'is being trained on this source',
    );
    await client.projects.delete([
      { kind: 'source', id: source.id },
      { kind: 'generator', id: draft.id },
      { kind: 'report', id: dataset.reportId! },
    ]);
    release();
    expect((await failed(training))?.code).toBe('canceled');
    expect([client.sources.list().length, client.generators.list().length]).toEqual([0, 1]);
    expect(client.syntheticDatasets.get(dataset.id).reportId).toBeNull();
  });
});

describe('the lists', () => {
  it('filter and sort resources, and give them as flat lines', async () => {
    const { client } = await openPage();
    const { generator, draft } = await filled(client);
    expect(client.generators.list({ status: 'NEW' })).toEqual([client.generators.get(draft.id)]);
    expect(client.generators.list({ sort: 'name' }).map(({ id }) => id)).toEqual([draft.id, generator.id]);
    const [line] = await client.generators.overview({ text: 'people', status: 'DONE' });
    expect(line).toMatchObject({
      name: 'people',
      model: 'argn',
      trainings: 1,
      generations: 1,
      project: 'My project',
    });
    expect(() => client.sources.list({ sort: 'colour' as 'name' })).toThrow(
      'The filter is not valid at sort',
    );
  });
});

describe('a copy of a project', () => {
  it('has everything once more, and its parts name each other', async () => {
    const { client, disk } = await openPage();
    await filled(client);
    const files = disk.files.size;
    const copy = await client.projects.duplicate('first');
    expect(copy.name).toBe('Copy of My project');
    expect(disk.files.size).toBe(2 * files);
    expectTwin(client, copy.id);
    // The copies live without the originals.
    await client.projects.delete('first');
    const [dataset] = inside(client, copy.id).datasets;
    expect((await client.syntheticDatasets.preview(dataset!.id, 0, 1)).rows).toHaveLength(1);
    expect((await client.reports.create(dataset!.id)).syntheticDatasetId).toBe(dataset!.id);
    const clone = client.generators.clone(dataset!.config.generatorId);
    expect((await client.generators.train(clone.id)).trainingStatus).toBe('DONE');
  });

  it('has a generator that is being trained as one that is set up', async () => {
    const { client, workers } = await openPage();
    const { draft } = await filled(client);
    const release = workers.hold('train');
    const training = client.generators.train(draft.id);
    await expect.poll(() => client.generators.get(draft.id).trainingStatus).toBe('IN_PROGRESS');
    const copy = await client.projects.duplicate('first');
    release();
    await training;
    expect(inside(client, copy.id).generators).toMatchObject([
      { trainingStatus: 'NEW', progress: null },
      { trainingStatus: 'DONE' },
    ]);
  });

  it('that does not fit on the disk leaves nothing', async () => {
    const { client, disk } = await openPage();
    await filled(client);
    await client.workspace.flush();
    const files = disk.files.size;
    disk.failure = new UserError('storage/full', 'The disk is full.');
    expect((await failed(client.projects.duplicate('first')))?.code).toBe('storage/full');
    expect([namesOf(client), client.sources.list().length, disk.files.size]).toEqual([
      ['My project'],
      1,
      files,
    ]);
  });

  it('in a private session is one, too', async () => {
    const { client, workers } = await openPage();
    Object.assign(workers, { state: { isKept: false, refusal: null } });
    await filled(client);
    const copy = await client.projects.duplicate('first');
    await client.projects.delete('first');
    const [source] = inside(client, copy.id).sources;
    expect((await client.sources.reread(source!.id, {})).projectId).toBe(copy.id);
    const [, trained] = inside(client, copy.id).generators;
    expect((await client.probes.create(trained!.id)).rows).toHaveLength(1);
  });
});

/** The second project is the first under other ids; sources, models and rows are its own. */
function expectTwin(client: DoppelgridClient, id: string): void {
  const [one, two] = [inside(client, 'first'), inside(client, id)];
  const [source, dataset, report] = [two.sources[0]!, two.datasets[0]!, two.reports[0]!];
  const [draft, generator] = two.generators;
  expect(onlyTable(generator!.config)).toMatchObject({ sourceId: source.id, tableId: onlyTable(source).id });
  expect(onlyTable(draft!.config).sourceId).toBe(source.id);
  expect(dataset.config.generatorId).toBe(generator!.id);
  expect([dataset.reportId, report.syntheticDatasetId]).toEqual([report.id, dataset.id]);
  const ids = (text: string): readonly string[] =>
    text.match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? [];
  // The job of a training stays with the original.
  const [before, after] = [one, two].map((contents) =>
    JSON.stringify(contents, (name, value) => (name === 'progress' ? null : value)),
  );
  const shared = ids(before!).filter((text) => ids(after!).includes(text));
  expect(shared.filter((text) => text !== 'first' && text !== id)).toEqual([]);
  const anonymous = (text: string) => {
    let bare = text;
    const longestFirst = [...new Set(ids(text))].sort((a, b) => b.length - a.length);
    for (const each of longestFirst) bare = bare.replaceAll(each, '#');
    return bare.replaceAll(/"projectId":"[^"]*",?/g, '').replaceAll(',}', '}');
  };
  expect(anonymous(after!)).toBe(anonymous(before!));
}

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

  const record = (parts: Zippable, folder: string) =>
    Object.keys(parts).find((path) => path.startsWith(`${folder}/`))!;
  const rewritten = (parts: Zippable, folder: string, change: (text: string) => string) => {
    const path = record(parts, folder);
    parts[path] = new TextEncoder().encode(change(new TextDecoder().decode(parts[path] as Uint8Array)));
  };
  /** With hashes and sizes of a manifest that fit, as a forger would write them. */
  async function forged(change: (parts: Zippable, manifest: Record<string, unknown>) => void): Promise<File> {
    const parts: Zippable = unzipSync(new Uint8Array(await (await exported()).arrayBuffer()));
    const manifest = JSON.parse(new TextDecoder().decode(parts['manifest.json'] as Uint8Array));
    change(parts, manifest);
    delete parts['manifest.json'];
    manifest.parts = await Promise.all(
      Object.entries(parts).map(async ([path, part]) => {
        const bytes = part as Uint8Array<ArrayBuffer>;
        const hash = Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex');
        return { path, bytes: bytes.length, sha256: hash };
      }),
    );
    parts['manifest.json'] = new TextEncoder().encode(JSON.stringify(manifest));
    return new File([zipSync(parts) as Uint8Array<ArrayBuffer>], 'x-project.zip');
  }

  it.each<[string, (parts: Zippable, manifest: Record<string, unknown>) => void, string]>([
    ['a later version', (_parts, manifest) => (manifest['version'] = 3), 'later version of Doppelgrid'],
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
    ['a text that is no JSON', (parts) => rewritten(parts, 'reports', () => '{'), 'it is no JSON'],
    [
      'a record of another form',
      (parts) => rewritten(parts, 'generators', () => '{}'),
      'does not have the form',
    ],
    [
      'rows of a version before that nobody can split',
      (parts) =>
        rewritten(parts, 'generators', (text) =>
          text.replace(/^\{/, '{"continues":{"generatorId":"a","name":"b","rows":{"tableId":"c"}},'),
        ),
      'continues.rows.rows',
    ],
    ['null', (parts) => rewritten(parts, 'sources', () => 'null'), 'does not have the form'],
    [
      'an id of another form',
      (parts) => {
        const path = record(parts, 'reports');
        const text = new TextDecoder().decode(parts[path] as Uint8Array).replace(/"id":"[^"]*"/, '"id":"a"');
        delete parts[path];
        parts['reports/a.json'] = new TextEncoder().encode(text);
      },
      'its id is “a”',
    ],
    [
      'an id twice',
      (parts) => {
        parts['reports/00000000-0000-4000-8000-000000000000.json'] = parts[record(parts, 'reports')]!;
      },
      'its id is',
    ],
    [
      'a file that is missing',
      (parts) => delete parts[record(parts, 'files')],
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
        const path = record(parts, 'files').split('/');
        parts[`${path[0]}/${path[1]}/other`] = new Uint8Array(1);
      },
      'a file is there twice',
    ],
    [
      'a report without its dataset',
      (parts) => {
        const path = record(parts, 'synthetic-datasets');
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
