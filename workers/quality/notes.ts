import type { ReportLimits } from '../../src/domain/report-limits';
import type { KeptDependences } from '../../src/domain/reports';
import { weakerPairsSentence } from '../../src/domain/weaker-pairs';

/** Facts that a person should read with the numbers of a report. */
export interface ReportFacts {
  readonly rows: { readonly training: number; readonly holdout: number; readonly synthetic: number };
  readonly dependences: KeptDependences;
  readonly distanceRows: number;
  /** Subjects of training and of holdout that these rows are of; null = every row is a subject of its own. */
  readonly distanceSubjects: number | null;
  readonly holdout: 'validation' | 'file' | 'none';
  /** Validation rows told when training ended. */
  readonly steered: boolean;
  readonly original: 'training+holdout' | 'training';
  /** Columns of the training table that take no part. */
  readonly excluded: readonly string[];
  /** Columns that a compared table lacks. */
  readonly missing: readonly string[];
  readonly freeText: readonly string[];
  readonly hasTexts: boolean;
  readonly columns: number;
  readonly limits: ReportLimits;
}

/** Below these sizes the reference computes nothing (docs/metrics.md, Which rows are compared). */
const MIN_ROWS = { synthetic: 100, training: 90, holdout: 10 } as const;
const NAMES_SHOWN = 8;

/** The sentences, most important first. */
export function reportNotes(facts: ReportFacts): string[] {
  const weaker = weakerPairsSentence(facts.dependences);
  const notes = [...sizeNotes(facts), ...(weaker === null ? [] : [weaker]), holdoutNote(facts)];
  if (facts.original === 'training' && facts.holdout !== 'none') {
    notes.push('Accuracies compare with the training rows alone, not with training and holdout together.');
  }
  notes.push(...columnNotes(facts), ...distanceNotes(facts));
  return notes;
}

function sizeNotes({ rows }: ReportFacts): string[] {
  const sets = ['training', 'holdout', 'synthetic'] as const;
  const small = sets.filter((set) => rows[set] > 0 && rows[set] < MIN_ROWS[set]);
  if (small.length === 0) return [];
  const parts = small.map((set) => `${rows[set]} ${set} rows (at least ${MIN_ROWS[set]} are needed)`);
  return [`Small samples: ${parts.join(', ')}. These figures are mostly chance; do not rely on them.`];
}

function holdoutNote({ rows, holdout, steered, distanceRows, distanceSubjects }: ReportFacts): string {
  if (holdout === 'none') {
    return 'There is no holdout: whether synthetic rows lie closer to training rows than to unseen ones cannot be told.';
  }
  const count = rows.holdout.toLocaleString('en');
  const origin =
    holdout === 'validation'
      ? `The holdout is the ${count} validation rows${steered ? ': the model did not learn from them, but they decided when training stopped' : ', which the model never saw'}`
      : `The holdout is the ${count} rows of the file given for it, which the model never saw`;
  const fewer = distanceRows < Math.min(rows.training, rows.holdout, rows.synthetic);
  const why = fewer ? ', drawn at random to bound time and memory' : '';
  const people =
    distanceSubjects === null
      ? ''
      : ` Those of training and holdout are of ${distanceSubjects.toLocaleString('en')} people each, by whom the standard error of the share counts.`;
  return `${origin}. Distances compare ${distanceRows.toLocaleString('en')} rows of each set${why}.${people}`;
}

function columnNotes({
  excluded,
  missing,
  freeText,
  columns,
  distanceSubjects,
  limits,
}: ReportFacts): string[] {
  const notes: string[] = [];
  if (excluded.length > 0)
    notes.push(`Not compared, being keys, regenerated or excluded: ${list(excluded)}.`);
  if (missing.length > 0) notes.push(`Not compared, since a table lacks them: ${list(missing)}.`);
  if (freeText.length > 0) {
    notes.push(
      `Mostly distinct texts, compared by their word pieces (one random piece per cell) and not by whole values: ${list(freeText)}.`,
    );
  }
  const triples = (columns * (columns - 1) * (columns - 2)) / 6;
  if (triples > limits.triples) {
    notes.push(
      `Of ${triples.toLocaleString('en')} column triples, ${limits.triples.toLocaleString('en')} chosen at random were compared.`,
    );
  }
  notes.push(
    `Charts name no value and show no count of fewer than 8 ${distanceSubjects === null ? 'original rows' : 'people'}; other counts are rounded to 5.`,
  );
  return notes;
}

function distanceNotes({ hasTexts, holdout }: ReportFacts): string[] {
  const notes: string[] = [];
  if (hasTexts) {
    notes.push(
      'Distances place texts by a hash embedding, without a language model: compare them with the reference shown beside them, not with reports of other tools.',
    );
  }
  if (holdout !== 'none') {
    notes.push(
      'Distances use all columns at once. The group of dimensions with the highest share, which other reports give, stands under Similarity.',
    );
  }
  return notes;
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, NAMES_SHOWN).map((name) => `“${name.slice(0, 60)}”`);
  const rest = names.length - shown.length;
  return rest > 0 ? `${shown.join(', ')} and ${rest} more` : shown.join(', ');
}
