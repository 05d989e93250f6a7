import { firstRowOfEach, renumbered } from '../../src/domain/number-subjects';
import { RandomStream } from '../../src/domain/random';
import { ALL_ROWS } from '../../src/domain/split';
import type { DatabasePeerApi } from '../database/protocol';
import type { EvaluateRequest } from './protocol';

/** Numbers of the subjects that the rows of training and holdout belong to. */
export interface SetSubjects {
  readonly training: Uint32Array;
  readonly holdout: Uint32Array | null;
}

/** Whose rows a report compares; null = every row is a subject of its own. */
export async function readSubjects(
  { training, holdout }: EvaluateRequest,
  source: Pick<DatabasePeerApi, 'readSubjects'>,
): Promise<SetSubjects | null> {
  const { subjectColumns } = training.rows;
  if (!subjectColumns) return null;
  const [ofTraining] = await source.readSubjects(training.tableId, [training.rows]);
  if (!holdout) return { training: ofTraining!, holdout: null };
  const named = subjectColumns.map((name) => holdout.names?.[name] ?? name);
  const [ofHoldout] = await source.readSubjects(holdout.tableId, [
    { ...holdout.rows, subjectColumns: named },
  ]);
  return { training: ofTraining!, holdout: ofHoldout! };
}

/** Whose the synthetic rows are; null where every row is a subject of its own, or the table lacks a column that tells. */
export async function readSyntheticSubjects(
  { training, synthetic, syntheticTableId }: EvaluateRequest,
  source: Pick<DatabasePeerApi, 'readSubjects' | 'describe'>,
): Promise<Uint32Array | null> {
  const { subjectColumns } = training.rows;
  if (!subjectColumns) return null;
  const named = subjectColumns.map((name) => synthetic?.names[name] ?? name);
  const known = new Set((await source.describe(syntheticTableId)).columns.map(({ name }) => name));
  if (!named.every((name) => known.has(name))) return null;
  const [subjects] = await source.readSubjects(syntheticTableId, [{ ...ALL_ROWS, subjectColumns: named }]);
  return subjects!;
}

/**
 * One row of each subject at random, ascending. Columns that are the same in all rows of few people depend on each other
 * by chance, as if by law; among such rows they do not.
 */
export function rowOfEachSubject(subjects: Uint32Array, seed: number): Uint32Array {
  const order = new RandomStream(seed, 'row of each subject').permutation(subjects.length);
  return firstRowOfEach(subjects, order).sort();
}

/**
 * Numbers, from 0 without gaps, of the subjects of the original's rows.
 * @param together whether the rows of the holdout follow those of training
 */
export function originalSubjects({ training, holdout }: SetSubjects, together: boolean): Uint32Array {
  return renumbered(together && holdout ? joined(training, holdout) : training);
}

/** One set after the other, in which the second has numbers of its own: its subjects are others, or of another table. */
function joined(first: Uint32Array, second: Uint32Array): Uint32Array {
  const offset = first.reduce((max, subject) => Math.max(max, subject), 0) + 1;
  const all = new Uint32Array(first.length + second.length);
  all.set(first);
  all.set(
    second.map((subject) => subject + offset),
    first.length,
  );
  return all;
}
