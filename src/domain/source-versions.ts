import type { NewerFile, Source, SourceVersion } from './sources';

/** All versions of a source that are there, oldest first; the last one is current. */
export function versionsOf(source: Source): SourceVersion[] {
  return [...(source.earlier ?? []), currentOf(source)];
}

/** The current file of a source as one of its versions. */
function currentOf(source: Source): SourceVersion {
  const { name, version = 1, fileName = name, importedAt } = source;
  return {
    ...fileFields(source),
    number: version,
    fileName,
    ...(importedAt !== undefined && { importedAt }),
  };
}

/** All files of a source: its versions, and the newer one that waits to be taken. */
export function filesOf(source: Source): SourceVersion[] {
  return [...versionsOf(source), ...(source.newer ? [source.newer] : [])];
}

/** The source without the newer file that waits to be taken. */
export function withoutNewer<T extends Pick<Source, 'newer'>>({
  newer: _newer,
  ...source
}: T): Omit<T, 'newer'> {
  return source;
}

/** What a version and a source have in common. */
function fileFields(of: SourceVersion | Source) {
  const { byteSize, dialect, chosen, format, layout, headerGuess, tables, importSeconds, file } = of;
  return {
    ...{ byteSize, dialect, tables, importSeconds },
    ...(chosen && { chosen }),
    ...(format && { format }),
    ...(layout && { layout }),
    ...(headerGuess && { headerGuess }),
    ...(file !== undefined && { file }),
  };
}

/** The version that has a table; absent = it was removed. */
export function versionOfTable(source: Source, tableId: string): SourceVersion | undefined {
  return versionsOf(source).find(({ tables }) => tables.some(({ id }) => id === tableId));
}

/** The source as it is with one of its versions as the current file; absent = that version was removed. */
export function atVersion(source: Source, number: number): Source | undefined {
  const version = versionsOf(source).find((candidate) => candidate.number === number);
  return version && withFile(source, version);
}

/** The source as it was when it had a table; absent = that version was removed. */
export function atTable(source: Source, tableId: string): Source | undefined {
  const version = versionOfTable(source, tableId);
  return version && withFile(source, version);
}

function withFile(source: Source, version: SourceVersion): Source {
  const {
    chosen: _chosen,
    format: _format,
    headerGuess: _guess,
    layout: _layout,
    file: _file,
    importedAt: _at,
    ...kept
  } = source;
  const { number, fileName, importedAt } = version;
  return {
    ...kept,
    ...fileFields(version),
    ...{ version: number, fileName },
    ...(importedAt !== undefined && { importedAt }),
  };
}

/** Number that the next version gets: none is given twice. */
export function nextVersion({ version = 1, lastVersion = version, earlier = [] }: Source): number {
  return Math.max(version, lastVersion, ...earlier.map(({ number }) => number)) + 1;
}

/** The source with a newer file as its current version. */
export function withVersion(source: Source, version: SourceVersion): Source {
  const number = nextVersion(source);
  const current = withFile(source, { ...version, number });
  return { ...current, earlier: versionsOf(source), lastVersion: number };
}

/** The newer file of a source as its current version. */
export function withNewer(source: Source, newer: NewerFile): Source {
  return withVersion(withoutNewer(source), newer);
}

/** The source without a version; of the current one, the newest before it becomes current. The last one stays. */
export function withoutVersion(source: Source, number: number): Source {
  const left = versionsOf(source).filter((version) => version.number !== number);
  const newest = left.at(-1);
  if (!newest || left.length === versionsOf(source).length) return source;
  const lastVersion = nextVersion(source) - 1;
  const { earlier: _earlier, ...current } = withFile(source, newest);
  return { ...current, lastVersion, ...(left.length > 1 && { earlier: left.slice(0, -1) }) };
}

/** "version 2 of 3", as of a generator; empty where the source has had one version alone. */
export function versionWords(source: Source, number: number): string {
  const last = nextVersion(source) - 1;
  return last > 1 ? `version ${number} of ${last}` : '';
}
