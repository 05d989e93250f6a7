import { count } from './evidence-words';
import { countText } from './number-marks';
import { hasSameSchema, type VersionDifferences } from './version-differences';

/** Names that a sentence lists. */
const MAX_NAMED = 5;

/** What is different in a newer file, one sentence each; the first is of its rows. */
export function differenceSentences(differences: VersionDifferences): string[] {
  const { rows, added, missing, retyped, renamed, emptied, widened, reordered } = differences;
  const sentences = [rowsSentence(rows)];
  if (hasSameSchema(differences)) sentences.push('It has the same columns of the same types.');
  if (missing.length > 0) sentences.push(`${columns(missing)} ${are(missing)} missing.`);
  if (added.length > 0) sentences.push(`${columns(added)} ${are(added)} new.`);
  for (const { name, before, after } of retyped.slice(0, MAX_NAMED))
    sentences.push(`“${name}” was ${before} and is ${after}.`);
  if (retyped.length > MAX_NAMED)
    sentences.push(`${retyped.length - MAX_NAMED} more columns have another type.`);
  for (const { before, after } of renamed.slice(0, MAX_NAMED))
    sentences.push(`“${before}” may be called “${after}” now.`);
  if (emptied.length > 0)
    sentences.push(`${columns(emptied)} ${have(emptied)} missing values, and had none.`);
  if (widened.length > 0) sentences.push(`${columns(widened)} ${have(widened)} values beyond those before.`);
  if (reordered) sentences.push('Columns stand in another order.');
  return sentences;
}

/**
 * What a model that is trained further does not learn of newer rows; null = nothing is known that it would miss. Its
 * encodings are those of its first rows.
 */
export function notLearnedSentence({ added, emptied, widened }: VersionDifferences): string | null {
  const missed = [...new Set([...emptied, ...widened])];
  const parts = [
    ...(added.length > 0 ? [`New columns (${names(added)}) are not learned.`] : []),
    ...(missed.length > 0
      ? [
          `Values of ${names(missed)} that the model does not know count as rare or extreme ones: they are not generated.`,
        ]
      : []),
  ];
  return parts.length > 0 ? `${parts.join(' ')} A new training learns them.` : null;
}

function rowsSentence({ before, after }: VersionDifferences['rows']): string {
  if (before === after) return `${count(after, 'row')}, as many as before.`;
  const difference = countText(Math.abs(after - before));
  return `${count(after, 'row')}, ${difference} ${after > before ? 'more' : 'fewer'} than before.`;
}

function columns(list: readonly string[]): string {
  return list.length === 1 ? names(list) : `The columns ${names(list)}`;
}

function names(list: readonly string[]): string {
  const shown = list.slice(0, MAX_NAMED).map((name) => `“${name.slice(0, 60)}”`);
  return list.length > MAX_NAMED
    ? `${shown.join(', ')} and ${list.length - MAX_NAMED} more`
    : shown.join(', ');
}

function are({ length }: readonly string[]): string {
  return length === 1 ? 'is' : 'are';
}

function have({ length }: readonly string[]): string {
  return length === 1 ? 'has' : 'have';
}
