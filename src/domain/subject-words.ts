import { count } from './evidence-words';
import type { GeneratorColumn } from './generators';
import { fixedText } from './number-marks';
import { MIN_SURE_PEOPLE, type Subject } from './subjects';

/** Names shown of a list; the rest is counted. */
const MAX_NAMES = 6;

/** "email", "email and phone", "a, b, c, d, e, f and 3 more". */
export function namesInWords(names: readonly string[]): string {
  const shown = names.slice(0, MAX_NAMES).map((name) => (name.length > 60 ? `${name.slice(0, 60)}…` : name));
  const parts = names.length > MAX_NAMES ? [...shown, `${names.length - MAX_NAMES} more`] : shown;
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

/** "2,000 people, 10.0 rows each". */
export function peopleInWords({ columns, subjects, rowsEach }: Subject): string {
  const least = columns.length > 1 ? 'at least ' : '';
  const about = columns.length > 1 ? 'about ' : '';
  return `${least}${count(subjects, 'person', 'people')}, ${about}${fixedText(rowsEach, 1)} rows each`;
}

/** What is asked where no name says whose rows are whose, or where they would be few people’s. */
export function questionInWords({ columns, subjects }: Subject): string {
  const what = columns.length > 1 ? namesInWords(columns) : `value of ${namesInWords(columns)}`;
  const few =
    subjects < MIN_SURE_PEOPLE
      ? ` If so, they are ${subjects} people: of so few, protection hides nearly all that tells them apart.`
      : '';
  return `Rows with the same ${what} seem to be one person’s. Is that so?${few}`;
}

/** That value protection is off where people have several rows. */
export function unprotectedInWords({ columns }: Subject): string {
  return `Value protection is off, so the people behind these rows are not protected: what one of them has in all rows, ${namesInWords(columns)} included, can appear in the result.`;
}

/** Names of the columns of which every value is invented, in the table's order. */
export function regeneratedColumns(columns: readonly Pick<GeneratorColumn, 'name' | 'decision'>[]): string[] {
  return columns.flatMap(({ name, decision }) => (decision.identifiesSubjects ? [name] : []));
}

/** What a report says of the unit that was protected. */
export interface ProtectedUnit {
  /** Null = every row is a subject of its own. */
  readonly subject: Subject | null;
  /** Whether a person said so: that rows are independent. */
  readonly isDeclared: boolean;
  readonly valueProtection: boolean;
  readonly privacyGuard: boolean;
}

/** Sentences for a report: what protection, split and guard counted. */
export function protectedUnitInWords(unit: ProtectedUnit): string[] {
  const { subject, isDeclared, valueProtection, privacyGuard } = unit;
  const counting = capitalised(
    namesInWords([...(valueProtection ? ['protection'] : []), 'split', ...(privacyGuard ? ['guard'] : [])]),
  );
  if (!subject) {
    return [
      isDeclared
        ? `One row per person, as declared: ${counting.toLowerCase()} counted rows.`
        : `One row per person was assumed: ${counting.toLowerCase()} counted rows. If people have several rows, they are less protected than this report says: name the columns that their rows share, and train again.`,
    ];
  }
  const sentences = [
    `${counting} counted people, not rows: rows that share ${namesInWords(subject.columns)} are one person’s (${peopleInWords(subject)}${subject.isSure ? '' : '; found in the data and not confirmed'}).`,
  ];
  if (!valueProtection) sentences.push(unprotectedInWords(subject));
  return sentences;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
