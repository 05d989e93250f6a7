import type { EncodingDecision } from '../../src/domain/columns';
import type { GeneratorColumn } from '../../src/domain/generators';
import { personalData } from '../../src/domain/personal-data';
import { privacyOf } from '../../src/domain/private-training';
import { ALL_ROWS } from '../../src/domain/split';
import { decideSubject } from '../../src/domain/subjects';
import { writingInWords } from '../../src/domain/writing';
import type { DatabasePeerApi } from '../database/protocol';
import type { OutputColumn } from './models/artefact';
import type { TrainRequest } from './protocol';
import type { TrainingPlan } from './training-table';
import { learnWriter } from './writers/learn-writer';

/**
 * The plan with what writes the columns that are not learned; decisions say what became of those whose values show no
 * form. In a private training the values are not read.
 * @param pause called after each column
 */
export async function withWriters(
  plan: TrainingPlan,
  { table, rows, profiles }: Omit<TrainRequest, 'modelId'>,
  source: Pick<DatabasePeerApi, 'readParts'>,
  pause: () => Promise<void>,
): Promise<TrainingPlan> {
  const { rareThreshold } = table.tabularModelConfiguration;
  const isPrivate = privacyOf(table.tabularModelConfiguration) !== null;
  const decisions = new Map(plan.decisions.map((column) => [column.name, column]));
  const subject = decideSubject(profiles, table);
  const identifying = plan.table.features
    .filter(({ identifiesSubjects }) => identifiesSubjects)
    .map(({ schema }) => schema.name);
  const person = subject?.columns.find((name) => identifying.includes(name)) ?? identifying[0];
  const ofPerson = new Set([...identifying, ...(subject?.constant ?? [])]);
  const named = drawnNames(plan, profiles);
  const output: OutputColumn[] = [];
  for (const column of plan.output) {
    const { name, storageType } = column.schema;
    const writing = decisions.get(name)?.decision.writing;
    if (!writing) {
      output.push(column);
      continue;
    }
    let read = null;
    if (!isPrivate && writing.as !== 'empty' && writing.as !== 'running' && writing.as !== 'constant') {
      const [training, all] = await source.readParts(table.tableId, name, [rows, ALL_ROWS]);
      read = { training: training!, all: all!, sample: plan.table.subjects?.sample ?? null, rareThreshold };
    }
    const seed = plan.table.keyed.seed('writer', name);
    const isOfPerson = person !== undefined && ofPerson.has(name);
    const { writer, instead } = learnWriter(writing, read, seed, storageType, isOfPerson);
    const follows = isOfPerson && writer.as === 'fake';
    // Who has a value in some rows alone is not told by a fake.
    const own = writer.as === 'fake' && named ? { ...writer, named } : writer;
    output.push({ ...column, writer: follows ? { ...writer, person, isUnique: false } : own });
    if (instead) decisions.set(name, withInstead(decisions.get(name)!, instead));
    await pause();
  }
  return { ...plan, output, decisions: plan.decisions.map(({ name }) => decisions.get(name)!) };
}

/** The learned columns of first and last names, from which addresses are made; null = there are none. */
function drawnNames(
  { table, decisions }: TrainingPlan,
  profiles: TrainRequest['profiles'],
): { first?: string; last?: string } | null {
  const made = new Set(decisions.flatMap(({ name, decision }) => (decision.writing ? [name] : [])));
  const kinds = new Map(
    table.features
      .map(({ schema }) => profiles.find(({ name }) => name === schema.name))
      .flatMap((profile) => {
        const kind = profile && !made.has(profile.name) ? personalData(profile)?.kind : undefined;
        return kind ? [[kind, profile!.name] as const] : [];
      }),
  );
  const [first, last] = [kinds.get('first-name'), kinds.get('last-name')];
  if (first === undefined && last === undefined) return null;
  return { ...(first !== undefined && { first }), ...(last !== undefined && { last }) };
}

function withInstead(
  column: GeneratorColumn,
  writing: NonNullable<EncodingDecision['writing']>,
): GeneratorColumn {
  const { decision } = column;
  const evidence = `${decision.evidence.replace(/ → written as .*$/, '')} → the values have no form that many share: written as ${writingInWords(writing)}.`;
  return { ...column, decision: { ...decision, writing, evidence } };
}
