import { expect, it } from 'vitest';
import type { Job } from './job';
import { projectOfJob } from './job-project';
import { FIRST_PROJECT } from './projects';
import { aDataset, aGenerator, aSource, aStock } from './testing/stock';

it('a job is in the project of its resource, that of a project in itself, that of what is gone in none', () => {
  const stock = aStock({
    sources: [aSource('s', {})],
    generators: [aGenerator('g', 's', { projectId: 'p' })],
    datasets: [aDataset('d', 'g', { projectId: 'deleted' })],
    projects: [{ id: 'p', name: 'Mine', archived: false }],
  });
  const of = (kind: Job['resource']['kind'], id: string) =>
    projectOfJob(stock)({ resource: { kind, id, name: id } });
  expect(of('source', 's')).toBe(FIRST_PROJECT);
  expect(of('generator', 'g')).toBe('p');
  expect(of('synthetic-dataset', 'd')).toBe(FIRST_PROJECT);
  expect(of('project', 'p')).toBe('p');
  expect(of('source', 'gone')).toBeNull();
});
