import type { Cascade, DeletedRef } from '../domain/cascade';
import type { Naming } from '../domain/naming';
import type { Project } from '../domain/projects';
import type { ListedKind, ResourceFilter, ResourceRow } from '../domain/resource-list';
import type { LongCall } from './long-call';

/** The lists of the resources of one kind. */
export interface ListsApi<T> {
  /**
   * All of them, newest last; with a filter those that match, in its order, those of archived projects only where the
   * filter names one. Sizes of models are not known here: use
   * `overview` to sort by size.
   * @example doppelgrid.generators.list({ status: 'DONE', text: 'census', project: 'current' })
   */
  list(filter?: ResourceFilter): T[];
  /**
   * Those that match, each as one flat line: name, status, model, rows, columns, bytes, times, project, usage.
   * @example console.table(await doppelgrid.generators.overview({ sort: 'size', limit: 10 }))
   */
  overview(filter?: ResourceFilter): Promise<ResourceRow[]>;
}

/** A project on one line: how many of each kind are in it, and when it was made and changed (epoch milliseconds). */
export interface ProjectOverview extends Required<Project> {
  /** It is the one that is worked in. */
  readonly current: boolean;
  readonly sources: number;
  readonly datasets: number;
  readonly generators: number;
  readonly syntheticDatasets: number;
  readonly reports: number;
  readonly recipes: number;
  readonly connectors: number;
  /** Null = nobody has changed the first project yet. */
  readonly created: number | null;
  readonly updated: number | null;
}

/** Folders of resources. There is always one; what names none is in the first (docs/workspace.md, Projects). */
export interface ProjectsApi {
  /** @example console.table(doppelgrid.projects.list()) */
  list(): ProjectOverview[];
  /** @throws UserError `not-found` */
  get(id: string): Project;
  /** The one that is worked in: what is brought in goes there. */
  current(): Project;
  /** Works in another one from now on; remembered with the preferences. @throws UserError `config/invalid` if it is archived */
  switchTo(id: string): Project;
  /** @example const { id } = doppelgrid.projects.create({ name: 'Census' }); doppelgrid.projects.switchTo(id) */
  create(naming: Naming): Project;
  rename(id: string, naming: Naming): Project;
  /** Puts it away, with all that is in it. @throws UserError `config/invalid` if there is no other to work in */
  archive(id: string): Project;
  unarchive(id: string): Project;
  /**
   * Moves resources to a project; a report moves with its dataset.
   * @example doppelgrid.projects.move([{ kind: 'source', id }], projectId)
   */
  move(resources: readonly { readonly kind: ListedKind; readonly id: string }[], projectId: string): void;
  /** The same once more, named "Copy of …", with copies of everything in it that name each other. */
  duplicate(id: string): Promise<Project>;
  /** All of it as one file, **with the rows of its sources**, without protection keys (docs/archive.md, Project file). */
  export(id: string, options?: LongCall): Promise<File>;
  /**
   * A new project of such a file.
   * @throws UserError `archive/refused` that says what is wrong with the file
   */
  import(file: File, options?: LongCall): Promise<Project>;
  /** Whether a file says that it is one. */
  isProjectFile(file: File): Promise<boolean>;
  /** Whether a file says that it is a project or a generator, and no archive of tables. */
  isArchive(file: File): Promise<boolean>;
  /**
   * What a deletion would take, what would stay and lose something, and why it cannot be. Changes nothing. A version of a
   * source is `{ kind: 'version', id, number }`.
   * @example console.table(doppelgrid.projects.previewDelete([{ kind: 'source', id }]).stays)
   */
  previewDelete(resources: readonly DeletedRef[]): Cascade;
  /**
   * Deletes a project with everything in it, or several resources, or versions of sources.
   * @throws UserError `config/invalid` if something that stays is being made of it
   */
  delete(target: string | readonly DeletedRef[]): Promise<void>;
}
