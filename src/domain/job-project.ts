import type { Job } from './job';
import { projectIdOf } from './projects';
import { allResources, type Stock } from './resource-list';

/** What tells the project of a job: that of what it makes or reads, or the one it writes; null = that was deleted. */
export function projectOfJob(stock: Stock): (job: Pick<Job, 'resource'>) => string | null {
  const home = projectIdOf(stock.projects);
  const resources = new Map(allResources(stock).map(({ id, within }) => [id, within]));
  return ({ resource: { kind, id } }) => {
    if (kind === 'project') return id;
    const within = resources.get(id);
    return within ? home(within) : null;
  };
}
