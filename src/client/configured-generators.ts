import type { TrainRequest } from '../../workers/engine/protocol';
import { decideColumns } from '../domain/decide-encoding';
import { UserError } from '../domain/errors';
import {
  type Generator,
  GeneratorConfig,
  type GeneratorTable,
  type SourceTableConfig,
} from '../domain/generators';
import { newId } from '../domain/ids';
import { onlyTable } from '../domain/only-table';
import { privacyOf } from '../domain/private-training';
import { trainingRows } from '../domain/row-plan';
import { atTable, atVersion } from '../domain/source-versions';
import type { Source, SourceTable } from '../domain/sources';
import { decideSubject, type Subject } from '../domain/subjects';
import { parseConfig } from '../domain/zod';
import { checkColumns, checkHoldout, checkRules, checkSubject, invalid } from './check-configuration';
import type { ClientContext } from './context';
import { inProject } from './stock';

/** What a configuration comes to on its source. */
export interface ConfiguredGenerators {
  /** The source as it is with the version that a configuration is of. @throws UserError `config/invalid` */
  sourceOf(table: Pick<SourceTableConfig, 'sourceId' | 'tableId'>): Source;
  /** A version of a source; undefined = the current one. @throws UserError `not-found` */
  versionOf(sourceId: string, number: number | undefined): Source;
  /**
   * Checks everything that can be without running it. It is in the project that it was in, else in that of its source.
   * @param id of a generator that is there already
   * @throws UserError `config/invalid`
   */
  configured(config: GeneratorConfig, id?: string): Generator;
  subjectOf(config: GeneratorConfig): Subject | null;
  /** The protection key. @throws UserError `config/invalid` if no file holds it */
  keyOf(id: string): string;
  /** What a training works on. */
  requestOf(id: string): Omit<TrainRequest, 'modelId'>;
}

/** Checks configurations, and says what is trained by them. */
export function configuredGenerators({
  generators,
  protectionKeys,
  sources,
}: ClientContext): ConfiguredGenerators {
  function tableOf({ sourceId, tableId }: Pick<SourceTableConfig, 'sourceId' | 'tableId'>): SourceTable {
    return onlyTable(sourceOf({ sourceId, tableId }));
  }

  function sourceOf({ sourceId, tableId }: Pick<SourceTableConfig, 'sourceId' | 'tableId'>): Source {
    const source = sources.get(sourceId);
    const version = atTable(source, tableId);
    if (version) return version;
    throw invalid(
      `The configuration names a table that ${source.name} does not have, such as a version that was removed. Configure one that is there.`,
    );
  }

  function versionOf(sourceId: string, number: number | undefined): Source {
    const source = sources.get(sourceId);
    const version = number === undefined ? source : atVersion(source, number);
    if (version) return version;
    throw new UserError('not-found', `${source.name} has no version ${number} any more.`);
  }

  function configured(config: GeneratorConfig, id: string = newId()): Generator {
    const checked = parseConfig(GeneratorConfig, config, 'generator configuration');
    const before = generators.has(id) ? generators.get(id) : null;
    const tables = checked.tables.map((table, i): GeneratorTable => {
      const source = sources.get(table.sourceId);
      const { columns } = tableOf(table);
      checkColumns(table, columns, source.name);
      checkSubject(table, columns, source.name);
      checkRules(table, columns);
      const holdout = table.holdoutSourceId === null ? null : sources.get(table.holdoutSourceId);
      if (holdout) checkHoldout(columns, source.name, holdout);
      const { valueProtection, rareThreshold } = table.tabularModelConfiguration;
      const isPrivate = privacyOf(table.tabularModelConfiguration) !== null;
      return {
        modelId: before?.tables[i]?.modelId ?? newId(),
        columns: decideColumns(columns, { ...table, valueProtection, rareThreshold, isPrivate }),
        subject: decideSubject(columns, table),
        rules: [],
        ...(holdout && { holdoutTableId: onlyTable(holdout).id }),
      };
    });
    const { projectId } = before ?? sources.get(checked.tables[0]!.sourceId);
    return generators.put({
      ...inProject(projectId),
      // Its rows and checks, whatever else is changed.
      ...(before?.recipe && { recipe: before.recipe }),
      id,
      config: checked,
      tables,
      trainingStatus: 'NEW',
      messages: [],
      progress: null,
      backend: null,
      summary: null,
      metrics: null,
      error: null,
    });
  }

  function subjectOf(config: GeneratorConfig): Subject | null {
    const table = onlyTable(config);
    return decideSubject(tableOf(table).columns, table);
  }

  function keyOf(id: string): string {
    const key = protectionKeys.get(generators.get(id).id);
    if (key === undefined) {
      throw invalid(
        'This generator was imported, and no file holds the protection key that it was trained with.',
      );
    }
    return key;
  }

  function requestOf(id: string): Omit<TrainRequest, 'modelId'> {
    const { config, tables, continues } = generators.get(id);
    const table = onlyTable(config);
    const { base } = onlyTable({ tables });
    const { columns: profiles, rowCount } = tableOf(table);
    // The source may have been read again since the configuration was checked.
    checkSubject(table, profiles, sources.get(table.sourceId).name);
    const rows = trainingRows({ ...config, earlierRows: continues?.rows }, rowCount, subjectOf(config));
    return {
      ...{ table, profiles, randomState: config.randomState, protectionKey: keyOf(id), rows },
      ...(base && {
        continueFrom: { modelId: base.modelId, columns: base.columns, sameRows: base.sameRows },
      }),
    };
  }

  return { sourceOf, versionOf, configured, subjectOf, keyOf, requestOf };
}
