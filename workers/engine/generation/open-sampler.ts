import { UserError } from '../../../src/domain/errors';
import { SyntheticTableConfiguration } from '../../../src/domain/synthetic-datasets';
import type { Artefact } from '../models/artefact';
import type { Sampler } from '../models/model';
import { brokenModel } from '../models/stored/broken-model';
import { KeepingSampler } from '../rules/keep/keeping-sampler';
import { SubjectSampler } from './subject-sampler';
import { UniqueKeySampler } from './unique-keys';

/** Rows that a stored model must draw before it is used. */
const TRIED_ROWS = 64;

/** The sampler with rows that keep the rules, if there are any. */
export function keeping(sampler: Sampler, { kept, output }: Pick<Artefact, 'kept' | 'output'>): Sampler {
  const { rules, checks, nearly, extras } = kept;
  if (rules.length + checks.length + nearly.length + extras.length + kept.steps.length === 0) return sampler;
  const schemas = output.flatMap(({ role, schema }) => (role === 'feature' ? [schema] : []));
  return new KeepingSampler(sampler, kept, schemas);
}

/** Draws rows again that repeat a key, where all of it is learned; a written part is written again (`WrittenKey`). */
export function withKey(sampler: Sampler, { key, output }: Artefact): Sampler {
  const learned = output.flatMap(({ role, schema }) => (role === 'feature' ? [schema.name] : []));
  if (!key?.every((name) => learned.includes(name))) return sampler;
  return new UniqueKeySampler(
    sampler,
    key.map((name) => learned.indexOf(name)),
  );
}

/** The sampler with rows of a subject that agree in what is the subject's, where equal values of a column tell whose they are. */
export function withSubjects(sampler: Sampler, { subjects, key = [], output }: Artefact): Sampler {
  if (!subjects) return sampler;
  const learned = output.flatMap(({ role, schema }) => (role === 'feature' ? [schema.name] : []));
  if (!sampler.isInvented?.(learned.indexOf(subjects.lead))) return sampler;
  return new SubjectSampler(
    sampler,
    subjects,
    learned,
    key.filter((name) => learned.includes(name)),
  );
}

/** A sampler that has drawn some rows. @throws UserError `not-found` if it cannot */
export async function tried(sampler: Sampler): Promise<Sampler> {
  try {
    const configuration = SyntheticTableConfiguration.parse({});
    for await (const { rows } of sampler.rows({ rows: TRIED_ROWS, seed: 0, configuration })) void rows;
    return sampler;
  } catch (error) {
    sampler.dispose();
    throw error instanceof UserError ? error : brokenModel('cannot be drawn from');
  }
}
