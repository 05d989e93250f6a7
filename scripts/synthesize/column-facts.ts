import type { Generator } from '../../src/domain/generators';
import { onlyTable } from '../../src/domain/only-table';
import { unlearnedSentence, writtenSentences } from '../../src/domain/unlearned-words';

/** Which columns are not learned and how they are written, for the terminal; none if all are learned. */
export function columnLines(generator: Pick<Generator, 'tables'>): string[] {
  const { columns } = onlyTable(generator);
  const sentence = unlearnedSentence(columns);
  return sentence === null ? [] : [sentence, ...writtenSentences(columns)];
}

/** What the training found otherwise: columns that showed no form. */
export function changedLines(before: Pick<Generator, 'tables'>, after: Pick<Generator, 'tables'>): string[] {
  const known = new Map(onlyTable(before).columns.map(({ name, decision }) => [name, decision]));
  const changed = onlyTable(after).columns.filter(
    ({ name, decision }) => JSON.stringify(decision.writing) !== JSON.stringify(known.get(name)?.writing),
  );
  return writtenSentences(changed).map((sentence) => `No form that many values share. ${sentence}`);
}
