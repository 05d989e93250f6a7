/** Projects: folders of resources. */
import { Description } from './naming';
import { z } from './zod';

/**
 * Id of the project of everything that names none, or one that is gone. It is there while it is the only one, or holds
 * something; it has a record once it was renamed, described or archived.
 */
export const FIRST_PROJECT = 'first';

export interface Project {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  /** Put away: not offered, and what is in it is listed only where it is asked for. Absent = false. */
  readonly archived?: boolean;
}

/** A project as it is kept. */
export const ProjectRecord = z.looseObject({
  id: z.string().min(1),
  name: z.string().min(1).max(256),
  description: Description.optional(),
  archived: z.boolean().optional(),
});

/** What is in a project. */
export interface InProject {
  /** Absent = in the first project. */
  readonly projectId?: string;
}

/** The first project as long as nobody has changed it. */
const UNCHANGED_FIRST: Project = { id: FIRST_PROJECT, name: 'My project' };

/** Tells the project that a resource is in: the first one where it names none, or one that is not there. */
export function projectIdOf(projects: readonly Pick<Project, 'id'>[]): (item: InProject) => string {
  const known = new Set(projects.map(({ id }) => id));
  return ({ projectId }) => (projectId !== undefined && known.has(projectId) ? projectId : FIRST_PROJECT);
}

/**
 * The projects there are, in the order in which they were made; never none.
 * @param kept those that have a record
 * @param items everything that is in a project
 */
export function projectsThere(kept: readonly Project[], items: readonly InProject[]): readonly Project[] {
  if (kept.some(({ id }) => id === FIRST_PROJECT)) {
    const isFirst = ({ id }: Project) => id === FIRST_PROJECT;
    return [...kept.filter(isFirst), ...kept.filter((project) => !isFirst(project))];
  }
  const home = projectIdOf(kept);
  const isNeeded =
    kept.every(({ archived }) => archived) || items.some((item) => home(item) === FIRST_PROJECT);
  return isNeeded ? [UNCHANGED_FIRST, ...kept] : kept;
}

/** The project that a page works in: the chosen one, else the first that is not archived. */
export function currentProject(projects: readonly Project[], chosen: string): Project {
  const open = projects.filter(({ archived }) => !archived);
  return open.find(({ id }) => id === chosen) ?? open[0] ?? projects[0] ?? UNCHANGED_FIRST;
}
