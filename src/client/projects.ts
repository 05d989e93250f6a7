import { cascadeOf, type DeletedRef } from '../domain/cascade';
import { UserError } from '../domain/errors';
import { newId } from '../domain/ids';
import { checkNaming } from '../domain/naming';
import { currentProject, type InProject, type Project, projectIdOf } from '../domain/projects';
import { allResources, type ListedKind } from '../domain/resource-list';
import type { ClientEvent, DoppelgridClient, ProjectOverview, ProjectsApi } from './api';
import type { ClientContext, Shelf } from './context';
import { stockOf } from './stock';

type Movable = Pick<Shelf<{ readonly id: string } & InProject>, 'get' | 'patch'>;

/** Projects: folders of resources. */
export function createProjects(
  context: ClientContext,
  parts: Pick<
    DoppelgridClient,
    'sources' | 'datasets' | 'generators' | 'syntheticDatasets' | 'reports' | 'recipes' | 'connectors'
  >,
  emit: (event: ClientEvent) => void,
): ProjectsApi {
  const { chosenProject, jobs, keeper, projects, reports } = context;
  /** What is in a project by itself. */
  const movable: Record<ListedKind, Movable> = {
    source: context.sources,
    dataset: context.sourceDatasets,
    generator: context.generators,
    'synthetic-dataset': context.datasets,
    report: context.reports,
    recipe: context.recipes,
    connector: context.connectors,
  };

  /** @throws UserError `not-found` */
  function get(id: string): Project {
    const found = stockOf(context).projects.find((project) => project.id === id);
    // The shelf has the words for one that is not there.
    return found ?? projects.get(id);
  }

  function current(): Project {
    return currentProject(stockOf(context).projects, chosenProject.get());
  }

  function overview(): ProjectOverview[] {
    const stock = stockOf(context);
    const { id: chosen } = currentProject(stock.projects, chosenProject.get());
    const home = projectIdOf(stock.projects);
    const counts = new Map<string, Record<ListedKind, number>>();
    for (const { kind, within } of allResources(stock)) {
      const id = home(within);
      const known = counts.get(id) ?? NONE;
      counts.set(id, { ...known, [kind]: known[kind] + 1 });
    }
    return stock.projects.map(({ id, name, description = '', archived = false }) => {
      const times = keeper.times({ kind: 'project', id });
      const { source, dataset, generator, report, recipe, connector, ...others } = counts.get(id) ?? NONE;
      return {
        ...{ id, name, description, archived, current: id === chosen },
        ...{ sources: source, datasets: dataset, generators: generator },
        ...{ syntheticDatasets: others['synthetic-dataset'], reports: report, recipes: recipe },
        ...{ connectors: connector },
        ...{ created: times?.createdAt ?? null, updated: times?.updatedAt ?? null },
      };
    });
  }

  async function remove(refs: readonly DeletedRef[]): Promise<void> {
    const { gone, blocked } = cascadeOf(refs, stockOf(context));
    if (blocked !== null) throw invalid(blocked);
    const shelves = {
      'synthetic-dataset': parts.syntheticDatasets,
      generator: parts.generators,
      recipe: parts.recipes,
      connector: parts.connectors,
      dataset: parts.datasets,
      source: parts.sources,
    };
    for (const ref of refs) if (ref.kind === 'version') await parts.sources.removeVersion(ref.id, ref.number);
    for (const { kind, id } of gone) {
      // A report goes with its dataset, which may be next.
      if (kind !== 'report') await shelves[kind].delete(id);
      else if (reports.has(id)) await parts.reports.delete(id);
    }
    for (const { kind, id } of refs) {
      if (kind !== 'project') continue;
      jobs.known.forgetThoseOf(id);
      projects.delete(id);
    }
    await keeper.flush();
  }

  return {
    list: overview,
    get,
    current,
    switchTo(id) {
      if (get(id).archived) throw invalid(`“${get(id).name}” is archived. Unarchive it to work in it.`);
      chosenProject.set(id);
      emit({ type: 'project', id });
      return get(id);
    },
    create(naming) {
      const { name = 'New project', ...more } = checkNaming(naming);
      return projects.put({ id: newId(), name, ...more });
    },
    rename: (id, naming) => projects.put({ ...get(id), ...checkNaming(naming) }),
    archive(id) {
      const others = stockOf(context).projects.filter((project) => project.id !== id && !project.archived);
      if (others.length === 0)
        throw invalid(`“${get(id).name}” is the only project to work in. Create another one first.`);
      return projects.put({ ...get(id), archived: true });
    },
    unarchive(id) {
      const { archived: _archived, ...project } = get(id);
      return projects.put(project);
    },
    move(refs, id) {
      const target = { projectId: get(id).id };
      for (const { kind, id: item } of refs) {
        // A report is where its dataset is, if it has one.
        const [shelf, moved] =
          kind === 'report' && !reports.get(item).evaluated
            ? [movable['synthetic-dataset'], reports.get(item).syntheticDatasetId]
            : [movable[kind], item];
        // The field alone: another page may be at work on the rest.
        shelf.patch(shelf.get(moved).id, target);
      }
    },
    duplicate: async (id) => (await archives()).duplicateProject(context, get(id).id),
    export: async (id, options) => (await archives()).exportProject(context, get(id).id, options),
    import: async (file, options) => (await archives()).importProject(context, file, options),
    isProjectFile: async (file) => (await archives()).isProject(context, file),
    isArchive: async (file) => (await (await context.workers.workspace()).formatOf(file)) !== null,
    previewDelete: (refs) => cascadeOf(refs, stockOf(context)),
    delete: (target) =>
      remove(typeof target === 'string' ? [{ kind: 'project', id: get(target).id }] : target),
  };
}

const NONE: Record<ListedKind, number> = {
  ...{ source: 0, dataset: 0, generator: 0, 'synthetic-dataset': 0, report: 0, recipe: 0 },
  connector: 0,
};

function invalid(sentence: string): UserError {
  return new UserError('config/invalid', sentence);
}

/** Loaded when an archive is asked for: the first screen does without. */
const archives = () => import('./project-archive');
