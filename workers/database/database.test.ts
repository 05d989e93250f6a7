import { beforeAll, describe, expect, it } from 'vitest';
import type { ColumnData } from '../../src/domain/column-data';
import { UserError } from '../../src/domain/errors';
import type { StepEvent } from '../../src/domain/job';
import { RECORD_VERSION, wrongWith } from '../../src/domain/records';
import { ALL_ROWS, type RowSelection, selectRows } from '../../src/domain/split';
import { Database } from './database';
import type { Files } from './datasets/dataset-shelf';
import type { RenewableEngine } from './duckdb/renewed-engine';
import { sharedEngine } from './testing/shared-engine';

let sql: RenewableEngine;
beforeAll(async () => {
  sql = await sharedEngine();
});

/** Files as lists of parts; a worker may import no more of the file store than its protocol. */
function memoryFiles(): Files {
  const files = new Map<string, { name: string; parts: Uint8Array<ArrayBuffer>[] }>();
  const entry = (id: string) => files.get(id) ?? { name: '', parts: [] };
  return {
    create: async (name) => {
      const id = `file ${files.size}`;
      files.set(id, { name, parts: [] });
      return id;
    },
    append: async (id, bytes) => {
      entry(id).parts.push(bytes);
    },
    close: async (id) => new Blob(entry(id).parts).size,
    mark: async (id) => new Blob(entry(id).parts).size,
    reopen: async (id, bytes) => {
      const whole = new Uint8Array(await new Blob(entry(id).parts).arrayBuffer());
      files.set(id, { name: entry(id).name, parts: [whole.slice(0, bytes)] });
    },
    read: async (id) => new File(entry(id).parts, entry(id).name),
    remove: async (id) => {
      files.delete(id);
    },
  };
}

async function readColumn(database: Database, tableId: string, name: string, rows: RowSelection) {
  const [column] = await database.peer.readParts(tableId, name, [rows]);
  return column!;
}

function open() {
  const events: StepEvent[] = [];
  const database = new Database(sql, memoryFiles(), (event) => event.type === 'step' && events.push(event));
  return { database, events };
}

/** A source with a table of the same name. */
const idsOf = (name: string) => ({ sourceId: `source of ${name}`, tableId: name });

const CSV = `id,"<b>name</b>",price,when,member
1,"Ann ""A""",1.5,2020-01-02,true
2,,-7,2020-02-03 04:05:06,false
3,"=1+1, no",,,true
4,Ann,1e300,2021-01-01,
`;
const csvFile = (text = CSV, name = 'people.csv') => new File([text], name);
const PLAIN = { neutraliseFormulas: false };

function plain(column: ColumnData): unknown[] {
  return column.kind === 'text'
    ? Array.from(column.codes, (code) => (code < 0 ? null : column.dictionary[code]))
    : Array.from(column.values, (value, row) => (column.nulls?.[row] ? null : value));
}

describe('sources', () => {
  it('are imported with progress in bytes and profile', async () => {
    const { database, events } = open();
    const source = await database.importSource('job', idsOf('people'), csvFile(), {});
    expect(source).toMatchObject({ id: 'source of people', name: 'people.csv', byteSize: CSV.length });
    expect(source.tables).toHaveLength(1);
    expect(source.tables[0]).toMatchObject({ id: 'people', name: 'people', rowCount: 4, rejectedCount: 0 });
    expect(source.tables[0]!.columns.map(({ storageType }) => storageType)).toEqual([
      'integer',
      'text',
      'float',
      'datetime',
      'boolean',
    ]);
    expect(events.at(-1)!.step).toMatchObject({
      code: 'IMPORT_DATA',
      status: 'DONE',
      unit: 'bytes',
      value: CSV.length,
    });
    const values = events.map(({ step }) => step.value);
    expect(values).toEqual([...values].sort((a, b) => a - b));
  });

  it('can be previewed, described and read by column', async () => {
    const { database } = open();
    await database.importSource('job', idsOf('people'), csvFile(), {});
    const preview = await database.preview('people', 1, 2);
    expect(preview).toMatchObject({ offset: 1, rowCount: 4 });
    expect(preview.rows).toEqual([
      ['2', null, '-7', '2020-02-03 04:05:06', 'false'],
      ['3', '=1+1, no', null, null, 'true'],
    ]);
    const { rowCount, columns } = await database.peer.describe('people');
    expect([rowCount, columns[1]]).toEqual([
      4,
      { name: '<b>name</b>', originalName: '<b>name</b>', storageType: 'text' },
    ]);
    const read = async (name: string) => plain(await readColumn(database, 'people', name, ALL_ROWS));
    expect(await read('price')).toEqual([1.5, -7, null, 1e300]);
    expect(await read('<b>name</b>')).toEqual(['Ann "A"', null, '=1+1, no', 'Ann']);
    expect(await read('member')).toEqual(['true', 'false', 'true', null]);
    expect(await read('when')).toEqual([
      Date.UTC(2020, 0, 2),
      Date.UTC(2020, 1, 3, 4, 5, 6),
      null,
      Date.UTC(2021, 0, 1),
    ]);
  });

  it('serve the rows of a selection, and no value of any other row', async () => {
    const { database } = open();
    const lines = Array.from({ length: 5_000 }, (_, i) => `${i},w${i},${i % 7 === 0 ? '' : i / 2}`);
    await database.importSource('job', idsOf('rows'), csvFile(`n,w,x\n${lines.join('\n')}\n`), {});
    const selection: RowSelection = {
      part: 'validation',
      seed: 3,
      validationShare: 0.1,
      maxValidation: null,
      maxSampleSize: 2_000,
    };
    const expected = [...selectRows(5_000, selection)];
    expect(plain(await readColumn(database, 'rows', 'n', selection))).toEqual(expected);
    const words = (await readColumn(database, 'rows', 'w', selection)) as Extract<
      ColumnData,
      { kind: 'text' }
    >;
    expect(words.dictionary).toEqual(expected.map((row) => `w${row}`));
    expect(plain(await readColumn(database, 'rows', 'x', selection))).toEqual(
      expected.map((row) => (row % 7 === 0 ? null : row / 2)),
    );
    const training = plain(await readColumn(database, 'rows', 'n', { ...selection, part: 'training' }));
    expect(new Set([...training, ...expected]).size).toBe(2_000);
  });

  it('serve the rows of a person together, and say whose they are', async () => {
    const { database } = open();
    const lines = Array.from({ length: 300 }, (_, i) => `${i},p${i % 60}@example.org`);
    await database.importSource('job', idsOf('rows'), csvFile(`n,email\n${lines.join('\n')}\n`), {});
    const common = { seed: 3, validationShare: 0.2, maxValidation: null, maxSampleSize: null };
    const parts = (['training', 'validation'] as const).map(
      (part): RowSelection => ({ ...common, part, subjectColumns: ['email'] }),
    );
    const [training, validation] = await database.peer.readSubjects('rows', parts);
    expect(training!.length + validation!.length).toBe(300);
    expect(new Set(validation!).size).toBe(12);
    expect([...validation!].some((subject) => training!.includes(subject))).toBe(false);
    const rows = plain(await readColumn(database, 'rows', 'n', parts[1]!));
    expect(rows.map((n) => Number(n) % 60)).toEqual([...validation!]);
  });

  it('of a newer version are held back only if no model has learned them', async () => {
    const { database } = open();
    const csv = (from: number, to: number) =>
      csvFile(`n,town\n${Array.from({ length: to - from }, (_, i) => `${from + i},t${i % 7}`).join('\n')}\n`);
    await database.importSource('job', idsOf('older'), csv(0, 200), {});
    await database.importSource('job', idsOf('newer'), csv(70, 310), {});
    const split = { seed: 3, validationShare: 0.2, maxValidation: null, maxSampleSize: null };
    const read = async (tableId: string, part: RowSelection['part'], fields: Partial<RowSelection> = {}) =>
      plain(await readColumn(database, tableId, 'n', { ...split, part, ...fields })) as number[];
    const continues = { tableId: 'older', rows: { ...split, part: 'training' }, knownBy: ['n'] } as const;
    const learned = new Set(await read('older', 'training'));
    const validation = await read('newer', 'validation', { continues });
    expect(validation).toHaveLength(48);
    expect(validation.filter((n) => learned.has(n))).toEqual([]);
    expect((await read('newer', 'validation')).some((n) => learned.has(n))).toBe(true);
    const before = (await read('older', 'validation')).filter((n) => n >= 70);
    expect(before.filter((n) => !validation.includes(n))).toEqual([]);
    const training = await read('newer', 'training', { continues });
    expect([...training, ...validation].sort((a, b) => a - b)).toEqual(
      Array.from({ length: 240 }, (_, i) => 70 + i),
    );
    // Another file under the same id is another table.
    await database.importSource('job', idsOf('older'), csv(300, 310), {});
    expect((await read('newer', 'validation', { continues })).length).toBe(48);
    expect((await read('newer', 'validation', { continues })).some((n) => learned.has(n))).toBe(true);
  });

  it('are of nobody by a column that the table does not have', async () => {
    const { database } = open();
    await database.importSource('job', idsOf('rows'), csvFile('n,email\n1,a@example.org\n'), {});
    const part: RowSelection = { ...ALL_ROWS, subjectColumns: ['email', 'phone'] };
    await expect(database.peer.readSubjects('rows', [part])).rejects.toThrow('has no column “phone”');
    await expect(database.peer.readParts('rows', 'n', [part])).rejects.toThrow('has no column “phone”');
  });

  it('keep people together when the file is read again and others have the same rows', async () => {
    const { database } = open();
    const selection: RowSelection = {
      ...ALL_ROWS,
      part: 'validation',
      validationShare: 0.2,
      subjectColumns: ['email'],
    };
    const peopleIn = async (count: number) => {
      const lines = Array.from({ length: 300 }, (_, i) => `${i},p${i % count}@example.org`);
      await database.importSource('job', idsOf('rows'), csvFile(`n,email\n${lines.join('\n')}\n`), {});
      const rows = plain(await readColumn(database, 'rows', 'n', selection));
      return rows.length / new Set(rows.map((n) => Number(n) % count)).size;
    };
    expect([await peopleIn(60), await peopleIn(50)]).toEqual([5, 6]);
  });

  it('stay as they were when a later import fails or is cancelled', async () => {
    const { database, events } = open();
    await database.importSource('one', idsOf('people'), csvFile(), {});
    await expect(
      database.importSource('two', idsOf('people'), csvFile('\0\x01\x02\0', 'bad'), {}),
    ).rejects.toThrow('is not text');
    expect(events.at(-1)!.step.status).toBe('FAILED');
    const running = database.importSource('three', idsOf('people'), csvFile('a\n1\n'), {});
    database.cancel('three');
    await expect(running).rejects.toMatchObject({ code: 'canceled' });
    expect(events.at(-1)!.step.status).toBe('CANCELED');
    expect((await database.preview('people', 0, 1)).rows[0]![1]).toBe('Ann "A"');
    await database.importSource('four', idsOf('people'), csvFile('a\n1\n'), {});
    expect((await database.preview('people', 0, 9)).rows).toEqual([['1']]);
  });

  it('are sniffed without being kept', async () => {
    const { database } = open();
    const { dialect, preview } = await database.sniff(csvFile('a;b\n1,5;x\n'), {});
    expect([dialect.delimiter, dialect.decimal, preview.rows]).toEqual([';', ',', [['1.5', 'x']]]);
    const other = await database.sniff(csvFile('a;b\n1;x\n'), { delimiter: ',' });
    expect(other.preview.columns).toEqual(['a;b']);
  });

  it('are gone when dropped', async () => {
    const { database } = open();
    await database.importSource('job', idsOf('people'), csvFile(), {});
    await database.dropTable('people');
    await expect(database.preview('people', 0, 1)).rejects.toThrow('no longer in memory');
    await expect(readColumn(database, 'people', 'id', ALL_ROWS)).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});

describe('datasets', () => {
  async function copy(database: Database, rows = 4) {
    await database.importSource('job', idsOf('people'), csvFile(), {});
    const { columns } = await database.peer.describe('people');
    await database.peer.beginDataset({
      tableId: 'copy',
      fileName: 'copy.parquet',
      columns,
      expectedRows: rows,
    });
    const block = () =>
      Promise.all(columns.map(({ name }) => readColumn(database, 'people', name, ALL_ROWS)));
    for (let sent = 0; sent < rows; sent += 4) await database.peer.appendRows('copy', await block());
    return database.peer.finishDataset('copy');
  }

  it('come back as Parquet, CSV, preview and table', async () => {
    const { database, events } = open();
    const { rows, parquetBytes } = await copy(database);
    const { file: parquet } = await database.download('d1', 'copy', { format: 'parquet', csv: PLAIN });
    expect([rows, parquet.name, parquet.size]).toEqual([4, 'copy.parquet', parquetBytes]);
    const { file: csv } = await database.download('d2', 'copy', { format: 'csv', csv: PLAIN });
    expect(csv.name).toBe('copy.csv');
    expect(await csv.text()).toBe(
      [
        'id,<b>name</b>,price,when,member',
        '1,"Ann ""A""",1.5,2020-01-02 00:00:00,true',
        '2,,-7,2020-02-03 04:05:06,false',
        '3,"=1+1, no",,,true',
        '4,Ann,1e+300,2021-01-01 00:00:00,',
        '',
      ].join('\r\n'),
    );
    expect(events.at(-1)!.step).toMatchObject({
      code: 'DELIVER_DATA',
      status: 'DONE',
      unit: 'rows',
      value: 4,
    });
    const { file: safe } = await database.download('d3', 'copy', {
      format: 'csv',
      csv: { neutraliseFormulas: true },
    });
    expect(await safe.text()).toContain(`"'=1+1, no"`);
    expect((await database.preview('copy', 0, 10)).rows).toEqual(
      (await database.preview('people', 0, 10)).rows,
    );
    expect(plain(await readColumn(database, 'copy', 'price', ALL_ROWS))).toEqual([1.5, -7, null, 1e300]);
  });

  it('import again from their CSV as the same table', async () => {
    const { database } = open();
    await copy(database);
    const { file: csv } = await database.download('d', 'copy', { format: 'csv', csv: PLAIN });
    await database.importSource('again', idsOf('again'), csv, {});
    expect((await database.preview('again', 0, 10)).rows).toEqual(
      (await database.preview('people', 0, 10)).rows,
    );
  });

  it('lose nothing where there is no space for their CSV, which is written once there is', async () => {
    const files = memoryFiles();
    const written = new Set<string>();
    let failing: 'create' | 'append' | 'close' | null = null;
    const unless = (call: typeof failing) => {
      if (failing === call) throw new UserError('storage/full', 'The disk is full.');
    };
    const limited: Files = {
      ...files,
      create: async (name, type) => {
        unless('create');
        const id = await files.create(name, type);
        written.add(id);
        return id;
      },
      append: async (id, bytes) => {
        unless('append');
        await files.append(id, bytes);
      },
      close: async (id) => {
        unless('close');
        return files.close(id);
      },
      remove: async (id) => {
        written.delete(id);
        await files.remove(id);
      },
    };
    const database = new Database(sql, limited, () => undefined);
    await copy(database);
    for (failing of ['create', 'append', 'close'] as const) {
      await expect(database.download('full', 'copy', { format: 'csv', csv: PLAIN })).rejects.toMatchObject({
        code: 'storage/full',
      });
      expect(written.size, failing).toBe(1);
      const { file } = await database.download('parquet', 'copy', { format: 'parquet', csv: PLAIN });
      expect(file.size).toBeGreaterThan(0);
    }
    failing = null;
    const { file } = await database.download('again', 'copy', { format: 'csv', csv: PLAIN });
    expect(await file.text()).toContain('4,Ann,1e+300');
    expect(written.size).toBe(2);
  });

  it('have no file before they are finished nor after they are aborted', async () => {
    const { database } = open();
    await copy(database);
    await database.peer.abortDataset('copy');
    await expect(database.download('d', 'copy', { format: 'parquet', csv: PLAIN })).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(database.peer.appendRows('copy', [])).rejects.toMatchObject({ code: 'not-found' });
    await expect(database.preview('copy', 0, 1)).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('what a record keeps of a source', () => {
  it.each([
    ['names', CSV],
    ['no names', 'x1,2\nx2,3\nx3,4\n'],
    ['one column', 'a\n1\n2\n\n3\n'],
    ['decimal commas and spellings of no value', 'a;b\n1,5;x\nNA;y\nn/a;-\n2,25;?\n'],
    ['lines before the names, and one cut short', '# made today\n\na,b,c\n1,2,3\n4,5\n6,7,8\n'],
    ['names that are there twice', 'a,a,\n1,2,3\n4,5,6\n'],
  ])('has its form, and its file read by it is the same table again: %s', async (_, text) => {
    const { database } = open();
    const first = await database.importSource('first', idsOf('t'), csvFile(text), {});
    expect(wrongWith('source', RECORD_VERSION, structuredClone(first))).toBeNull();
    const rows = await database.preview('t', 0, 100);
    const again = await database.importSource('again', idsOf('t'), csvFile(text), first.dialect);
    expect(again.tables).toEqual(first.tables);
    expect(await database.preview('t', 0, 100)).toEqual(rows);
  });
});
