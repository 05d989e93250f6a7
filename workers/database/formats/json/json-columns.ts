import { UserError } from '../../../../src/domain/errors';
import { noteOf } from '../listed';
import { BATCH_ROWS, type ColumnValues, type ReadColumn } from '../table-format';
import { EXACT_NUMBER } from './parse-record';

const MAX_COLUMNS = 4_096;
/** Objects within objects that become columns; what is deeper stays JSON. */
const MAX_DEPTH = 16;
/** Cells of a batch at most, and characters of its texts. */
const MAX_CELLS = 1 << 21;
const MAX_CHARACTERS = 1 << 23;

/** A column of records, with what its values were. */
class JsonColumn implements ReadColumn {
  readonly name: string;
  readonly type = null;
  numbers = 0;
  booleans = 0;
  texts = 0;
  nested = 0;
  values: string[] = [];

  constructor(name: string) {
    this.name = name;
  }

  get isText(): boolean {
    return this.numbers === 0 && this.booleans === 0;
  }
}

/** Turns records into columns, which come as their keys do; objects within become columns called `outer.inner`. */
export class JsonColumns {
  readonly columns: JsonColumn[] = [];
  readonly #byPath = new Map<string, JsonColumn>();
  readonly #file: string;
  #rows = 0;
  #characters = 0;

  /** @param file name, for messages */
  constructor(file: string) {
    this.#file = file;
  }

  /** True if the rows that were added should be taken before the next. */
  get isFull(): boolean {
    return (
      this.#rows >= BATCH_ROWS ||
      this.#characters >= MAX_CHARACTERS ||
      this.#rows * this.columns.length >= MAX_CELLS
    );
  }

  /**
   * @param record a value of any kind: of an array, each value is a column
   * @param names of the values of an array
   * @throws UserError `source/too-large` for too many columns; RangeError for values nested too deep to write
   */
  add(record: unknown, names?: readonly string[]): void {
    if (Array.isArray(record)) {
      for (const [i, value] of record.entries()) this.#put(`[${i}`, names?.[i] ?? '', value, 1);
    } else if (typeof record === 'object' && record !== null) this.#fields(record, '', '', 0);
    else this.#put('', 'value', record, 1);
    this.#rows++;
  }

  /** The rows since the last call. */
  take(): { readonly rowCount: number; readonly columns: ColumnValues[] } {
    const rowCount = this.#rows;
    const columns = this.columns.map((column): ColumnValues => {
      const { values } = column;
      column.values = [];
      return { type: null, values };
    });
    this.#rows = 0;
    this.#characters = 0;
    return { rowCount, columns };
  }

  /** What was decided of columns whose values are not all of one kind. */
  notes(): string[] {
    const named = (holds: (column: JsonColumn) => boolean) =>
      this.columns.filter(holds).map(({ name }) => name);
    const kinds = ({ numbers, booleans, texts }: JsonColumn) =>
      Number(numbers > 0) + Number(booleans > 0) + Number(texts > 0);
    const mixed = 'values of several kinds: numbers, texts or booleans.';
    const nested = 'lists or deep objects, read as JSON text.';
    return [
      ...noteOf(
        named((column) => kinds(column) > 1),
        `holds ${mixed}`,
        `hold ${mixed}`,
      ),
      ...noteOf(
        named((column) => column.nested > 0),
        `holds ${nested}`,
        `hold ${nested}`,
      ),
    ];
  }

  #fields(record: object, path: string, prefix: string, depth: number): void {
    for (const key of Object.keys(record)) {
      const value = (record as Record<string, unknown>)[key];
      this.#put(`${path}\0${key}`, prefix + key, value, depth + 1);
    }
  }

  #put(path: string, name: string, value: unknown, depth: number): void {
    if (typeof value === 'object' && value !== null && !Array.isArray(value) && depth < MAX_DEPTH) {
      const keys = Object.keys(value);
      if (keys.length > 0) {
        this.#fields(value, path, `${name}.`, depth);
        return;
      }
    }
    let column = this.#byPath.get(path);
    if (!column) {
      if (this.columns.length === MAX_COLUMNS) throw tooWide(this.#file);
      column = new JsonColumn(name);
      this.columns.push(column);
      this.#byPath.set(path, column);
    }
    if (value === null || value === undefined) return;
    const text = textOf(column, value);
    column.values[this.#rows] = text;
    this.#characters += text.length;
  }
}

function textOf(column: JsonColumn, value: NonNullable<unknown>): string {
  switch (typeof value) {
    case 'string':
      if (value.startsWith(EXACT_NUMBER)) {
        column.numbers++;
        return value.slice(EXACT_NUMBER.length);
      }
      column.texts++;
      return value.toWellFormed();
    case 'number':
      column.numbers++;
      return String(value);
    case 'boolean':
      column.booleans++;
      return String(value);
    default:
      column.nested++;
      return jsonOf(value);
  }
}

/** As it stood in the file, but for blanks. */
function jsonOf(value: unknown): string {
  const text = JSON.stringify(value);
  return text.includes(EXACT_NUMBER)
    ? text.replaceAll(new RegExp(`"${EXACT_NUMBER}([^"]*)"`, 'g'), '$1')
    : text;
}

function tooWide(file: string): UserError {
  return new UserError(
    'source/too-large',
    `The records of “${file}” have more than ${MAX_COLUMNS} different keys, which is the most columns that can be read. Leave out those you do not need.`,
    { details: { file } },
  );
}
