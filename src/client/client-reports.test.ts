import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { StoredRecord } from '../../workers/workspace/protocol';
import type { Report } from '../domain/reports';
import type { DoppelgridClient } from './api';
import { failed } from './testing/client-of-each-test';
import { FakeDisk } from './testing/fake-workspace';
import { pagesOfEachTest } from './testing/pages-of-disk';

const openPage = pagesOfEachTest();
const CHARTS = [
  'bivariate',
  'bivariateScores',
  'dependences',
  'distances',
  'trivariateScores',
  'univariate',
] as const;

/** A dataset with its report. */
async function withReport({ client }: { client: DoppelgridClient }) {
  const source = await client.sources.create({ name: 'people.csv', text: `id,a\n${'1,x\n'.repeat(10)}` });
  const { id } = client.generators.create(client.generators.propose(source.id).config);
  await client.generators.train(id);
  const made = client.syntheticDatasets.create(client.syntheticDatasets.propose(id));
  const dataset = await client.syntheticDatasets.generate(made.id);
  await client.workspace.flush();
  return { dataset, report: client.reports.get(dataset.reportId!) };
}

const recordOf = (disk: FakeDisk, id: string) => disk.records.get(`report/${id}`)!;

/** Changes the record of a report as it lies on the disk. */
function change(disk: FakeDisk, id: string, fields: Partial<StoredRecord> & { readonly value: object }) {
  disk.records.set(`report/${id}`, { ...recordOf(disk, id), ...fields });
}

/** Its charts in the record, as earlier versions wrote it. */
async function writtenBefore(disk: FakeDisk, report: Report, client: DoppelgridClient) {
  const { charts, columns: _columns, ...whole } = await client.reports.read(report.id);
  disk.files.delete(charts!);
  change(disk, report.id, { value: whole, files: [] });
}

describe('charts of a report', () => {
  it('are in a file of their own, which is read when they are asked for', async () => {
    const disk = new FakeDisk();
    const { report } = await withReport(await openPage(disk));
    const { client } = await openPage(disk);
    expect(client.reports.get(report.id)).toEqual(report);
    expect(report).toMatchObject({ columns: 0, notes: expect.any(Array), metrics: expect.any(Object) });
    for (const name of CHARTS) expect(recordOf(disk, report.id).value).not.toHaveProperty(name);
    const whole = await client.reports.read(report.id);
    expect(whole).toMatchObject(report);
    for (const name of CHARTS) expect(whole).toHaveProperty(name);
    await client.reports.delete(report.id);
    expect(disk.files.has(report.charts!)).toBe(false);
  });

  it('in the record of an earlier version are read there, and get a file in what is made of it', async () => {
    const disk = new FakeDisk();
    const first = await openPage(disk);
    const { dataset, report } = await withReport(first);
    const whole = await first.client.reports.read(report.id);
    await writtenBefore(disk, report, first.client);
    const { client } = await openPage(disk);
    expect(client.workspace.setAside()).toEqual([]);
    expect((await client.reports.overview()).map(({ columns }) => columns)).toEqual([0]);
    const { charts: _charts, columns: _columns, ...inline } = whole;
    expect(await client.reports.read(report.id)).toEqual(inline);
    const copy = client.reports.get((await client.syntheticDatasets.duplicate(dataset.id)).reportId!);
    expect(copy).not.toHaveProperty('univariate');
    expect(disk.files.has(copy.charts!)).toBe(true);
    expect(await client.reports.read(copy.id)).toMatchObject({ univariate: [], distances: null });
    const exported = await client.projects.export('first');
    const project = await client.projects.import(exported);
    const imported = client.reports.list({ project: project.id });
    expect(imported.map(({ charts }) => disk.files.has(charts!))).toEqual([true, true]);
  });

  it.each([
    ['gone', (disk: FakeDisk, file: string) => disk.files.delete(file), /are gone: their file is not there/],
    [
      'no JSON',
      (disk: FakeDisk, file: string) => disk.files.set(file, new File(['{'], 'c')),
      /cannot be read/,
    ],
    [
      'of another form',
      (disk: FakeDisk, file: string) => disk.files.set(file, new File(['{"univariate":[{}]}'], 'c')),
      /cannot be read/,
    ],
  ])('that are %s are told with a sentence, and the scores stay', async (_how, spoil, sentence) => {
    const disk = new FakeDisk();
    const { dataset, report } = await withReport(await openPage(disk));
    spoil(disk, report.charts!);
    const { client } = await openPage(disk);
    expect((await failed(client.reports.read(report.id)))?.message).toMatch(sentence);
    expect(client.reports.get(report.id).metrics).toEqual(report.metrics);
    expect((await client.syntheticDatasets.duplicate(dataset.id)).reportId).not.toBeNull();
    const project = await client.projects.import(await client.projects.export('first'));
    expect(client.reports.list({ project: project.id })).toHaveLength(2);
  });

  it('are copied with a dataset and a project, and are in the file of a project', async () => {
    const disk = new FakeDisk();
    const { client } = await openPage(disk);
    const { dataset, report } = await withReport({ client });
    const copy = client.reports.get((await client.syntheticDatasets.duplicate(dataset.id)).reportId!);
    const project = await client.projects.duplicate('first');
    const exported = await client.projects.export('first');
    const parts = Object.keys(unzipSync(new Uint8Array(await exported.arrayBuffer())));
    expect(parts).toContain(`files/${report.charts}/charts.json`);
    const imported = await client.projects.import(exported);
    const all = [
      report,
      copy,
      ...[project, imported].flatMap(({ id }) => client.reports.list({ project: id })),
    ];
    expect(new Set(all.map(({ charts }) => charts)).size).toBe(6);
    for (const { id } of all) expect(await client.reports.read(id)).toHaveProperty('univariate');
    await client.syntheticDatasets.delete(dataset.id);
    expect(await client.reports.read(copy.id)).toHaveProperty('univariate');
  });

  it('stay in the record where their file cannot be written', async () => {
    const disk = new FakeDisk();
    const { client } = await openPage(disk);
    const { dataset } = await withReport({ client });
    disk.failure = new Error('no space');
    const { id, charts } = await client.reports.create(dataset.id);
    disk.failure = null;
    await client.workspace.flush();
    expect(charts).toBeUndefined();
    const later = await openPage(disk);
    expect(await later.client.reports.read(id)).toHaveProperty('univariate');
  });
});

it('a report that is set aside goes with its dataset, on every page', async () => {
  const disk = new FakeDisk();
  const { dataset, report } = await withReport(await openPage(disk));
  const { notes: _notes, ...broken } = recordOf(disk, report.id).value as Report;
  change(disk, report.id, { value: broken });
  const { client } = await openPage(disk);
  expect(client.workspace.setAside().map(({ id }) => id)).toEqual([report.id]);
  await client.syntheticDatasets.delete(dataset.id);
  expect(client.workspace.setAside()).toEqual([]);
  expect(disk.records.has(`report/${report.id}`)).toBe(false);
  expect((await openPage(disk)).client.workspace.setAside()).toEqual([]);
});
