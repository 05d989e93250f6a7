import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../../src/domain/errors';
import { RandomStream } from '../../src/domain/random';
import { SyntheticTableConfiguration } from '../../src/domain/synthetic-datasets';
import { EngineService } from './engine-service';
import { ArgnModel } from './models/argn/model';
import { loadKernels } from './models/argn/wasm/load-node';
import { WasmBackend } from './models/argn/wasm/wasm-backend';
import type { StoredArtefact } from './models/artefact';
import { GaussianCopulaModel } from './models/gaussian_copula/model';
import { createModel as createMarginals } from './models/marginals/model';
import { type MemoryColumn, MemoryDatabase } from './testing/memory-database';
import { trainRequest } from './testing/train-request';

const ROWS = 700;

/** Every encoding, a rule of each way of keeping, a column of invented texts. */
function table(): MemoryColumn[] {
  const random = new RandomStream(5, 'changed');
  const draw = Array.from({ length: ROWS }, () => random.below(4));
  const text = (name: string, of: (row: number) => string): MemoryColumn => {
    const dictionary: string[] = [];
    const codes = Int32Array.from(draw, (_, row) => {
      const known = dictionary.indexOf(of(row));
      return known >= 0 ? known : dictionary.push(of(row)) - 1;
    });
    return { name, storageType: 'text', data: { kind: 'text', codes, dictionary } };
  };
  const number = (
    name: string,
    storageType: 'integer' | 'float' | 'date',
    of: (row: number) => number,
  ): MemoryColumn => ({
    name,
    storageType,
    data: {
      kind: 'number',
      values: Float64Array.from(draw, (_, row) => of(row)),
      nulls: Uint8Array.from(draw, (_, row) => Number(name !== 'sum' && name !== 'first' && row % 11 === 0)),
    },
  });
  const prices = draw.map((at) => 100 * at + random.below(5000) / 100);
  const amounts = draw.map(() => 1 + random.below(900));
  const first = draw.map(() => Date.UTC(2001 + random.below(20), random.below(12), 1 + random.below(28)));
  return [
    number('id', 'integer', (row) => 4000 + row),
    text('city', (row) => ['Bath', 'Leeds', 'York', 'Ely'][draw[row]!]!),
    text('county', (row) => ['Somerset', 'Yorkshire', 'Yorkshire', 'Cambridge'][draw[row]!]!),
    text('mail', (row) => `person${row}@host.example`),
    number('price', 'float', (row) => prices[row]!),
    number('amount', 'integer', (row) => amounts[row]!),
    number('sum', 'float', (row) => Math.round((amounts[row]! + draw[row]!) * 100) / 100),
    number('children', 'integer', (row) => draw[row]!),
    number('first', 'date', (row) => first[row]!),
    number('last', 'date', (row) => first[row]! + 86_400_000 * (draw[row]! + (row % 30))),
  ];
}

const loadModel = async (family: string) => {
  if (family === 'marginals') return createMarginals();
  if (family === 'gaussian_copula') return new GaussianCopulaModel();
  if (family === 'argn') return new ArgnModel(async () => new WasmBackend(await loadKernels()));
  throw new UserError('not-found', `This version has no model “${family}”.`);
};

function engine(): EngineService {
  const service = new EngineService(loadModel);
  service.attach(new MemoryDatabase({ source: table() }), () => undefined);
  return service;
}

async function trained(configuration: object): Promise<StoredArtefact> {
  const service = engine();
  await service.train('job', trainRequest(table(), { primaryKey: 'id', configuration }));
  return service.exportModel('model');
}

/** Opens a model and draws rows. @returns how many, or the sentence of the refusal; other errors are thrown */
async function rowsOf(stored: StoredArtefact): Promise<number | string> {
  const service = engine();
  try {
    await service.importModel('other', stored);
    const configuration = SyntheticTableConfiguration.parse({});
    const { rows } = await service.probe('probe', {
      modelId: 'other',
      rows: 40,
      randomState: 3,
      configuration,
    });
    return rows.length;
  } catch (error) {
    if (error instanceof UserError && error.code !== 'internal') return error.message;
    throw error;
  } finally {
    await service.release('other');
  }
}

type Path = readonly (string | number)[];

/** Where something stands in a value; of long lists the first, a middle and the last element. */
function paths(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [at];
  const names = Object.keys(value);
  const shown = names.length > 24 ? [0, 1, names.length >> 1, names.length - 1].map((i) => names[i]!) : names;
  return [at, ...shown.flatMap((name) => paths((value as Record<string, unknown>)[name], [...at, name]))];
}

function replaced(value: unknown, [name, ...rest]: Path, by: unknown): unknown {
  if (name === undefined) return by;
  const copy = Array.isArray(value) ? [...value] : { ...(value as object) };
  (copy as Record<string, unknown>)[name] = replaced((value as Record<string, unknown>)[name], rest, by);
  return copy;
}

const ODD: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(null, true, false, '', 'x', 0, 1, 2, 7, -1, 0.5, 65_535, 65_536, 1e9, -1e9, 1e300, -1e300),
  fc.constantFrom<unknown>([], {}, [[]], [0], [1, 0], ['x'], [null]),
  fc.integer({ min: -20, max: 400 }),
);

describe.each([
  ['argn', { modelSize: 'S', maxEpochs: 2, batchSize: 64 }, 150],
  [
    'argn without value protection',
    { modelSize: 'S', maxEpochs: 1, batchSize: 64, valueProtection: false },
    100,
  ],
  ['marginals', { model: 'marginals' }, 80],
  ['gaussian_copula', { model: 'gaussian_copula' }, 80],
] as const)('a stored model that was changed by hand: %s', (_name, configuration, runs) => {
  let stored: StoredArtefact;
  let manifest: object;
  let fields: Path[];
  beforeAll(async () => {
    stored = await trained(configuration);
    manifest = JSON.parse(stored.manifest);
    fields = paths(manifest).filter(([first]) => first !== 'tensors');
  });

  it('works as it was', async () => {
    expect(await rowsOf(stored)).toBe(40);
  });

  it('is refused with a sentence, or draws rows', async () => {
    const refusals = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.nat(), ODD, async (pick, by) => {
        const changed = replaced(manifest, fields[pick % fields.length]!, by);
        const outcome = await rowsOf({ ...stored, manifest: JSON.stringify(changed) });
        if (typeof outcome === 'string') {
          expect(outcome).toMatch(/^(The stored model |This version has no model ).*\.$/s);
          refusals.add(outcome);
        } else expect(outcome).toBe(40);
      }),
      { numRuns: runs },
    );
    expect(refusals.size).toBeGreaterThan(10);
  }, 120_000);

  it('with fewer weights, or weights that are no numbers, is refused', async () => {
    if (stored.tensors.length < 100) return;
    const spoilt = stored.tensors.slice();
    new DataView(spoilt.buffer).setFloat32(spoilt.length - 400, Number.NaN, true);
    const { tensors } = manifest as { readonly tensors: object };
    const sum = { ...tensors, sha256: bytesToHex(sha256(spoilt)) };
    const outcome = await rowsOf({
      manifest: JSON.stringify({ ...manifest, tensors: sum }),
      tensors: spoilt,
    });
    expect(outcome).toMatch(/weights that are no numbers/);
  });
});

it('a stored model of marginals may have bins as far out as noise puts them', async () => {
  const stored = await trained({ model: 'marginals' });
  const manifest = JSON.parse(stored.manifest);
  const far = { from: 1 - 2 ** 60, end: 2 ** 60 };
  const { domain } = manifest.content.columns.find(
    (column: { domain: { kind: string } }) => column.domain.kind === 'number',
  );
  domain.bins[0] = far.from;
  domain.end = far.end;
  expect(await rowsOf({ ...stored, manifest: JSON.stringify(manifest) })).toBe(40);
  domain.end = 2 ** 70;
  expect(await rowsOf({ ...stored, manifest: JSON.stringify(manifest) })).toContain('cannot be used');
});
