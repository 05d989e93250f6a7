import { type ColumnData, columnLength } from '../../../src/domain/column-data';
import { MIN_VALUES } from '../encoding/supported-counts';
import type { SubjectColumns } from '../models/artefact';
import type { FeatureColumn, TrainingTable } from '../models/model';

/** A column belongs to the subjects if it is the same in all rows of so many of those with several rows … */
const MIN_SHARE = 0.9;
/** … and differs in at most this part of those in which it would by chance. */
const MAX_OF_CHANCE = 0.5;
/** Exceptions are counted in multiples of so many subjects, and their share told in hundredths: nobody's presence shows. */
const ROUNDED = 5;
const HUNDREDTHS = 100;
/** Rows of a subject from here on add nothing to the chance that they agree. */
const MAX_ROWS = 50;

/**
 * Which learned columns are the same in all rows of a subject: what rows of one synthetic subject are to share
 * (docs/privacy.md, Subjects). Undefined where no column tells whose a drawn row is.
 * @param pause called after each column
 */
export async function subjectColumns(
  { features, subjects, read }: TrainingTable,
  pause: () => Promise<void>,
): Promise<SubjectColumns | undefined> {
  const identifying = features.filter(({ identifiesSubjects }) => identifiesSubjects);
  const lead = identifying.find(({ isOfSubject }) => isOfSubject);
  if (!subjects || !lead) return undefined;
  const constant: { name: string; share: number }[] = [];
  for (const [index, feature] of features.entries()) {
    if (feature.identifiesSubjects) continue;
    const { training } = await read(index);
    const share = sharedBy(training, subjects.training);
    if (share !== null) constant.push({ name: nameOf(feature), share });
    await pause();
  }
  if (constant.length === 0) return undefined;
  return { lead: nameOf(lead), identifying: identifying.map(nameOf), constant };
}

function nameOf({ schema }: FeatureColumn): string {
  return schema.name;
}

/**
 * The part of the subjects with several rows in all of which a column is the same; null unless it clearly is the
 * subject's.
 * @param subjects [rows] numbers of the subjects
 */
export function sharedBy(data: ColumnData, subjects: Uint32Array): number | null {
  const values = valueNumbers(data);
  const counts = new Map<number, number>();
  const first = new Map<number, number>();
  const rowsOf = new Map<number, number>();
  const differing = new Set<number>();
  values.forEach((value, row) => {
    const subject = subjects[row]!;
    counts.set(value, (counts.get(value) ?? 0) + 1);
    rowsOf.set(subject, (rowsOf.get(subject) ?? 0) + 1);
    const before = first.get(subject);
    if (before === undefined) first.set(subject, value);
    else if (before !== value) differing.add(subject);
  });
  const several = [...rowsOf.values()].filter((rows) => rows > 1);
  const byChance = differencesByChance(several, counts, values.length);
  if (byChance < MIN_VALUES || differing.size > MAX_OF_CHANCE * byChance) return null;
  const differ = (ROUNDED * Math.round(differing.size / ROUNDED)) / several.length;
  const share = Math.round(HUNDREDTHS * (1 - differ)) / HUNDREDTHS;
  return share < MIN_SHARE ? null : share;
}

/** Subjects that would not be the same in all rows if values had nothing to do with subjects: Σ 1 − Σ pᵏ for k rows. */
function differencesByChance(
  several: readonly number[],
  counts: ReadonlyMap<number, number>,
  rows: number,
): number {
  const agreement = new Map<number, number>();
  let expected = 0;
  for (const all of several) {
    const k = Math.min(all, MAX_ROWS);
    let agree = agreement.get(k);
    if (agree === undefined) {
      agree = 0;
      for (const count of counts.values()) agree += (count / rows) ** k;
      agreement.set(k, agree);
    }
    expected += 1 - agree;
  }
  return expected;
}

/** A number for each distinct value, missing ones included. */
function valueNumbers(data: ColumnData): Float64Array {
  if (data.kind === 'text') return Float64Array.from(data.codes);
  return Float64Array.from({ length: columnLength(data) }, (_, row) =>
    data.nulls?.[row] === 1 ? Number.NEGATIVE_INFINITY : data.values[row]!,
  );
}
