import { count } from './evidence-words';
import type { GeneratorColumn } from './generators';
import { namesInWords } from './subject-words';
import { type Writing, writingInWords } from './writing';

type Decided = Pick<GeneratorColumn, 'name' | 'decision'>;

/** The columns that are not learned, in the order of the table: those that tell whose a row is are among them. */
export function unlearnedColumns<T extends Decided>(columns: readonly T[]): T[] {
  return columns.filter(({ decision }) => isUnlearned(decision));
}

/** Whether a column is not learned: those that tell whose a row is are not. */
export function isUnlearned({ role, identifiesSubjects }: Decided['decision']): boolean {
  return role !== 'feature' || identifiesSubjects === true;
}

/** Whether no column of a table is learned, so that there is no model of it. */
export function learnsNothing(columns: readonly Decided[]): boolean {
  return columns.every(({ decision }) => decision.role !== 'feature');
}

/** "3 of 6 columns are not learned: name, e-mail and note."; null = all are learned. */
export function unlearnedSentence(columns: readonly Decided[]): string | null {
  const names = unlearnedColumns(columns).map(({ name }) => name);
  if (names.length === 0) return null;
  if (names.length === columns.length) return NOTHING_LEARNED;
  const are = names.length === 1 ? 'is' : 'are';
  return `${names.length} of ${count(columns.length, 'column')} ${are} not learned: ${namesInWords(names)}.`;
}

/** How columns are written that are not learned: one sentence for each way, with its columns. */
export function writtenSentences(columns: readonly Decided[]): string[] {
  const ways = new Map<string, string[]>();
  for (const { name, decision } of unlearnedColumns(columns)) {
    const way = writtenInWords(decision);
    const names = ways.get(way);
    if (names) names.push(name);
    else ways.set(way, [name]);
  }
  // Every one of them: none may vanish unsaid.
  const written = Array.from(ways, ([way, names]) => {
    const all = names.map((name) => namesInWords([name])).join(', ');
    return way === LEFT_OUT ? `Left out: ${all}.` : `Written as ${way}: ${all}.`;
  });
  const key = keySentence(columns);
  return key === null ? written : [...written, key];
}

/**
 * What becomes of a key that the file declares over several columns of which some are not learned; null = there is no such
 * key. Whether it is kept is decided as in the engine (`keyOf`).
 */
function keySentence(columns: readonly Decided[]): string | null {
  const parts = columns.filter(({ decision }) => decision.isKeyPart);
  const unlearned = unlearnedColumns(parts);
  if (parts.length < 2 || unlearned.length === 0) return null;
  const key = `The key of ${namesInWords(parts.map(({ name }) => name))}`;
  const fixed = unlearned.filter(({ decision }) => !isVaried(decision)).map(({ name }) => name);
  return fixed.length > 0
    ? `${key} is not kept, so rows may repeat it: ${namesInWords(fixed)} ${fixed.length === 1 ? 'has' : 'have'} no values that tell rows apart. Learn or regenerate all of its columns to keep it.`
    : `${key} is kept: a row that repeats one gets other values of ${namesInWords(unlearned.map(({ name }) => name))}.`;
}

/** Whether a column that is not learned has values that differ from row to row. */
function isVaried({ role, writing, identifiesSubjects }: Decided['decision']): boolean {
  if (!writing) return role === 'primary-key' || identifiesSubjects === true;
  return writing.as !== 'omit' && writing.as !== 'empty' && writing.as !== 'constant';
}

/** Said of a table whose columns are all regenerated. */
const NOTHING_LEARNED =
  'Nothing is learned: every column is regenerated, so rows follow the form of the columns and nothing that the data say.';

/** Why a report on such a table has no figures. */
export const NOTHING_COMPARED =
  'Accuracy, distances and identical matches cannot be computed: they compare learned columns, and nothing was learned. Regenerated columns follow no row of the data.';

const LEFT_OUT = 'nothing';

/** How a column is written that is not learned. */
function writtenInWords({ role, identifiesSubjects, writing }: Decided['decision']): string {
  if (writing) return writing.as === 'omit' ? LEFT_OUT : writingInWords(writing);
  if (identifiesSubjects) return 'invented values of the same form';
  return role === 'primary-key' ? 'new keys' : LEFT_OUT;
}

/** Whether a column is in the output at all. */
export function isWritten({ decision }: Decided): boolean {
  const writing: Writing | undefined = decision.writing;
  return decision.role !== 'excluded' || (writing !== undefined && writing.as !== 'omit');
}

/** What becomes of columns, in the names of `run.json`. */
export function columnFacts(columns: readonly Decided[]): object[] {
  return columns.map(({ name, decision }) => ({ name, ...decisionFacts(decision) }));
}

/** What becomes of one column, with the evidence. */
export function decisionFacts({
  role,
  encodingType,
  identifiesSubjects,
  isKeyPart,
  writing,
  evidence,
}: Decided['decision']): object {
  const { as, ...how } = writing ?? { as: null };
  return {
    learned: role === 'feature' && !identifiesSubjects,
    role,
    encoding: encodingType,
    written_as: as ?? (identifiesSubjects ? 'invented' : null),
    ...(isKeyPart && { key_part: true }),
    ...(Object.keys(how).length > 0 && { writing: how }),
    evidence,
  };
}
