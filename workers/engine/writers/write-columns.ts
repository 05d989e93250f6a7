import type { ColumnData, ColumnSchema, TextColumn } from '../../../src/domain/column-data';
import { uuidOf } from '../../../src/domain/ids';
import { hash, hashText, toUnit } from '../../../src/domain/random';
import { RARE_LABEL } from '../encoding/categorical';
import type { DecodeDraws } from '../encoding/contract';
import { RareTextDraw } from '../encoding/rare-texts';
import { FakeColumns, type FakePerson } from './fakes/fake-values';
import { KeyTexts } from './key-texts';
import { permuted } from './permute';
import type { Writer, WriterOf } from './writer';

/** Rows to write, and the columns that were drawn for them. */
export interface WrittenBlock {
  /** Number of the first row. */
  readonly row0: number;
  readonly rows: number;
  /** Drawn columns by name. */
  readonly drawn: ReadonlyMap<string, ColumnData>;
}

/**
 * Writes the rows of one column: a function of seed, column and row, and of what was drawn where values follow a person.
 * @param pause called after every so many rows
 */
export type ColumnWriter = (block: WrittenBlock, pause: () => Promise<void>) => Promise<ColumnData>;

/** Rows between two pauses, at up to 50 µs each. */
const ROWS_PER_PAUSE = 1000;

/**
 * Gets the writers of an output ready; what makes values up is loaded here.
 * @param columns writers by the index of their column in the output
 * @param seed of the generation
 * @param rows written in all
 */
export async function openWriters(
  columns: ReadonlyMap<number, { readonly writer: Writer; readonly schema: ColumnSchema }>,
  seed: number,
  rows: number,
): Promise<ReadonlyMap<number, ColumnWriter>> {
  const made = [...columns.values()].flatMap(({ writer }) => (writer.as === 'fake' ? [writer] : []));
  const fakes = made.length > 0 ? await FakeColumns.open(made) : null;
  return new Map(
    Array.from(columns, ([index, { writer, schema }]) => [
      index,
      writer.as === 'fake'
        ? asType(fakeWriter(writer, fakes!, seed, index), schema)
        : plainWriter(writer, schema, { seed, column: index, rows }),
    ]),
  );
}

function plainWriter(
  writer: Exclude<Writer, { as: 'fake' }>,
  { storageType }: ColumnSchema,
  draws: Required<DecodeDraws>,
): ColumnWriter {
  const isText = storageType === 'text' || storageType === 'boolean';
  if (writer.as === 'constant') return async ({ rows }) => constantColumn(writer.value, rows, isText);
  const key = columnKey(draws);
  const isEmpty = emptyRows(key, writer.empty);
  if (writer.as === 'numbers' && !writer.text) {
    return async ({ row0, rows }) => {
      const values = Float64Array.from({ length: rows }, (_, i) => numberOf(writer, key, row0 + i));
      const nulls = writer.empty ? Uint8Array.from(values, (_, i) => Number(isEmpty(row0 + i))) : null;
      return { kind: 'number', values, nulls };
    };
  }
  const text = textOf(writer, draws);
  return ({ row0, rows }, pause) =>
    textColumn(rows, (i) => (isEmpty(row0 + i) ? null : text(row0 + i)), pause);
}

function textOf(
  writer: Exclude<Writer, { as: 'fake' | 'constant' }>,
  draws: Required<DecodeDraws>,
): (row: number) => string {
  const key = columnKey(draws);
  switch (writer.as) {
    case 'forms': {
      const texts = new KeyTexts(writer.forms, key);
      return (row) => texts.text(row);
    }
    case 'uuid':
      return (row) => uuidOf([0, 1, 2, 3].map((part) => hash(key, hashText('primary key'), row, part)));
    case 'pool': {
      const draw = new RareTextDraw(writer, draws);
      return (row) => writer.values[draw.indexOf(row)]!;
    }
    case 'numbers': {
      const { prefix, suffix, width } = writer.text ?? { prefix: '', suffix: '', width: 0 };
      return (row) => `${prefix}${String(numberOf(writer, key, row)).padStart(width, '0')}${suffix}`;
    }
  }
}

function numberOf(
  { start, gap, isScattered, shuffled }: WriterOf<'numbers'>,
  key: number,
  row: number,
): number {
  const first = shuffled > 0 ? Math.floor(row / shuffled) * shuffled : 0;
  const index = shuffled > 0 ? first + permuted(key, row - first, shuffled) : row;
  const within = isScattered ? Math.floor(toUnit(hash(key, index, 3)) * gap) : 0;
  return start + index * gap + within;
}

function fakeWriter(
  writer: WriterOf<'fake'>,
  fakes: FakeColumns,
  seed: number,
  column: number,
): ColumnWriter {
  const isEmpty = emptyRows(columnKey({ seed, column }), writer.empty);
  const fake = fakes.column(writer);
  const persons = hash(seed, hashText('fake person'));
  return ({ row0, rows, drawn }, pause) => {
    const lead = writer.person === undefined ? undefined : drawn.get(writer.person);
    const named = new Map<string, string>();
    const [first, last] = [writer.named?.first, writer.named?.last].map((name) =>
      name === undefined ? undefined : drawn.get(name),
    );
    const own = (row: number): string => {
      const number = row0 + row;
      const called = { first: first && cellOf(first, row), last: last && cellOf(last, row) };
      return fake.value({ seed: hash(persons, number), number, ...called });
    };
    const ofLead = (text: string): string => {
      let value = named.get(text);
      if (value === undefined) {
        value = fake.value(personOf(persons, text));
        named.set(text, value);
      }
      return value;
    };
    const cell = (row: number) => {
      if (isEmpty(row0 + row)) return null;
      const text = lead && cellOf(lead, row);
      // Where too few people are there to invent any, the lead says nothing.
      return text == null || text === RARE_LABEL ? own(row) : ofLead(text);
    };
    return textColumn(rows, cell, pause);
  };
}

/** Numbers where the column is one of numbers: cards that were read as such. */
function asType(write: ColumnWriter, { storageType }: ColumnSchema): ColumnWriter {
  if (storageType !== 'integer') return write;
  return async (block, pause) => {
    const data = await write(block, pause);
    if (data.kind === 'number') return data;
    const numbers = data.dictionary.map((text) => Number(text.replace(/\D/g, '')));
    const nulls = Uint8Array.from(data.codes, (code) => Number(code < 0));
    const values = Float64Array.from(data.codes, (code) => numbers[code] ?? 0);
    return { kind: 'number', values, nulls: nulls.includes(1) ? nulls : null };
  };
}

/** The person of a value of the column that says whose rows they are. */
function personOf(persons: number, text: string): FakePerson {
  const code = hash(persons, hashText(text), hashText(`${text}#`));
  return { seed: code, number: code % 10_000 };
}

function cellOf(data: ColumnData, row: number): string | null {
  if (data.kind === 'text') return data.codes[row]! < 0 ? null : data.dictionary[data.codes[row]!]!;
  return data.nulls?.[row] === 1 ? null : String(data.values[row]);
}

function emptyRows(key: number, empty: number | undefined): (row: number) => boolean {
  return empty ? (row) => toUnit(hash(key, row, 0xe)) < empty : () => false;
}

function columnKey({ seed, column }: DecodeDraws): number {
  return hash(seed, hashText('written column'), column);
}

async function textColumn(
  rows: number,
  text: (index: number) => string | null,
  pause: () => Promise<void>,
): Promise<TextColumn> {
  const codes = new Int32Array(rows);
  const known = new Map<string, number>();
  for (let i = 0; i < rows; i++) {
    if (i % ROWS_PER_PAUSE === ROWS_PER_PAUSE - 1) await pause();
    const value = text(i);
    if (value === null) {
      codes[i] = -1;
      continue;
    }
    const code = known.get(value) ?? known.size;
    known.set(value, code);
    codes[i] = code;
  }
  return { kind: 'text', codes, dictionary: [...known.keys()] };
}

function constantColumn(value: string | number | null, rows: number, isText: boolean): ColumnData {
  if (isText) {
    const isThere = value !== null;
    return {
      kind: 'text',
      codes: new Int32Array(rows).fill(isThere ? 0 : -1),
      dictionary: isThere ? [String(value)] : [],
    };
  }
  const number = typeof value === 'number' ? value : 0;
  return {
    kind: 'number',
    values: new Float64Array(rows).fill(number),
    nulls: value === null ? new Uint8Array(rows).fill(1) : null,
  };
}
