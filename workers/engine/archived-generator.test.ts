import { beforeAll, describe, expect, it } from 'vitest';
import type { ColumnProfile } from '../../src/domain/columns';
import { decideColumns } from '../../src/domain/decide-encoding';
import { UserError } from '../../src/domain/errors';
import { ARCHIVE_PARTS, archiveGenerator, readGenerator } from '../../src/domain/generator-archive';
import type { Generator } from '../../src/domain/generators';
import { RandomStream } from '../../src/domain/random';
import type { CsvDialect } from '../../src/domain/sources';
import { SyntheticTableConfiguration } from '../../src/domain/synthetic-datasets';
import { packArchive } from '../workspace/archive/pack-archive';
import { EngineService } from './engine-service';
import { ArgnModel } from './models/argn/model';
import { loadKernels } from './models/argn/wasm/load-node';
import { WasmBackend } from './models/argn/wasm/wasm-backend';
import type { StoredArtefact } from './models/artefact';
import { createModel as createMarginals } from './models/marginals/model';
import type { Model } from './models/model';
import { type MemoryColumn, MemoryDatabase, profileOf } from './testing/memory-database';
import { TEST_KEY, trainRequest } from './testing/train-request';

const ROWS = 900;
const CITIES = ['Bath', 'Leeds', 'York', 'Ely'];
const COUNTIES = ['Somerset', 'Yorkshire', 'Yorkshire', 'Cambridge'];
/** Values of one to four rows each, or of no column that is learned: none may be in an archive. */
const MARKERS = {
  name: (row: number) => `Quixmarker ${10_000 + 7 * row}x`,
  email: (row: number) => `quix${10_000 + 7 * row}@marker.example`,
  city: 'Markerville',
  county: 'Markershire',
  salary: 987_654_321,
  born: Date.UTC(1871, 4, 3),
  example: 'markertext in a column of numbers',
};

function text(name: string, of: (row: number) => string): MemoryColumn {
  const dictionary: string[] = [];
  const codes = Int32Array.from({ length: ROWS }, (_, row) => {
    const known = dictionary.indexOf(of(row));
    return known >= 0 ? known : dictionary.push(of(row)) - 1;
  });
  return { name, storageType: 'text', data: { kind: 'text', codes, dictionary } };
}

function table(): MemoryColumn[] {
  const random = new RandomStream(7, 'archived');
  const city = Int32Array.from({ length: ROWS }, () => random.below(4));
  const number = (
    name: string,
    storageType: 'integer' | 'date',
    of: (row: number) => number,
  ): MemoryColumn => ({
    name,
    storageType,
    data: { kind: 'number', values: Float64Array.from(city, (_, row) => of(row)), nulls: null },
  });
  return [
    number('id', 'integer', (row) => 70_000_000 + row),
    text('name', MARKERS.name),
    text('email', MARKERS.email),
    text('city', (row) => (row < 3 ? MARKERS.city : CITIES[city[row]!]!)),
    text('county', (row) => (row < 3 ? MARKERS.county : COUNTIES[city[row]!]!)),
    number('salary', 'integer', (row) => (row === 5 ? MARKERS.salary : 20_000 + 7 * random.below(3000))),
    number('born', 'date', (row) =>
      row === 9 ? MARKERS.born : Date.UTC(1960 + random.below(40), random.below(12), 1 + random.below(28)),
    ),
  ];
}

/** As the database fills a profile: with values of the source. */
function profiled(column: MemoryColumn, index: number): ColumnProfile {
  const profile = profileOf(column, index);
  const nearMiss = { type: 'integer', count: 2, example: MARKERS.example, line: 17 } as const;
  return {
    ...profile,
    topValues: [{ value: MARKERS.name(1), count: 1 }],
    nearMiss: column.name === 'salary' ? nearMiss : null,
  };
}

interface Trained {
  readonly generator: Generator;
  readonly stored: StoredArtefact;
}

async function train(model: Model, configuration: object): Promise<Trained> {
  const columns = table();
  const profiles = columns.map(profiled);
  const session = new EngineService(async () => model);
  session.attach(new MemoryDatabase({ source: columns }), () => undefined);
  const request = { ...trainRequest(columns, { primaryKey: 'id', configuration }), profiles };
  const trained = await session.train('train', request);
  const stored = await session.exportModel('model');
  return {
    stored: { ...stored, tensors: stored.tensors.slice() },
    generator: {
      id: 'generator',
      config: { name: `people of ${MARKERS.email(0)}`, randomState: 4, tables: [request.table] },
      tables: [{ modelId: 'model', columns: trained.columns, subject: null, rules: trained.rules }],
      trainingStatus: 'DONE',
      messages: [],
      progress: null,
      backend: null,
      summary: trained.summary,
      metrics: null,
      error: null,
    },
  };
}

async function argn(): Promise<Model> {
  const kernels = await loadKernels();
  return new ArgnModel(async () => new WasmBackend(kernels)) as unknown as Model;
}

/** Every part of an archive as text, and the archive's bytes. */
async function allOf({ generator, stored }: Trained): Promise<string> {
  const archived = archiveGenerator(generator, undefined, '0.1.0');
  const weights = new Blob([stored.tensors as Uint8Array<ArrayBuffer>]);
  const file = await packArchive(
    {
      ...archived,
      parts: [
        ...Object.entries(archived.texts).map(([path, part]) => ({ path, text: part })),
        { path: ARCHIVE_PARTS.model, text: stored.manifest },
        { path: ARCHIVE_PARTS.weights, file: 'weights' },
      ],
    },
    async () => new File([weights], 'weights'),
  );
  const bytes = new TextDecoder('latin1').decode(await file.arrayBuffer());
  return [
    archived.name,
    JSON.stringify(archived.header),
    ...Object.values(archived.texts),
    stored.manifest,
    bytes,
  ].join('\n');
}

/** What a text must not hold, and the way it would look. */
function found(all: string): string[] {
  const numbers = [
    String(MARKERS.salary),
    String(MARKERS.born),
    '1871-05-03',
    String(MARKERS.born / 86_400_000),
  ];
  const own = Array.from({ length: ROWS }, (_, row) => [MARKERS.name(row), MARKERS.email(row)]).flat();
  const texts = [...own, MARKERS.city, MARKERS.county, 'markertext', TEST_KEY];
  const holds = all.toLowerCase();
  return [...texts, ...numbers].filter((marker) => holds.includes(marker.toLowerCase()));
}

describe('the archive of a trained generator', () => {
  let trained: Trained;
  beforeAll(async () => {
    trained = await train(await argn(), { modelSize: 'S', batchSize: 32, maxEpochs: 3 });
  }, 120_000);

  it('holds no row, no value that protection hides and no key', async () => {
    // The markers would be found: they stand in the source.
    const { columns } = trained.generator.tables[0]!;
    expect(JSON.stringify(columns)).not.toContain(MARKERS.example);
    expect(found(JSON.stringify([table(), profiled(table()[1]!, 1)]))).toContain(MARKERS.name(3));
    const all = await allOf(trained);
    expect(all).toContain('Yorkshire');
    expect(found(all)).toEqual([]);
  });

  it('of the private model neither', async () => {
    const marginals = await train(createMarginals() as unknown as Model, {
      model: 'marginals',
      maxEpsilon: 3,
    });
    expect(found(await allOf(marginals))).toEqual([]);
  }, 120_000);

  it('shows no count of fewer than 8 rows', () => {
    const rule = { kind: 'inequality', low: 'salary', high: 'born', strict: false } as const;
    const rules = [{ rule, applicable: 900, kept: 898, source: 'found', state: 'partly' }] as const;
    const [table] = trained.generator.tables;
    const { texts } = archiveGenerator(
      { ...trained.generator, tables: [{ ...table!, rules }] },
      undefined,
      '0.1.0',
    );
    const [read] = JSON.parse(texts[ARCHIVE_PARTS.columns]!).tables;
    expect(read.rules[0]).toMatchObject({ applicable: 900, kept: 900 });
  });

  it('is read as it was written, and written again as it was read', () => {
    const source = { name: 'people.csv', dialect: DIALECT };
    const { header, texts } = archiveGenerator(trained.generator, source, '0.1.0');
    const all = { ...texts, [ARCHIVE_PARTS.model]: trained.stored.manifest };
    const { table, ...read } = readGenerator('x.zip', header, all);
    expect(read.summary).toEqual(JSON.parse(JSON.stringify(trained.generator.summary)));
    expect(read.imported).toEqual({
      file: 'x.zip',
      app: '0.1.0',
      source: { file: 'people.csv', dialect: DIALECT },
    });
    expect(read.config.tables[0]).toEqual(trained.generator.config.tables[0]);
    expect(table.columns.map(({ name }) => name)).toEqual(
      trained.generator.tables[0]!.columns.map(({ name }) => name),
    );
    const again = archiveGenerator(
      { ...trained.generator, ...read, tables: [{ ...table, modelId: 'other' }] },
      source,
      '0.1.0',
    );
    const parsed = (all: Readonly<Record<string, string>>) =>
      Object.entries(all).map(([path, part]) => [path, JSON.parse(part)]);
    expect(parsed(again.texts)).toEqual(parsed(texts));
  });

  it('opens in another engine and draws the same rows', async () => {
    const draw = async (stored: StoredArtefact) => {
      const session = new EngineService(argn);
      session.attach(new MemoryDatabase({}), () => undefined);
      await session.importModel('copy', stored);
      const configuration = SyntheticTableConfiguration.parse({});
      return session.probe('probe', { modelId: 'copy', rows: 20, randomState: 3, configuration });
    };
    expect((await draw(trained.stored)).rows).toEqual((await draw(trained.stored)).rows);
  });

  it.each([
    [ARCHIVE_PARTS.configuration, '{"generator":{"name":""}}', 'generator.name'],
    [ARCHIVE_PARTS.configuration, '{}', 'no generator of one table'],
    [ARCHIVE_PARTS.configuration, '{"unknown":1}', 'unknown'],
    [ARCHIVE_PARTS.columns, '{"tables":[]}', 'at tables'],
    [ARCHIVE_PARTS.log, '{}', 'at the top level'],
    [ARCHIVE_PARTS.log, 'no JSON', 'it is no JSON'],
    [ARCHIVE_PARTS.summary, '{"backend":1}', 'at backend'],
    [ARCHIVE_PARTS.metrics, '{"accuracy":{}}', 'at accuracy'],
    [ARCHIVE_PARTS.model, '{"format":2}', 'at model'],
  ])('with a %s of %j is refused', (path, part, where) => {
    const { header, texts } = archiveGenerator(trained.generator, undefined, '0.1.0');
    const all = { ...texts, [ARCHIVE_PARTS.model]: trained.stored.manifest, [path]: part };
    let refusal: unknown;
    try {
      readGenerator('x.zip', header, all);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(UserError);
    expect((refusal as UserError).message).toContain(`“x.zip” holds a “${path}”`);
    expect((refusal as UserError).message).toContain(where);
  });

  it('names the decision of each column without what it was decided by', () => {
    const columns = table().map(profiled);
    const decided = decideColumns(columns, {
      columns: [],
      primaryKey: null,
      subjectColumns: null,
      valueProtection: true,
    });
    expect(decided.some(({ decision }) => decision.evidence.length > 0)).toBe(true);
    const { texts } = archiveGenerator(trained.generator, undefined, '0.1.0');
    expect(texts[ARCHIVE_PARTS.columns]).not.toContain('evidence');
  });
});

const DIALECT: CsvDialect = {
  encoding: 'utf-8',
  delimiter: ',',
  quote: '"',
  header: true,
  skipLines: 0,
  decimal: '.',
  nullValues: [''],
};
