/** A project with one of each resource, for tests. */
import { expect } from 'vitest';
import { onlyTable } from '../../domain/only-table';
import type { DoppelgridClient } from '../api';

/** A small source. */
export async function bringIn(client: DoppelgridClient, name = 'people') {
  return client.sources.create({ name: `${name}.csv`, text: `id,a\n${'1,x\n'.repeat(10)}` });
}

/** A source, a generator trained on it and one set up, rows with a report. */
export async function filled(client: DoppelgridClient) {
  const source = await bringIn(client);
  const { id } = client.generators.create(client.generators.propose(source.id).config);
  const generator = await client.generators.train(id);
  const draft = client.generators.clone(id);
  const { id: rows } = client.syntheticDatasets.create(client.syntheticDatasets.propose(id));
  const dataset = await client.syntheticDatasets.generate(rows);
  return { source, generator, draft, dataset };
}

/** What is in a project. */
export const inside = (client: DoppelgridClient, project: string) => ({
  sources: client.sources.list({ project }),
  generators: client.generators.list({ project, sort: 'name' }),
  datasets: client.syntheticDatasets.list({ project }),
  reports: client.reports.list({ project }),
});

/** The second project is the first under other ids; sources, models and rows are its own. */
export function expectTwin(client: DoppelgridClient, id: string): void {
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
