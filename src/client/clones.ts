import { whyNotContinued } from '../domain/continuing';
import { UserError } from '../domain/errors';
import type { Generator, GeneratorConfig } from '../domain/generators';
import { sourceSentence } from '../domain/generators';
import { newId } from '../domain/ids';
import { onlyTable } from '../domain/only-table';
import { trainingRows } from '../domain/row-plan';
import { atTable } from '../domain/source-versions';
import type { Source } from '../domain/sources';
import { decideSubject, type Subject } from '../domain/subjects';
import type { CloneOptions, GeneratorsApi } from './api';
import type { ConfiguredGenerators } from './configured-generators';
import type { ClientContext } from './context';
import { copyModel } from './copy-file';
import { inProject } from './stock';

/** What makes a generator of a configuration, and its key. */
interface Making extends Pick<ConfiguredGenerators, 'configured' | 'versionOf'> {
  keyOfClone(id: string): string;
}

/** Clones with the same settings, or with the weights of the model, too. */
export function createClones(
  { generators, keeper, protectionKeys, sources, workers }: ClientContext,
  { configured, keyOfClone, versionOf }: Making,
): Pick<GeneratorsApi, 'clone' | 'whyNotContinue' | 'continuations'> {
  /** The version of its source that a clone is of; null = the source is gone. @throws UserError `not-found` */
  function versionFor({ config }: Generator, number: number | undefined): Source | null {
    const { sourceId } = onlyTable(config);
    return sources.has(sourceId) ? versionOf(sourceId, number) : null;
  }

  /** The version that a model was trained on; null = it is gone. */
  function versionBefore({ config }: Generator): Source | null {
    const { sourceId, tableId } = onlyTable(config);
    return sources.has(sourceId) ? (atTable(sources.get(sourceId), tableId) ?? null) : null;
  }

  function whyNot(generator: Generator, number: number | undefined): string | null {
    const missing = generator.imported && sourceSentence(generator.imported);
    return whyNotContinued(generator, versionBefore(generator), versionFor(generator, number), missing);
  }

  function configFor({ config }: Generator, source: Source | null): GeneratorConfig {
    const table = onlyTable(config);
    const { id: tableId } = source ? onlyTable(source) : { id: table.tableId };
    return {
      ...config,
      name: `Clone - ${config.name}`.slice(0, 256),
      tables: [{ ...table, tableId }],
    };
  }

  function cloneNew(generator: Generator, number: number | undefined): Generator {
    const { imported, config, id } = generator;
    if (imported && !sources.has(onlyTable(config).sourceId))
      throw new UserError('config/invalid', sourceSentence(imported));
    // Without another wish, on the version that it was trained on, if that is still there.
    const version = number === undefined ? versionBefore(generator) : null;
    const clone = configured(configFor(generator, version ?? versionFor(generator, number)));
    protectionKeys.set(clone.id, keyOfClone(id));
    return generators.put(beside(generator, clone));
  }

  async function cloneContinued(generator: Generator, number: number | undefined): Promise<Generator> {
    const { id, config, tables, imported } = generator;
    const refusal = whyNot(generator, number);
    if (refusal !== null) throw new UserError('config/invalid', refusal);
    const [before, after] = [versionBefore(generator)!, versionFor(generator, number)!];
    const { tableId } = onlyTable(config);
    const isSameTable = tableId === onlyTable(after).id;
    const { subject, columns, ...table } = onlyTable({ tables });
    const clone = configured(withSubject(configFor(generator, after), after, subject));
    const { rowCount } = onlyTable(before);
    const earlierRows = generator.continues?.rows;
    const rows = trainingRows({ ...config, earlierRows }, rowCount, subject);
    const { primaryKey } = onlyTable(config);
    const knownBy = subject ? subject.columns : primaryKey === null ? [] : [primaryKey];
    const earlier = isSameTable ? earlierRows : { tableId, rows, knownBy };
    // Nothing may fail between the copy and the record that names it.
    const model = await copyModel(workers, table);
    const base = { modelId: newId(), model, columns, sameRows: isSameTable && !imported };
    protectionKeys.set(clone.id, keyOfClone(id));
    generators.put({
      ...beside(generator, clone),
      trainingStatus: 'CONTINUE',
      tables: clone.tables.map((own) => ({ ...own, base })),
      continues: { generatorId: id, name: config.name, ...(earlier && { rows: earlier }) },
    });
    await keeper.flush();
    return generators.get(clone.id);
  }

  const clone = (id: string, { trainingStatus = 'new', version }: CloneOptions = {}) =>
    trainingStatus === 'continue'
      ? cloneContinued(generators.get(id), version)
      : cloneNew(generators.get(id), version);

  return {
    // One way for both: what continues copies files, and so takes a moment.
    clone: clone as GeneratorsApi['clone'],
    whyNotContinue: (id, version) => whyNot(generators.get(id), version),
    continuations: (id) => ({
      from: generators.get(id).continues ?? null,
      by: generators.list().filter(({ continues }) => continues?.generatorId === id),
    }),
  };
}

/** A clone in the project of what it is a clone of; that of its source may be another. */
function beside({ projectId }: Generator, { projectId: _ofSource, ...clone }: Generator): Generator {
  return { ...clone, ...inProject(projectId) };
}

/** The configuration with the same subjects on a version, whatever its rows would make one think. */
function withSubject(config: GeneratorConfig, version: Source, subject: Subject | null): GeneratorConfig {
  const table = onlyTable(config);
  const columns = subject?.columns ?? [];
  const found = decideSubject(onlyTable(version).columns, table)?.columns ?? [];
  if (JSON.stringify(found) === JSON.stringify(columns)) return config;
  return { ...config, tables: [{ ...table, subjectColumns: [...columns] }] };
}
