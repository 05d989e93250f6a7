import { count } from '../../src/domain/evidence-words';
import type { Generator } from '../../src/domain/generators';
import { type HiddenValues, hiddenSentence } from '../../src/domain/hidden-values';
import { onlyTable } from '../../src/domain/only-table';
import { asCounted } from '../../src/domain/private-training';
import type { SyntheticDataset } from '../../src/domain/synthetic-datasets';
import { unlearnedColumns, unlearnedSentence, writtenSentences } from '../../src/domain/unlearned-words';

/** Which columns are not learned and how they are written, for the terminal; none if all are learned. */
export function columnLines(generator: Pick<Generator, 'config' | 'tables'>): string[] {
  const { tabularModelConfiguration } = onlyTable(generator.config);
  const columns = asCounted(onlyTable(generator).columns, tabularModelConfiguration);
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

/** Rows whose key of several columns stood already, for the terminal; none where no key repeated. */
export function keyLines({ summary }: Pick<SyntheticDataset, 'summary'>): string[] {
  if (!summary?.keys) return [];
  const { drawnAgain, repeated } = summary.keys;
  const again = `${count(drawnAgain, 'row')} drawn again: their key of several columns stood already.`;
  return repeated === 0
    ? [again]
    : [again, `${count(repeated, 'key')} still repeat: the shown values have no more combinations.`];
}

/** Columns of whose hidden values the terminal tells; run.json has them all. */
const MAX_HIDDEN_LINES = 10;

/**
 * What protection hides of each learned column, those first whose output is furthest from the data; `hidden` of
 * run.json. How the others are written, `columnLines` says, but for what only the training could tell: that no form was found.
 */
export function hiddenLines(
  generator: Pick<Generator, 'tables'>,
  hidden: readonly HiddenValues[] = [],
): string[] {
  const unlearned = new Map(
    unlearnedColumns(onlyTable(generator).columns).map(({ name, decision }) => [name, decision]),
  );
  const isTold = (one: HiddenValues) => {
    const decision = unlearned.get(one.column);
    return !decision || (!decision.writing && one.kind === 'rare' && one.become !== 'invented');
  };
  const sorted = hidden.filter(isTold).sort((a, b) => weight(b) - weight(a));
  const lines = sorted.slice(0, MAX_HIDDEN_LINES).map((one) => `${one.column}: ${hiddenSentence(one)}.`);
  const more = sorted.length - lines.length;
  return more === 0 ? lines : [...lines, `Values of ${count(more, 'more column')} are hidden: see run.json.`];
}

/** `_RARE_` in the output and lost extremes before values that others stand for. */
function weight(hidden: HiddenValues): number {
  if (hidden.kind === 'extremes') return 1;
  return hidden.kind === 'rare' && (hidden.become === 'constant' || hidden.become === 'numbered') ? 2 : 0;
}
