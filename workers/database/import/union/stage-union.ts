import { UserError } from '../../../../src/domain/errors';
import type { CsvDialect } from '../../../../src/domain/sources';
import type { UnionPart } from '../../../../src/domain/union-parts';
import { type DetectedDialect, detectDialect } from '../../dialect/detect';
import { markedEncoding, surveyEncoding } from '../../dialect/encoding';
import { queryRow } from '../../duckdb/arrow';
import { memoryLimit, usedBytes } from '../../duckdb/memory';
import { columnId, type SqlEngine } from '../../duckdb/sql';
import type { StagedRows } from '../import-table';
import { rowShape } from '../load-rows';
import { type FileHead, openHead } from '../open-head';
import { type StagedText, spellingsOf, stageText } from '../stage-text';
import { MemoryFullError } from '../too-large';
import type { TextMember } from './open-members';
import { filesWithoutNames, UnionColumns } from './union-columns';
import { UnionRows } from './union-rows';

/** Part of the memory that rows may fill while others come. */
const MAX_FILLED = 0.7;
/** Kinds of values are not compared in wider tables. */
const MAX_COMPARED = 300;

/** Of files that are all empty. */
const PLAIN: CsvDialect = {
  ...{ encoding: 'utf-8', delimiter: ',', quote: '"', header: true, skipLines: 0, decimal: '.' },
  nullValues: [''],
};

export interface StageUnionOptions {
  readonly raw: string;
  readonly overrides: Partial<CsvDialect>;
  readonly headOnly: boolean;
  /** Called with the share of the files that is in. */
  readonly onRead: (done: number) => void;
  readonly checkpoint: () => void;
}

/** The rows of several texts in one staging table. */
export type StagedUnion = Pick<StagedRows, 'rows' | 'dialect' | 'names'> & {
  /** Of the texts, in their order; positions of columns that hold numbers alone, whatever becomes of the column. */
  readonly parts: readonly UnionPart[];
  /** Of the first text with rows, to write rows as they stand in it; null = all are empty. */
  readonly first: { readonly member: TextMember; readonly head: FileHead } | null;
  /** All texts are cut and coded the same way. */
  readonly isOneForm: boolean;
};

/**
 * Stages texts one after the other, each read by what is found in it, its columns matched to those of the others by name.
 * @throws UserError as `stageText`
 */
export async function stageUnion(
  sql: SqlEngine,
  members: readonly TextMember[],
  { raw, overrides, headOnly, onRead, checkpoint }: StageUnionOptions,
): Promise<StagedUnion> {
  const { columns: _columns, endLine: _endLine, union: _union, ...chosen } = overrides;
  const heads: {
    member: TextMember;
    head: FileHead;
    dialect: Partial<CsvDialect>;
    found: DetectedDialect;
  }[] = [];
  const parts: PlacedPart[] = [];
  for (const member of members) {
    checkpoint();
    const head = await headOf(member);
    if ('problem' in head) {
      parts.push({ name: member.path, rowCount: 0, problem: head.problem, positions: [] });
      continue;
    }
    const encoding =
      chosen.encoding ?? markedEncoding(head.bytes) ?? (await surveyEncoding(only(head.bytes)));
    const dialect = { ...chosen, ...member.given };
    heads.push({
      member,
      head,
      dialect,
      found: detectDialect(head.bytes, head.complete, { ...dialect, encoding }),
    });
  }
  const unnamed = filesWithoutNames(
    heads.map(({ found }) => ({
      names: found.dialect.header ? found.header : [],
      isSure: found.headerGuess?.isSure ?? true,
      width: rowShape(found).columns,
    })),
  );
  const named = heads[unnamed.indexOf(false)]?.found.header ?? [];
  const columns = new UnionColumns();
  const rows = new UnionRows(spellingsOf(overrides), members.length);
  const part = `${raw}_part`;
  const total = members.reduce((sum, { file }) => sum + file.size, 0);
  let first: (StagedUnion['first'] & { readonly found: DetectedDialect }) | null = null;
  let isOneForm = true;
  let read = 0;
  let width = 0;
  await sql.query(`CREATE OR REPLACE TABLE ${raw} (${columnId(0)} VARCHAR)`);
  try {
    for (const [i, { member, head, dialect }] of heads.entries()) {
      const { file, path } = member;
      const isUnnamed = unnamed[i] === true;
      const staged = await stageText(sql, file, head, {
        ...{ raw: part, headOnly, checkpoint },
        overrides: isUnnamed ? { ...dialect, header: false } : dialect,
        onRead: (done) => onRead((read + done * file.size) / Math.max(1, total)),
      });
      read += file.size;
      const { detected } = staged;
      const positions = columns.add(
        Array.from(
          { length: staged.width },
          (_, k) => (isUnnamed ? named[k] : detected.header[k]) ?? `\0${k}`,
        ),
      );
      for (; width < columns.names.length; width++) {
        if (width > 0) await sql.query(`ALTER TABLE ${raw} ADD COLUMN ${columnId(width)} VARCHAR`);
      }
      const numbers = headOnly ? [] : await numberColumns(sql, part, staged);
      // A text without rows has no table.
      if (staged.rows.rowCount > 0) await append(sql, raw, part, positions);
      rows.add(staged.rows, positions, path);
      first ??= staged.rows.rowCount > 0 ? { member, head, found: detected } : null;
      const readAs = first && readingBeside(first.found.dialect, detected.dialect);
      isOneForm &&= !readAs;
      parts.push({
        name: path,
        rowCount: staged.rows.rowCount,
        ...(staged.rows.rejectedCount > 0 && { rejectedCount: staged.rows.rejectedCount }),
        ...(staged.rows.skipped.count > 0 && { skippedCount: staged.rows.skipped.count }),
        ...(isUnnamed && { isUnnamed }),
        ...(readAs && { readAs }),
        ...(numbers.length > 0 && { numbers: numbers.map((k) => positions[k]!) }),
        positions,
      });
      await assertMemory(sql, (i + 1) / members.length);
    }
  } finally {
    await sql.query(`DROP TABLE IF EXISTS ${part}`);
  }
  const { skipLines: _skipLines, endLine: _end, ...base } = (first ?? heads[0])?.found.dialect ?? PLAIN;
  const isComma = heads.some(({ found }) => found.dialect.decimal === ',');
  return {
    rows: rows.finish(columns.names.length),
    names: columns.names.map((name) => (name.startsWith('\0') ? '' : name)),
    dialect: { ...base, skipLines: 0, ...(isComma && { decimal: ',' }) },
    parts: parts.map(({ positions, ...facts }) => {
      if (facts.problem !== undefined) return facts;
      const absent = columns.names.flatMap((_, k) => (positions.includes(k) ? [] : [k]));
      return absent.length > 0 ? { ...facts, absent } : facts;
    }),
    first,
    isOneForm,
  };
}

type PlacedPart = UnionPart & {
  /** Of its columns, in the table. */
  readonly positions: readonly number[];
};

/** The head of a text, or why there is nothing in it. */
async function headOf({ file, path }: TextMember): Promise<FileHead | { readonly problem: string }> {
  try {
    const head = await openHead(file);
    const isBlank = head.complete && new TextDecoder('latin1').decode(head.bytes).trim() === '';
    return isBlank ? { problem: `${path} is empty.` } : head;
  } catch (error) {
    if (error instanceof UserError && error.code === 'source/empty') return { problem: `${path} is empty.` };
    throw error;
  }
}

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function append(
  sql: SqlEngine,
  raw: string,
  part: string,
  positions: readonly number[],
): Promise<void> {
  const into = positions.map(columnId).join(', ');
  const from = positions.map((_, i) => columnId(i)).join(', ');
  await sql.query(`INSERT INTO ${raw} (${into}) SELECT ${from} FROM ${part}`);
}

/** Columns of a staged file whose filled cells are numbers alone. */
async function numberColumns(sql: SqlEngine, part: string, { rows, width }: StagedText): Promise<number[]> {
  if (width > MAX_COMPARED || rows.rowCount === 0) return [];
  const { counts, spellings } = rows.nullSpellings;
  const select = Array.from(
    { length: width },
    (_, i) => `count(TRY_CAST(${columnId(i)} AS DOUBLE)) AS n${i}`,
  );
  const found = await queryRow(sql, `SELECT ${select.join(', ')} FROM ${part}`);
  return Array.from({ length: width }, (_, i) => i).filter((i) => {
    const missing = spellings.reduce((sum, _, k) => sum + counts[i * spellings.length + k]!, 0);
    const filled = rows.filled[i]! - missing;
    return filled > 0 && Number(found[`n${i}`]) >= filled;
  });
}

const FIELDS = {
  delimiter: (value: string) => (value === '\t' ? 'separator tab' : `separator “${value}”`),
  encoding: (value: string) => `encoding ${value}`,
  decimal: (value: string) => `decimal mark “${value}”`,
  quote: (value: string) => (value === '' ? 'no quotes' : `quotes ${value}`),
} as const;

/** How a text was read where that is not as another one was; '' = the same way. */
function readingBeside(first: CsvDialect, dialect: CsvDialect): string {
  return (Object.keys(FIELDS) as (keyof typeof FIELDS)[])
    .filter((field) => first[field] !== dialect[field])
    .map((field) => FIELDS[field](dialect[field]))
    .join(', ');
}

async function assertMemory(sql: SqlEngine, share: number): Promise<void> {
  if ((await usedBytes(sql)) > MAX_FILLED * (await memoryLimit(sql))) throw new MemoryFullError(share);
}
