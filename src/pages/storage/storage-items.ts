import type { WorkspaceUsage } from '../../client/api';
import { formatPlural } from '../../components/format';
import { onlyTable } from '../../domain/only-table';
import type { Resources } from '../client-context';
import type { ResourceRef } from '../lineage';

/** A line of the storage page. */
export interface StorageItem extends ResourceRef {
  readonly kind: 'source' | 'generator' | 'dataset';
  readonly name: string;
  /** Bytes of its files. */
  readonly bytes: number;
  /** What is made of it, e.g. "2 generators, 1 synthetic dataset"; empty = nothing. */
  readonly dependents: string;
}

/** Everything that has files, the largest first. */
export function storageItems(
  { sources, generators, datasets }: Resources,
  files: readonly Pick<WorkspaceUsage['files'][number], 'id' | 'bytes'>[],
): StorageItem[] {
  const bytesOf = new Map(files.map(({ id, bytes }) => [id, bytes]));
  const sizeOf = (names: readonly (string | undefined)[]) =>
    names.reduce((sum, name) => sum + (name === undefined ? 0 : (bytesOf.get(name) ?? 0)), 0);
  const made = (generatorIds: ReadonlySet<string>) =>
    datasets.filter(({ config }) => generatorIds.has(config.generatorId)).length;
  const items: StorageItem[] = [
    ...sources.map(({ id, name, file }): StorageItem => {
      const trained = generators.filter(({ config }) =>
        config.tables.some(({ sourceId, holdoutSourceId }) => sourceId === id || holdoutSourceId === id),
      );
      const dependents = inWords(trained.length, made(new Set(trained.map((generator) => generator.id))));
      return { kind: 'source', id, name, bytes: sizeOf([file]), dependents };
    }),
    ...generators.map(({ id, config, tables }): StorageItem => {
      const { model } = onlyTable({ tables });
      const bytes = sizeOf([model?.manifest, model?.tensors]);
      return { kind: 'generator', id, name: config.name, bytes, dependents: inWords(0, made(new Set([id]))) };
    }),
    ...datasets.map(
      ({ id, config, tables }): StorageItem => ({
        ...{ kind: 'dataset', id, name: config.name, dependents: '' },
        bytes: sizeOf([onlyTable({ tables }).stored?.file]),
      }),
    ),
  ];
  return items.sort((a, b) => b.bytes - a.bytes);
}

function inWords(generators: number, datasets: number): string {
  return [
    ...(generators > 0 ? [formatPlural(generators, 'generator')] : []),
    ...(datasets > 0 ? [formatPlural(datasets, 'synthetic dataset')] : []),
  ].join(', ');
}
