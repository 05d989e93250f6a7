import { expect, it } from 'vitest';
import type { EvaluateRequest } from '../../workers/quality/protocol';
import { clientOfEachTest, failed } from './testing/client-of-each-test';

const t = clientOfEachTest();

it('compares each file with the original and keeps the reports together', async () => {
  const training = await t.bringIn('people', 'id,a,b');
  const first = await t.bringIn('made', 'id,A,b');
  const second = await t.bringIn('drawn');
  const config = {
    ...{ trainingSourceId: training.id, synthetic: [{ id: first.id }, { id: second.id }] },
    ...{ subjectColumns: [], randomState: 7 },
  };
  const [differences] = await t.client.evaluations.differences(config);
  expect(differences).toMatchObject({ names: { a: 'A' }, missing: [], extra: [] });
  const { id, reports, failed: lost } = await t.client.evaluations.create(config);
  expect(lost).toEqual([]);
  expect(await t.client.evaluations.reports(id)).toEqual(reports);
  const [request] = t.workers.requests as EvaluateRequest[];
  expect(request).toMatchObject({
    syntheticDatasetId: first.id,
    synthetic: { names: { a: 'A' } },
    holdout: null,
  });
  expect(reports.map(({ evaluated }) => evaluated!.files.synthetic.name)).toEqual(['made.csv', 'drawn.csv']);
  expect(reports[0]!.provenance).toMatchObject({ seeds: { report: 7 }, holdoutFile: null });
  expect((await t.client.evaluations.compare(id)).files.map(({ name }) => name)).toEqual([
    'made.csv',
    'drawn.csv',
  ]);
  const names = (await t.client.reports.overview()).map(({ name }) => name);
  expect(names.sort()).toEqual(['drawn.csv', 'made.csv']);
});

it('goes where its project goes, and with it', async () => {
  const source = await t.bringIn();
  const { reports } = await t.client.evaluations.create({
    ...{ trainingSourceId: source.id, synthetic: [{ id: source.id }] },
  });
  const { id } = reports[0]!;
  const project = t.client.projects.create({ name: 'Other' });
  t.client.projects.move([{ kind: 'report', id }], project.id);
  expect(t.client.reports.list({ project: project.id }).map((report) => report.id)).toEqual([id]);
  await t.client.projects.delete(project.id);
  expect(t.client.reports.list()).toEqual([]);
});

it('refuses an original that is its own holdout, and a column that whose rows are asked by and is not there', async () => {
  const { id } = await t.bringIn();
  const asked = { trainingSourceId: id, synthetic: [{ id }] };
  const own = await failed(t.client.evaluations.create({ ...asked, holdoutSourceId: id }));
  expect(own?.message).toMatch(/cannot be its own holdout/);
  const lost = await failed(t.client.evaluations.create({ ...asked, subjectColumns: ['gone'] }));
  expect(lost).toMatchObject({ code: 'config/invalid', message: expect.stringContaining('“gone”') });
  expect(t.client.reports.list()).toEqual([]);
});
