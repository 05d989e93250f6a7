import { VERSION } from '../domain/app-version';
import type { Generator } from '../domain/generators';
import { onlyTable } from '../domain/only-table';
import type { Provenance } from '../domain/provenance';
import type { Source, SourceVersion } from '../domain/sources';
import type { SyntheticDataset } from '../domain/synthetic-datasets';
import { isWritten, unlearnedColumns } from '../domain/unlearned-words';

/**
 * What the records say of how a report comes about.
 * @param needed the files it reads, that trained on first
 * @param hashes SHA-256 of files by their ids
 */
export function provenanceOf(
  generator: Generator,
  dataset: SyntheticDataset,
  needed: readonly { readonly source: Source; readonly version: Source | SourceVersion | undefined }[],
  hashes: ReadonlyMap<string, string>,
): Provenance {
  const { columns } = onlyTable(generator);
  const table = onlyTable(generator.config);
  const unlearned = unlearnedColumns(columns);
  const { source, version = source } = needed[0]!;
  const holdout = table.holdoutSourceId === null ? null : needed.at(-1)!.source;
  const fileOf = (
    role: 'original' | 'holdout',
    { name, ...of }: Source,
    { fileName, byteSize, tables, file }: Source | SourceVersion,
  ) => ({
    ...{ role, name: fileName ?? of.fileName ?? name, rows: onlyTable({ tables }).rowCount },
    ...{ columns: onlyTable({ tables }).columns.length, bytes: byteSize },
    sha256: file === undefined ? null : (hashes.get(file) ?? null),
  });
  const { stored } = onlyTable(dataset);
  return {
    appVersion: VERSION,
    source: {
      file: version.fileName ?? source.name,
      bytes: version.byteSize,
      rows: onlyTable(version).rowCount,
    },
    files: [
      fileOf('original', source, version),
      ...(holdout ? [fileOf('holdout', holdout, needed.at(-1)!.version ?? holdout)] : []),
      {
        ...{ role: 'synthetic', name: dataset.config.name, rows: dataset.summary?.rows ?? 0 },
        ...{ columns: stored?.columns.length ?? 0, bytes: dataset.summary?.parquetBytes ?? null },
        sha256: stored ? (hashes.get(stored.file) ?? null) : null,
      },
    ],
    holdoutFile: holdout && (holdout.fileName ?? holdout.name),
    columns: {
      all: columns.length,
      regenerated: unlearned.filter(isWritten).map(({ name }) => name),
      leftOut: unlearned.filter((column) => !isWritten(column)).map(({ name }) => name),
    },
    seeds: { training: generator.config.randomState, generation: dataset.config.randomState },
    settings: {
      model: { ...table.tabularModelConfiguration },
      generation: { ...onlyTable(dataset.config).configuration },
    },
  };
}
