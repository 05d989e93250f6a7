/** A project as one file (docs/archive.md): what goes into it, and how it is read. */
import { UserError } from './errors';
import { fileNameOf } from './file-name';
import { readNumber, writeNumber } from './json-numbers';
import { Description } from './naming';
import { filesOfContents, isId, type ProjectContents } from './project-contents';
import { FILES_OF, RECORD_VERSION, type RecordKind, upgraded, wrongWith } from './records';
import { z } from './zod';

export const PROJECT_FORMAT = 'doppelgrid-project';
/** Of the files that this version writes, and the latest that it reads. */
const PROJECT_VERSION = 3;

/** Folders of the records, by kind. Files of version 1 have no datasets and recipes, those of version 2 no connectors. */
const FOLDERS = {
  source: 'sources',
  dataset: 'datasets',
  generator: 'generators',
  'synthetic-dataset': 'synthetic-datasets',
  report: 'reports',
  recipe: 'recipes',
  connector: 'connectors',
} as const satisfies Partial<Record<RecordKind, string>>;
type ProjectKind = keyof typeof FOLDERS;
const KINDS = Object.keys(FOLDERS) as ProjectKind[];
const FILES = 'files';

/** What the file must have to be taken: as many entries as ten thousand resources need, and what a ZIP archive holds. */
export const PROJECT_FORM = {
  format: PROJECT_FORMAT,
  version: PROJECT_VERSION,
  noun: 'project',
  texts: [],
  files: [],
  optional: [],
  folders: { texts: Object.values(FOLDERS), files: [FILES] },
  limits: { entries: 60_000, bytes: 0xffffffff },
};

const Header = z.looseObject({
  app: z.string().max(100),
  /** Version of the records. */
  records: z.number().int().min(1),
  project: z.object({ name: z.string().min(1).max(256), description: Description.optional() }),
});

export interface ArchivedProject {
  readonly name: string;
  readonly header: { readonly format: string; readonly version: number; readonly [field: string]: unknown };
  readonly texts: readonly { readonly path: string; readonly text: string }[];
  readonly files: readonly { readonly path: string; readonly file: string; readonly isDeflated: boolean }[];
}

/**
 * The parts of a project's file. It holds rows of its sources.
 * @param nameOfFile of a file of the workspace
 * @param app version of the app
 */
export function archiveProject(
  contents: ProjectContents,
  nameOfFile: (file: string) => string,
  app: string,
): ArchivedProject {
  const { project, sources } = contents;
  // Rows as they were brought in get a good deal smaller; Parquet and weights do not.
  const rows = new Set(sources.flatMap(FILES_OF.source));
  return {
    name: `${fileNameOf(`${project.name}-project`)}.zip`,
    header: { format: PROJECT_FORMAT, version: PROJECT_VERSION, app, records: RECORD_VERSION, project },
    texts: KINDS.flatMap((kind) =>
      recordsOf(contents, kind).map((record) => ({
        path: `${FOLDERS[kind]}/${record.id}.json`,
        text: JSON.stringify(record, writeNumber),
      })),
    ),
    files: filesOfContents(contents).map((file) => ({
      ...{ path: `${FILES}/${file}/${partName(nameOfFile(file))}`, file, isDeflated: rows.has(file) },
    })),
  };
}

/** A name that a ZIP archive may have at the end of a path. */
function partName(name: string): string {
  const safe = fileNameOf(name);
  return /^\.*$/.test(safe) ? 'file' : safe;
}

/**
 * Reads the texts of a project's file.
 * @param file its name
 * @param paths of the parts that became files, with their ids here
 * @returns the contents under the ids that they had, and the new id of each file
 * @throws UserError `archive/refused` naming the part and what is wrong with it
 */
export function readProject(
  file: string,
  manifest: unknown,
  texts: Readonly<Record<string, string>>,
  paths: Readonly<Record<string, string>>,
): { readonly contents: ProjectContents; readonly files: ReadonlyMap<string, string> } {
  const checked = Header.safeParse(manifest);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    throw refused(file, 'manifest.json', `at ${issue!.path.join('.')}: ${issue!.message}`);
  }
  const { records: version, project } = checked.data;
  const files = new Map(Object.entries(paths).map(([path, id]) => [path.split('/')[1]!, id]));
  if (files.size !== Object.keys(paths).length) throw refused(file, FILES, 'a file is there twice');
  // Whatever equals one is renamed everywhere: a word such as a status must not be one.
  const odd = [...files.keys()].find((name) => !isId(name));
  if (odd !== undefined) throw refused(file, `${FILES}/${odd}`, 'its name is no id');
  const ids = new Set<string>();
  const named = new Map<string, string>();
  const read = (kind: ProjectKind) =>
    Object.entries(texts)
      .filter(([path]) => path.startsWith(`${FOLDERS[kind]}/`))
      .map(([path, text]) => {
        const record = upgraded(kind, version, parse(file, path, text));
        const wrong = wrongWith(kind, version, record);
        if (wrong !== null) throw refused(file, path, wrong);
        const { id } = record as { readonly id: string };
        if (!isId(id) || path !== `${FOLDERS[kind]}/${id}.json`)
          throw refused(file, path, `its id is “${id}”`);
        if (ids.has(id)) throw refused(file, path, 'another part has its id');
        ids.add(id);
        const owned = hasFiles(kind) ? FILES_OF[kind](record as never) : [];
        for (const name of owned) {
          if (!files.has(name)) throw refused(file, path, 'it names a file that is not there');
          if (named.has(name)) throw refused(file, path, `it names a file of ${named.get(name)}`);
          named.set(name, path);
        }
        return record as never;
      });
  const contents: ProjectContents = {
    project: {
      name: project.name,
      ...(project.description !== undefined && { description: project.description }),
    },
    sources: read('source'),
    sourceDatasets: read('dataset'),
    generators: read('generator'),
    datasets: read('synthetic-dataset'),
    reports: read('report'),
    recipes: read('recipe'),
    connectors: read('connector'),
  };
  const lost = [...files.keys()].find((name) => !named.has(name));
  if (lost !== undefined) throw refused(file, `${FILES}/${lost}`, 'nothing names it');
  const datasets = new Set(contents.datasets.map(({ id }) => id));
  const loose = contents.reports.find(
    ({ evaluated, syntheticDatasetId }) => !evaluated && !datasets.has(syntheticDatasetId),
  );
  if (loose) throw refused(file, `${FOLDERS.report}/${loose.id}.json`, 'its synthetic dataset is not there');
  return { contents, files };
}

function recordsOf(contents: ProjectContents, kind: ProjectKind): readonly { readonly id: string }[] {
  const { sources, sourceDatasets, generators, datasets, reports, recipes, connectors } = contents;
  return {
    ...{ source: sources, dataset: sourceDatasets, generator: generators, 'synthetic-dataset': datasets },
    ...{ report: reports, recipe: recipes, connector: connectors },
  }[kind];
}

function hasFiles(kind: ProjectKind): kind is ProjectKind & keyof typeof FILES_OF {
  return Object.hasOwn(FILES_OF, kind);
}

function parse(file: string, path: string, text: string): unknown {
  try {
    return JSON.parse(text, readNumber);
  } catch {
    throw refused(file, path, 'it is no JSON');
  }
}

function refused(file: string, path: string, why: string): UserError {
  return new UserError(
    'archive/refused',
    `“${file}” holds a “${path.slice(0, 120)}” that cannot be used (${why.replace(/\.$/, '')}). Nothing was changed: export the project again in Doppelgrid, and import that file.`,
    { details: { file, path } },
  );
}
