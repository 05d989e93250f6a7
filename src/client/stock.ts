import { currentProject, FIRST_PROJECT, type InProject, projectsThere } from '../domain/projects';
import { allResources, type Stock } from '../domain/resource-list';
import type { ClientContext } from './context';

/** Everything there is. */
export function stockOf(context: ClientContext): Stock {
  const { connectors, datasets, generators, projects, recipes, reports, sourceDatasets, sources } = context;
  const all = {
    sources: sources.list(),
    sourceDatasets: sourceDatasets.list(),
    generators: generators.list(),
    datasets: datasets.list(),
    reports: reports.list(),
    recipes: recipes.list(),
    connectors: connectors.list(),
  };
  const items = allResources(all).map(({ within }) => within);
  return { ...all, projects: projectsThere(projects.list(), items) };
}

/** The project that what is new goes to. */
export function currentProjectId(context: ClientContext): string {
  return currentProject(stockOf(context).projects, context.chosenProject.get()).id;
}

/** The field of a resource that is in a project: none in the first one. */
export function inProject(id: string | undefined): InProject {
  return id === undefined || id === FIRST_PROJECT ? {} : { projectId: id };
}
