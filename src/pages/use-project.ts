import { currentProject, FIRST_PROJECT, type Project } from '../domain/projects';
import { useResources } from './client-context';

/** The project that is worked in. */
export function useProject(): Pick<Project, 'id' | 'name'> {
  const { projects } = useResources();
  return projects.find(({ current }) => current) ?? currentProject(projects, FIRST_PROJECT);
}
