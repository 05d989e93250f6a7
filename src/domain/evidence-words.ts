import type { ColumnProfile, SubjectEvidence } from './columns';
import { fixedText, inMarks } from './number-marks';

/** The words of the evidence for a column's encoding. */

/** Says that the values are subjects, and what that means for protection. */
export function subjectSentence({ values, rowsEach, companions }: SubjectEvidence): string {
  const [first, ...others] = companions;
  const same =
    first === undefined
      ? ''
      : `; the same in all rows of one: ${first}${others.length > 0 ? ` and ${count(others.length, 'other column')}` : ''}`;
  return `Identifies subjects: ${count(values, 'value')}, ${fixedText(rowsEach, 1)} rows each${same}.`;
}

/** Of a column of a key that the schema of a file declares. */
const KEY_PART =
  'Part of the key that the file declares over several columns: rows with the same one are made again.';

/** Sentences on what a person may want to know of a column whatever it becomes. */
export function remarks(profile: ColumnProfile, protection: boolean): string[] {
  const lines: string[] = [];
  if (profile.isKeyPart) lines.push(KEY_PART);
  if (profile.nullCount > 0) lines.push(`${percent(profile.nullCount / profile.rowCount)} of rows empty.`);
  if (profile.infiniteCount > 0) {
    lines.push(
      `${count(profile.infiniteCount, 'infinite value')}: kept where frequent, else moved to the nearest end.`,
    );
  }
  if (profile.exceedsSafeInteger) {
    lines.push(
      profile.storageType === 'text'
        ? 'Whole numbers with more digits than a computer counts exactly: codes, kept digit by digit.'
        : 'A few whole numbers beyond ±2^53 keep their first 15 digits.',
    );
  }
  // The evidence is kept with the generator and told in files that are passed on: no cell of a row stands in it.
  const unread = unreadSentence(profile, { showsCell: false });
  if (unread !== null) lines.push(unread);
  if (profile.finer && protection) lines.push(finerSentence(profile.finer));
  return lines;
}

/**
 * Which texts do not read as what most values of their column do, and what that means; null = there are none.
 * @param showsCell whether one of them is shown, to the person whose table it is
 */
export function unreadSentence(
  { nearMiss, storageType }: Pick<ColumnProfile, 'nearMiss' | 'storageType'>,
  { showsCell }: { readonly showsCell: boolean } = { showsCell: true },
): string | null {
  if (!nearMiss) return null;
  const { type, count: misses, example, line } = nearMiss;
  const where = line === null ? '' : ` (line ${line})`;
  const cell = example.length > 40 ? `${example.slice(0, 40)}…` : example;
  const shown = showsCell ? `, e.g. "${cell}"` : '';
  return storageType === 'text'
    ? `Nearly all values read as ${type}; ${count(misses, 'value')} not${shown}${where}.`
    : `${count(misses, 'value')} ${misses === 1 ? 'does' : 'do'} not read as ${type}${shown}${where}: too few ${misses < 7 ? 'rows' : 'people'} to show, so left empty.`;
}

function finerSentence({ coarser, count: rows }: NonNullable<ColumnProfile['finer']>): string {
  return coarser === 'integer'
    ? `${count(rows, 'value')} with decimals ${rows === 1 ? 'is' : 'are'} hidden: the column comes out as whole numbers.`
    : `${count(rows, 'value')} with a time ${rows === 1 ? 'is' : 'are'} hidden: the column comes out as dates.`;
}

/** Year of an instant in epoch milliseconds. */
export function year(epochMs: number): number {
  return Math.floor(epochMs / 31_556_952_000 + 1970);
}

/** "1 row", "2,000 rows". */
export function count(n: number, noun: string, plural = `${noun}s`): string {
  return `${group(n)} ${n === 1 ? noun : plural}`;
}

/** Digits in groups of three. */
export function group(n: number): string {
  return inMarks(String(n).replace(/\B(?=(\d{3})+$)/g, ','));
}

/** One decimal, never rounded up to 100 % or down to 0 %. */
export function percent(share: number): string {
  if (share > 0 && share < 0.001) return `< ${fixedText(0.1, 1)} %`;
  if (share < 1 && share > 0.999) return `> ${fixedText(99.9, 1)} %`;
  return `${inMarks((share * 100).toFixed(1).replace('.0', ''))} %`;
}
