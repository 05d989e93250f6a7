import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ARCHIVE_PARTS, archiveGenerator, readGenerator } from './generator-archive';
import { type Generator, GeneratorConfig, sourceSentence, type TrainingSummary } from './generators';
import { maskData } from './names-of-data';

const MODEL = JSON.stringify({
  format: 2,
  model: 'argn',
  output: [{ role: 'feature', schema: { name: 'a', originalName: 'a', storageType: 'text' } }],
  kept: { rules: [] },
  content: {},
  tensors: { bytes: 0, sha256: '' },
});

const SUMMARY: TrainingSummary = {
  ...{ backend: 'wasm', adapter: 'WASM SIMD', parameters: 3, seconds: 1, peakMemory: 0 },
  ...{ rows: { training: 90, validation: 10 }, stoppedBy: 'completed', passes: null, generationOrder: null },
  privacyGuard: null,
};

function generator(fields: Partial<Generator> = {}, config: object = {}): Generator {
  const table = { name: 'people', sourceId: 's', tableId: 't', columns: [{ name: 'a' }] };
  const decision = { included: true, encodingType: 'TABULAR_CATEGORICAL', role: 'feature' } as const;
  return {
    id: 'g',
    config: GeneratorConfig.parse({ name: 'people', randomState: 1, tables: [table], ...config }),
    tables: [
      {
        modelId: 'm',
        columns: [{ name: 'a', originalName: 'a', decision: { ...decision, evidence: '12 values.' } }],
        subject: null,
        rules: [],
      },
    ],
    ...{ trainingStatus: 'DONE', messages: [], progress: null, backend: null, metrics: null, error: null },
    summary: SUMMARY,
    ...fields,
  };
}

function roundTrip(given: Generator) {
  const { header, texts } = archiveGenerator(given, undefined, '0.1.0');
  return readGenerator('x.zip', header, { ...texts, [ARCHIVE_PARTS.model]: MODEL });
}

const loss = fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0));
const messages = fc.array(
  fc.record({
    epoch: fc.nat(),
    isCheckpoint: fc.boolean(),
    steps: fc.nat(),
    samples: fc.nat(),
    trainingLoss: loss,
    validationLoss: loss,
    totalTime: fc.nat(),
    learningRate: fc.constant(0.001),
  }),
);

describe('a generator and its archive', () => {
  it('are the same, whatever its names, description and log', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 256, unit: 'grapheme' }).filter(({ length }) => length <= 256),
        fc.string({ maxLength: 100 }),
        messages,
        (name, description, log) => {
          fc.pre(maskData(name) === name);
          const given = generator({ messages: log }, { name, description });
          const read = roundTrip(given);
          expect(read.config).toEqual(given.config);
          expect(read.messages).toEqual(log);
          expect(read.summary).toEqual(given.summary);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('have names without e-mail addresses and long numbers, and files that any system can name', () => {
    const { name, texts } = archiveGenerator(
      generator({}, { name: 'a/b: of ada@lovelace.example' }),
      { name: 'ada@lovelace.example.csv', dialect: {} as never },
      '0.1.0',
    );
    expect(name).toBe('a_b_ of …-generator.zip');
    expect(JSON.stringify(texts)).not.toContain('lovelace');
  });

  it('of unprotected rows is called so', () => {
    const table = { name: 'p', sourceId: 's', tableId: 't', columns: [] };
    const tabularModelConfiguration = { valueProtection: false };
    const config = { tables: [{ ...table, tabularModelConfiguration }] };
    const { name, header } = archiveGenerator(generator({}, config), undefined, '0.1.0');
    expect(name).toBe('people-generator-unprotected.zip');
    expect(header['unprotected']).toBe(true);
  });

  it('have the figures of its audit, and not the rows that stand out', () => {
    const figure = { attacks: ['likelihood ratio'], value: 0.6, low: 0.55, high: 0.65 };
    const audit = {
      ...{ people: 400, auc: figure, at1: null, at10: null, isolated: null, attacks: [] },
      rows: { learned: 400, reference: 100 },
    };
    const exposed = [{ row: 77_123, times: 12, reasons: [{ kind: 'rare', column: 'a' } as const] }];
    const given = generator({ audit: { audit, exposed } });
    const { header, texts } = archiveGenerator(given, undefined, '0.1.0');
    expect(header['audit']).toEqual(audit);
    expect(JSON.stringify([header, texts])).not.toContain('77123');
    expect(roundTrip(given).audit).toEqual({ audit, exposed: [] });
    const reason = 'The file of ada@lovelace.example.csv is not here.';
    expect(roundTrip(generator({ audit: { reason } })).audit).toEqual({
      reason: 'The file of … is not here.',
    });
  });

  it('of an import is called after the source that it came with', () => {
    const imported = { file: 'x.zip', app: '0.1.0', source: { file: 'customers.csv' } };
    expect(roundTrip(generator({ imported })).imported).toEqual(imported);
    expect(sourceSentence(imported)).toContain('bring in “customers.csv”');
  });

  it('holds how the original file was written, in bounds', () => {
    const line = { delimiter: ';', quote: '"', lineEnd: '\n', header: true, decimal: ',' } as const;
    const layout = { encoding: 'windows-1252', ...line };
    const columns = [{ name: 'a', format: { nullSpelling: '?', number: { minDecimals: 2, prefix: '€ ' } } }];
    const original = { layout, columns, sortedBy: { column: 'a' } };
    const { tables } = generator();
    expect(roundTrip(generator({ tables: [{ ...tables[0]!, original }] })).table.original).toEqual(original);
    const beyond = { layout, columns: [{ name: 'a', format: { number: { minDecimals: 1e9 } } }] };
    expect(() => roundTrip(generator({ tables: [{ ...tables[0]!, original: beyond }] }))).toThrow(
      /minDecimals/,
    );
  });

  it('may hold figures that are not finite, which JSON has no way to write', () => {
    const passes = {
      ...{ batchSize: 1, epochs: 1, steps: 1, bestEpoch: 1, trainingLoss: Number.NaN, validationLoss: null },
      ...{ secondsPerStep: 0, rowsPerSecond: Number.POSITIVE_INFINITY },
    };
    const { summary } = roundTrip(generator({ summary: { ...SUMMARY, passes } }));
    expect(summary!.passes).toMatchObject({ trainingLoss: null, rowsPerSecond: 0 });
  });
});

describe('a model that was trained further', () => {
  const split = {
    part: 'training',
    seed: 1,
    validationShare: 0.2,
    maxValidation: null,
    maxSampleSize: null,
  } as const;

  it('says how the rows of earlier versions were split, and masks the name of the first', () => {
    const first = { tableId: 't0', rows: split, knownBy: [] };
    const rows = { tableId: 't1', rows: { ...split, continues: first }, knownBy: ['id'] };
    const continues = { generatorId: 'g0', name: 'ann@example.org', rows };
    expect(roundTrip(generator({ continues })).continues).toEqual({
      ...continues,
      name: maskData('ann@example.org'),
    });
    expect(roundTrip(generator()).continues).toBeUndefined();
  });

  it('is refused if it nests without end', () => {
    let rows: object = { tableId: 't', rows: split, knownBy: [] };
    for (let i = 0; i < 200; i++) rows = { tableId: 't', rows: { ...split, continues: rows }, knownBy: [] };
    const continues = { generatorId: 'g0', name: 'first', rows } as NonNullable<Generator['continues']>;
    expect(() => roundTrip(generator({ continues }))).toThrow('cannot be used');
  });
});
