/** One of several files that were read as one table: what is in it, and how it differs from the others. */
export interface UnionPart {
  /** Path in the archive, or name. */
  readonly name: string;
  readonly rowCount: number;
  /** Absent = none. */
  readonly rejectedCount?: number;
  /** Absent = none. */
  readonly skippedCount?: number;
  /** Positions of the table's columns that it lacks: they are empty in its rows. Absent = none. */
  readonly absent?: readonly number[];
  /** Positions of the columns that are text in the table, and numbers alone in this file. Absent = none. */
  readonly numbers?: readonly number[];
  /** It has no names, and its columns are those of the others in their order. */
  readonly isUnnamed?: true;
  /** How it was read where that is not how the first was. Absent = as the first. */
  readonly readAs?: string;
  /** Why nothing was read of it. */
  readonly problem?: string;
}

/** Differences that are told one by one. */
const MAX_TOLD = 12;

/**
 * What differs between the files of one table, in sentences: columns that files lack, kinds of values, how they were read.
 * @param columns names of the table's columns
 */
export function unionDifferences(parts: readonly UnionPart[], columns: readonly string[]): string[] {
  const told = [
    ...absentSentences(parts, columns),
    ...kindSentences(parts, columns),
    ...namesWhere(
      parts,
      ({ isUnnamed }) => isUnnamed === true,
      (files, isOne) =>
        `${files} ${isOne ? 'has' : 'have'} no names: the columns are those of the others, in their order.`,
    ),
    ...parts.flatMap(({ name, readAs }) => (readAs === undefined ? [] : [`${name} was read as ${readAs}.`])),
    ...parts.flatMap(({ problem }) => (problem === undefined ? [] : [problem])),
  ];
  const more = told.length - MAX_TOLD;
  return more <= 1 ? told : [...told.slice(0, MAX_TOLD), `${more} more differences are not listed here.`];
}

/** How many rows each file gave, in one line; many files are summed up. */
export function rowsOfParts(parts: readonly UnionPart[]): string {
  const listed = parts.slice(0, 20).map(({ name, rowCount, rejectedCount = 0, skippedCount = 0 }) => {
    const rest = [
      ...(rejectedCount > 0 ? [`${rejectedCount} rejected`] : []),
      ...(skippedCount > 0 ? [`${skippedCount} skipped`] : []),
    ];
    return `${name}: ${rowWords(rowCount)}${rest.length > 0 ? ` (${rest.join(', ')})` : ''}`;
  });
  const others = parts.slice(20);
  const rows = others.reduce((sum, { rowCount }) => sum + rowCount, 0);
  return [...listed, ...(others.length > 0 ? [`${others.length} more files: ${rowWords(rows)}`] : [])].join(
    '; ',
  );
}

function rowWords(count: number): string {
  return `${count} ${count === 1 ? 'row' : 'rows'}`;
}

function absentSentences(parts: readonly UnionPart[], columns: readonly string[]): string[] {
  const filled = parts.filter(({ problem }) => problem === undefined);
  return columns.flatMap((column, position) => {
    const without = filled.filter(({ absent }) => absent?.includes(position));
    if (without.length === 0) return [];
    const holders = filled.filter(({ absent }) => !absent?.includes(position));
    return holders.length < without.length
      ? [`“${column}” is in ${filesWords(holders.map(({ name }) => name))} alone, and empty in the others.`]
      : [`“${column}” is not in ${filesWords(without.map(({ name }) => name))}, and empty there.`];
  });
}

function kindSentences(parts: readonly UnionPart[], columns: readonly string[]): string[] {
  return columns.flatMap((column, position) => {
    const holds = parts.filter(({ numbers }) => numbers?.includes(position));
    if (holds.length === 0) return [];
    const texts = parts.filter(
      ({ numbers, absent, problem, rowCount }) =>
        rowCount > 0 && problem === undefined && !numbers?.includes(position) && !absent?.includes(position),
    );
    const where = holds.length <= texts.length ? holds : texts;
    const [what, others] = where === holds ? ['numbers', 'texts'] : ['texts', 'numbers'];
    return [
      `“${column}” holds ${what} in ${filesWords(where.map(({ name }) => name))} and ${others} in the other files: all are read as text.`,
    ];
  });
}

function namesWhere(
  parts: readonly UnionPart[],
  holds: (part: UnionPart) => boolean,
  say: (files: string, isOne: boolean) => string,
): string[] {
  const names = parts.filter(holds).map(({ name }) => name);
  return names.length === 0 ? [] : [say(filesWords(names), names.length === 1)];
}

/** Names of a few files; many are counted. */
function filesWords(names: readonly string[]): string {
  const shown = names.length > 6 ? names.slice(0, 5) : names;
  const more = names.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${more} more files`;
  return shown.length > 1 ? `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}` : shown.join();
}
