import type { ColumnData } from '../../src/domain/column-data';
import { decideColumns } from '../../src/domain/decide-encoding';
import { UserError } from '../../src/domain/errors';
import type { GeneratorColumn } from '../../src/domain/generators';
import { firstRowOfEach } from '../../src/domain/number-subjects';
import { privacyOf } from '../../src/domain/private-training';
import { RandomStream } from '../../src/domain/random';
import { raisedBy } from '../../src/domain/rarity';
import { MIN_ROWS } from '../../src/domain/row-plan';
import { sampledRows } from '../../src/domain/split';
import { decideSubject } from '../../src/domain/subjects';
import type { DatabasePeerApi } from '../database/protocol';
import { decideBySubjects } from './decide-by-subjects';
import type { OutputColumn } from './models/artefact';
import type { FeatureColumn, SubjectRows, TrainingTable } from './models/model';
import { KeyedRandom } from './privacy/keyed-random';
import { asShown, shownType, shownTypeBySubjects } from './privacy/shown-type';
import type { TrainRequest } from './protocol';

/** What a training learns. Values are read to decide it only where rows belong to subjects. */
export interface TrainingPlan {
  readonly decisions: readonly GeneratorColumn[];
  /** Columns of generated tables, in source order. */
  readonly output: readonly OutputColumn[];
  readonly table: TrainingTable;
}

/**
 * Decides which columns are learned and which are made anew.
 * @param continued columns of the model that the training goes on from: they stay as they are
 * @throws UserError `training/too-few-rows`, `config/invalid` if nothing is left to write
 */
export async function planTraining(
  request: Omit<TrainRequest, 'modelId'>,
  source: Pick<DatabasePeerApi, 'describe' | 'readParts' | 'readSubjects'>,
  continued: readonly OutputColumn[] | null = null,
): Promise<TrainingPlan> {
  const { table, rows } = request;
  const keyed = new KeyedRandom(request.protectionKey);
  // Who guesses the table and reads the seed must not be able to train the same model.
  const randomState = keyed.seed('training', request.randomState);
  const { rowCount, columns: schemas } = await source.describe(table.tableId);
  const used = sampledRows(rowCount, rows.maxSampleSize);
  if (used < MIN_ROWS) {
    throw new UserError(
      'training/too-few-rows',
      `“${table.name}” gives ${used} ${used === 1 ? 'row' : 'rows'} to learn from, and a model needs at least ${MIN_ROWS}: from fewer it could only copy. Add rows, or raise the largest sample size.`,
      { details: { rows: used, needed: MIN_ROWS } },
    );
  }
  const { valueProtection, rareThreshold } = table.tabularModelConfiguration;
  const subjects = await subjectRows({ ...request, randomState }, source);
  const [holders] = subjects ? [subjects.training] : await source.readSubjects(table.tableId, [rows]);
  const decided = request.continueFrom?.columns;
  const isPrivate = privacyOf(table.tabularModelConfiguration) !== null;
  const raised = isPrivate ? 0 : raisedBy(rareThreshold);
  const settings = { ...table, valueProtection, rareThreshold, isPrivate };
  const byRows = decided ?? decideColumns(request.profiles, settings);
  const decisions: GeneratorColumn[] = [];
  for (const column of byRows) {
    const { encodingType } = column.decision;
    const isSure = !valueProtection || !(subjects || raised > 0);
    if (decided || isSure || encodingType !== 'TABULAR_NUMERIC_DISCRETE') decisions.push(column);
    else {
      const [data] = await source.readParts(table.tableId, column.name, [rows]);
      const decision = decideBySubjects(column.decision, data!, subjects?.training ?? null, raised);
      decisions.push({ ...column, decision });
    }
  }
  const subject = decideSubject(request.profiles, table);
  const ofSubject = new Set([...(subject?.columns ?? []), ...(subject?.constant ?? [])]);
  const output: OutputColumn[] = [];
  const features: FeatureColumn[] = [];
  for (const [sourceIndex, { name, decision }] of decisions.entries()) {
    const stored = schemas.find((candidate) => candidate.name === name);
    const { writing, role } = decision;
    const isWritten = writing !== undefined && writing.as !== 'omit' && role === 'excluded';
    if (role === 'excluded' && (!stored || !isWritten)) continue;
    if (!stored) throw lacking(table.name, name);
    const profile = request.profiles.find((candidate) => candidate.name === name);
    const known = continued?.find((column) => column.schema.name === name)?.schema;
    const schema = known
      ? { ...known }
      : { ...stored, storageType: shownType(stored.storageType, profile, valueProtection) };
    if (
      !known &&
      subjects &&
      valueProtection &&
      (schema.storageType === 'float' || schema.storageType === 'datetime')
    ) {
      const [data] = await source.readParts(table.tableId, name, [rows]);
      schema.storageType = shownTypeBySubjects(schema.storageType, data!, subjects.training);
    }
    if (role === 'primary-key') output.push({ role, schema });
    else if (isWritten) output.push({ role: 'written', schema });
    else if (decision.included && decision.encodingType !== null) {
      const outputIndex = output.length;
      const { encodingType, identifiesSubjects = false } = decision;
      const isOfSubject = ofSubject.has(name);
      const { pairedWith, relativeTo } = decision;
      // What a private model learns of two columns together is counted with noise alone.
      const links = isPrivate
        ? {}
        : {
            ...(pairedWith !== undefined && { pairedWith }),
            ...(relativeTo !== undefined && { relativeTo }),
          };
      const common = { sourceIndex, outputIndex, identifiesSubjects, isOfSubject };
      features.push({ schema, encodingType, ...common, ...links });
      output.push({ role: 'feature', schema });
    }
  }
  if (output.length === 0) {
    throw new UserError(
      'config/invalid',
      `Every column of “${table.name}” is left out, so there is nothing to write. Include at least one.`,
    );
  }
  const read = async (index: number) => {
    const { name, storageType } = features[index]!.schema;
    const isStored = schemas.some((stored) => stored.name === name && stored.storageType === storageType);
    const shown = (data: ColumnData) => (isStored ? data : asShown(data, storageType));
    const parts = [rows, { ...rows, part: 'validation' as const }];
    const [training, validation] = await source.readParts(table.tableId, name, parts);
    return { training: shown(training!), validation: shown(validation!) };
  };
  return {
    decisions,
    output,
    table: {
      ...{ name: table.name, features, rowCount: used, randomState, keyed, rules: [], ties: [], read },
      holders: holders!,
      ...(subjects ? { subjects } : {}),
    },
  };
}

function lacking(table: string, column: string): UserError {
  return new UserError(
    'config/invalid',
    `“${table}” has no column “${column}”, which the model that this training goes on from has learned. Train a new generator.`,
    { details: { column } },
  );
}

/** Whose rows take part; null = every row is a subject of its own. */
async function subjectRows(
  { table, rows, randomState }: Omit<TrainRequest, 'modelId'>,
  source: Pick<DatabasePeerApi, 'readSubjects'>,
): Promise<SubjectRows | null> {
  if (!rows.subjectColumns) return null;
  const parts = [rows, { ...rows, part: 'validation' as const }];
  const [training, validation] = await source.readSubjects(table.tableId, parts);
  const order = new RandomStream(randomState, 'row of each subject').permutation(training!.length);
  return { training: training!, validation: validation!, sample: firstRowOfEach(training!, order).sort() };
}
