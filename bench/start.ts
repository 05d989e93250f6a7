import { openApp, withKeptApp } from './browser-profile';
import { median } from './table/sandwich';
import { optionOf, print } from './terminal';

/** Readings of the memory: the median of so many is told. */
const READINGS = 5;

/** Resources of each kind that the first screen shows. */
const SHOWN = 5;

/**
 * How soon the lists of a full workspace answer, and the memory they take, in a new browser process each time: of none, of
 * as many resources as the first screen shows – what its lines take and the code that draws them – and of all.
 * `npm run bench -- start [--resources 200] [--gigabytes 5] [--rounds 3]`
 */
export async function run(args: readonly string[]): Promise<void> {
  const resources = Number(optionOf(args, 'resources') ?? 200);
  const bytes = Number(optionOf(args, 'gigabytes') ?? 5) * 1e9;
  const rounds = Number(optionOf(args, 'rounds') ?? 3);
  await withKeptApp(
    'start',
    async ({ url, open }) => {
      const measure = async (what: string) => {
        const readings: number[] = [];
        for (let round = 0; round < rounds; round++) {
          const line = await open(async (page) => {
            const started = performance.now();
            await page.goto(url);
            await page.waitForFunction(() => window.doppelgrid?.workspace.isOpen(), null, { polling: 5 });
            const ready = performance.now() - started;
            const busy = await page.evaluate(untilIdle);
            const { counts, bytes } = await page.evaluate(describe, READINGS);
            readings.push(median(bytes));
            const memory = `${(readings.at(-1)! / 1e6).toFixed(2)} MB`;
            return [what, `${Math.round(ready)} ms`, `${Math.round(busy)} ms`, counts, memory];
          });
          print(line.join(' | '));
        }
        return median(readings);
      };
      print(
        'workspace | lists are there after | and the page answers after | resources | memory of page and workers',
      );
      await open((page) => openApp(page, url));
      const none = await measure('empty');
      const originals = await open(async (page) => {
        await openApp(page, url);
        return page.evaluate(makeOneOfEach, tableOf(5_000));
      });
      const add = (times: number, bytes: number) =>
        open(async (page) => {
          await openApp(page, url);
          await page.evaluate(multiply, { originals, times, bytes });
        });
      await add(SHOWN - 1, 0);
      const few = await measure(`${4 * SHOWN} resources`);
      await add(Math.ceil(resources / 4) - SHOWN, bytes);
      const all = await measure(`${resources} resources, ${bytes / 1e9} GB`);
      const each = (all - few) / (resources - 4 * SHOWN);
      print(
        `memory: ${(none / 1e6).toFixed(2)} MB without, ${((all - none) / 1e6).toFixed(2)} MB more with all: ${(each / 1e3).toFixed(1)} kB each, ${((few - none - 4 * SHOWN * each) / 1e6).toFixed(2)} MB for what the first screen shows`,
      );
    },
    ['--enable-blink-features=ForceEagerMeasureMemory'],
  );
}

/** Runs in the page: a source, a model, rows and their report. @returns ids of all records of them */
async function makeOneOfEach(text: string): Promise<string[]> {
  const { generators, jobs, reports, sources, syntheticDatasets, workspace } = window.doppelgrid;
  const source = await sources.create({ name: 'table.csv', text });
  const { config } = generators.propose(source.id);
  Object.assign(config.tables[0]!.tabularModelConfiguration, { maxEpochs: 3 });
  const generator = await generators.train(generators.create(config).id);
  await syntheticDatasets.generate(syntheticDatasets.create(syntheticDatasets.propose(generator.id)).id);
  await workspace.flush();
  const shelves = [sources, generators, syntheticDatasets, reports, jobs];
  return shelves.flatMap((shelf) => shelf.list().map(({ id }) => id));
}

/**
 * Runs in the page: writes copies of the original records past the app, and gives every source a file of its share of bytes and
 * every report one of charts.
 */
async function multiply(given: {
  originals: readonly string[];
  times: number;
  bytes: number;
}): Promise<void> {
  const { originals, times, bytes } = given;
  const { reports, workspace } = window.doppelgrid;
  const done = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const db = await done(indexedDB.open('doppelgrid'));
  const everything = await done(db.transaction('records').objectStore('records').getAll());
  const records = everything.filter(({ id }) => originals.includes(id));
  const [known] = await done(db.transaction('files').objectStore('files').getAll());
  const root = await navigator.storage.getDirectory();
  const folders: FileSystemDirectoryHandle[] = [];
  for await (const handle of root.values())
    if (handle.kind === 'directory') folders.push(handle as FileSystemDirectoryHandle);
  const share = Math.floor(bytes / times);
  const charts = await workspace.file(reports.list().find(({ id }) => originals.includes(id))!.charts!);
  const write = async (work: (writer: FileSystemWritableFileStream) => Promise<void>) => {
    const id = crypto.randomUUID();
    const handle = await (folders[0] ?? root).getFileHandle(id, { create: true });
    const writer = await handle.createWritable();
    await work(writer);
    await writer.close();
    return id;
  };
  for (let copy = 0; copy < times; copy++) {
    const file = await write((writer) => writer.truncate(share));
    const chartsFile = await write((writer) => writer.write(charts));
    const ids = new Map<string, string>(records.map(({ id }) => [id, crypto.randomUUID()]));
    const renamed = (value: unknown) =>
      JSON.parse([...ids].reduce((text, [from, to]) => text.replaceAll(from, to), JSON.stringify(value)));
    const transaction = db.transaction(['records', 'files'], 'readwrite');
    transaction.objectStore('files').put({ ...known, id: file, bytes: share });
    transaction.objectStore('files').put({ ...known, id: chartsFile, bytes: charts.size });
    for (const record of records) {
      const value = renamed(record.value);
      const own: Record<string, { readonly [field: string]: string }> = {
        source: { file },
        report: { charts: chartsFile },
      };
      const named = own[record.kind] ?? {};
      transaction.objectStore('records').put({
        ...record,
        ...{ id: ids.get(record.id), files: Object.values(named), value: { ...value, ...named } },
      });
    }
    await new Promise((resolve) => {
      transaction.oncomplete = resolve;
    });
  }
  db.close();
}

/** Runs in the page: milliseconds since its start until its thread has nothing to do. */
async function untilIdle(): Promise<number> {
  await new Promise((resolve) => requestIdleCallback(resolve));
  return performance.now();
}

/** Runs in the page: how many resources of each kind and bytes are kept, and readings of the memory after its garbage is gone. */
async function describe(times: number): Promise<{ counts: string; bytes: number[] }> {
  const { generators, reports, sources, syntheticDatasets, workspace } = window.doppelgrid;
  const lists = [sources, generators, syntheticDatasets, reports].map((shelf) => shelf.list().length);
  const gauge = performance as unknown as { measureUserAgentSpecificMemory(): Promise<{ bytes: number }> };
  const readings: number[] = [];
  for (let reading = 0; reading < times; reading++) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    readings.push((await gauge.measureUserAgentSpecificMemory()).bytes);
  }
  const { files } = await workspace.usage();
  const kept = files.reduce((sum, file) => sum + file.bytes, 0);
  return { counts: `${lists.join('+')}, ${(kept / 1e9).toFixed(2)} GB kept`, bytes: readings };
}

/** A table of six columns. */
function tableOf(rows: number): string {
  const lines = Array.from({ length: rows }, (_, row) => {
    const a = (row * 7919) % 97;
    return `${a},${a * 3 + (row % 5)},${'wxyz'[a % 4]},${['north', 'south', 'east'][row % 3]},${row % 2},${(row * 31) % 1000}`;
  });
  return `age,amount,code,region,flag,rest\n${lines.join('\n')}\n`;
}
