/** A table within a JSON document: its name there, and its records. */
export interface DocumentTable {
  readonly name: string;
  readonly rowCount: number;
  records(): Iterable<unknown>;
  /** Of records that are arrays. */
  readonly names?: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

/** How deep tables are looked for. */
const MAX_DEPTH = 4;
const MAX_TABLES = 200;

/**
 * The tables of a document that is one object: lists of records under any of its keys, one list a column, pandas'
 * `orient` split, columns and index, an object of records by key; else the object is the only row.
 */
export function documentTables(document: Fields): DocumentTable[] {
  const columns = columnsOf(document);
  if (columns) return [columns];
  const lists = listsOf(document);
  if (lists.length > 0) return lists;
  return [objectOfObjects(document) ?? { name: '', rowCount: 1, records: () => [document] }];
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `{"columns": [...], "data": [[...], ...]}`, and `{"a": [...], "b": [...]}` of one length. */
function columnsOf(document: Fields): DocumentTable | null {
  const { columns, data } = document;
  if (Array.isArray(columns) && Array.isArray(data) && data.every(Array.isArray)) {
    return { name: '', rowCount: data.length, records: () => data, names: columns.map(String) };
  }
  const keys = Object.keys(document);
  const lists = keys.map((key) => document[key]);
  if (!lists.every(Array.isArray) || lists.length === 0) return null;
  const [first] = lists as unknown[][];
  if (!(lists as unknown[][]).every(({ length }) => length === first!.length)) return null;
  // Lists of records are tables of their own.
  if (first!.length === 0 || (lists as unknown[][]).every((list) => list.every(isFields))) return null;
  return {
    name: '',
    rowCount: first!.length,
    *records() {
      for (let row = 0; row < first!.length; row++) yield (lists as unknown[][]).map((list) => list[row]);
    },
    names: keys,
  };
}

/** Lists of records, or of rows, wherever they stand; the longest first. */
function listsOf(document: Fields): DocumentTable[] {
  const found: DocumentTable[] = [];
  const search = (value: Fields, path: readonly string[]) => {
    for (const key of Object.keys(value)) {
      const inner = value[key];
      const own = [...path, key];
      if (Array.isArray(inner) && inner.length > 0 && found.length < MAX_TABLES) {
        if (inner.some(isFields)) {
          found.push({ name: own.join('.'), rowCount: inner.length, records: () => inner });
        }
      } else if (isFields(inner) && own.length < MAX_DEPTH) search(inner, own);
    }
  };
  search(document, []);
  return found.sort((a, b) => b.rowCount - a.rowCount);
}

const isNumber = (key: string) => /^\d+$/.test(key);

/** pandas' `{"a": {"0": …}}` and `{"0": {"a": …}}`, or records by a key of their own. */
function objectOfObjects(document: Fields): DocumentTable | null {
  const keys = Object.keys(document);
  const values = keys.map((key) => document[key]);
  if (!values.every(isFields) || keys.length === 0) return null;
  const inner = Object.keys(values[0] as Fields);
  if (inner.length === 0) return null;
  if (inner.every(isNumber) && !keys.every(isNumber)) {
    const rows = [...new Set((values as Fields[]).flatMap((column) => Object.keys(column)))];
    return {
      name: '',
      rowCount: rows.length,
      *records() {
        for (const row of rows) yield (values as Fields[]).map((column) => own(column, row));
      },
      names: keys,
    };
  }
  const isShared = (record: Fields) =>
    inner.filter((key) => Object.hasOwn(record, key)).length >= inner.length / 2;
  if (keys.length < 2 || !(values as Fields[]).every(isShared)) return null;
  const isCounted = keys.every((key, i) => key === String(i));
  return {
    name: '',
    rowCount: keys.length,
    *records() {
      for (const [i, key] of keys.entries()) yield isCounted ? values[i] : withKey(key, values[i] as Fields);
    },
  };
}

function own(fields: Fields, key: string): unknown {
  return Object.hasOwn(fields, key) ? fields[key] : null;
}

/** A record with the key that it stood under, unless it has one of that name. */
function withKey(key: string, record: Fields): Fields {
  return Object.hasOwn(record, 'key') ? record : { key, ...record };
}
