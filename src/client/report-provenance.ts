import { VERSION } from '../domain/app-version';
import type { Generator } from '../domain/generators';
import { onlyTable } from '../domain/only-table';
import type { Provenance } from '../domain/provenance';
import type { Source, SourceVersion } from '../domain/sources';
import type { SyntheticDataset } from '../domain/synthetic-datasets';
import { isWritten, unlearnedColumns } from '../domain/unlearned-words';

/** What the records say of how a report comes about. @param needed the files it reads, that trained on first */
export function provenanceOf(
  generator: Generator,
  dataset: SyntheticDataset,
  needed: readonly { readonly source: Source; readonly version: Source | SourceVersion | undefined }[],
): Provenance {
  const { columns } = onlyTable(generator);
  const table = onlyTable(generator.config);
  const unlearned = unlearnedColumns(columns);
  const { source, version = source } = needed[0]!;
  const holdout = table.holdoutSourceId === null ? null : needed.at(-1)!.source;
  return {
    appVersion: VERSION,
    source: {
      file: version.fileName ?? source.name,
      bytes: version.byteSize,
      rows: onlyTable(version).rowCount,
    },
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
