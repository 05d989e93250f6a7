import { describe, expect, it, vi } from 'vitest';
import { RandomStream } from '../../src/domain/random';
import { idOfRule, type Rule, type TableRule } from '../../src/domain/rules';
import { SyntheticTableConfiguration } from '../../src/domain/synthetic-datasets';
import { EngineService } from './engine-service';
import { ArgnModel } from './models/argn/model';
import { loadKernels } from './models/argn/wasm/load-node';
import { WasmBackend } from './models/argn/wasm/wasm-backend';
import type { EngineEvent } from './protocol';
import { cellsOf, type MemoryColumn, MemoryDatabase } from './testing/memory-database';
import { trainRequest } from './testing/train-request';

const ROWS = 500;
const SPEND: Rule = { kind: 'inequality', low: 'low', high: 'high', strict: true };
const CITY: Rule = {
  kind: 'functional-dependency',
  determinant: ['city'],
  dependent: 'region',
  oneToOne: false,
};
const STEPS: Rule = { kind: 'increments', column: 'price', increment: 0.25 };
const POSITIVE: Rule = { kind: 'range', column: 'price', min: 1, max: 40, strict: true };
const PART: Rule = { kind: 'range', column: 'low', min: 10, max: null, strict: false };

/** A city decides its region, low < high, and prices are quarters between 1 and 40. */
function exampleTable(): MemoryColumn[] {
  const random = new RandomStream(5, 'rules');
  const city = Int32Array.from({ length: ROWS }, () => random.below(5));
  const number = (
    name: string,
    of: (row: number) => number,
    storageType: 'integer' | 'float' = 'integer',
  ) => ({
    name,
    storageType,
    data: { kind: 'number' as const, values: Float64Array.from(city, (_, row) => of(row)), nulls: null },
  });
  const low = Array.from(city, () => random.below(60));
  return [
    { name: 'city', storageType: 'text', data: { kind: 'text', codes: city, dictionary: [...'abcde'] } },
    {
      name: 'region',
      storageType: 'text',
      data: { kind: 'text', codes: city.map((code) => code % 2), dictionary: ['north', 'south'] },
    },
    number('low', (row) => low[row]!),
    number('high', (row) => low[row]! + 1 + random.below(50)),
    number('price', () => 1.25 + random.below(150) / 4, 'float'),
  ];
}

async function open() {
  const database = new MemoryDatabase({ source: exampleTable() });
  const module = await loadKernels();
  const engine = new EngineService(async () => new ArgnModel(async () => new WasmBackend(module)));
  const events: EngineEvent[] = [];
  engine.attach(database, (event) => events.push(event));
  return { engine, database, events };
}

const request = (rules: object, configuration: object = {}) =>
  trainRequest(exampleTable(), { rules, configuration: { modelSize: 'S', maxEpochs: 3, ...configuration } });
const state = (rules: readonly TableRule[], rule: Rule) =>
  rules.find((entry) => idOfRule(entry.rule) === idOfRule(rule));

describe('the search for rules', () => {
  it('lists what the training will, with the rows that keep each', async () => {
    const { engine, events } = await open();
    const settings = { off: [idOfRule(CITY)], added: [STEPS, PART] };
    const found = await engine.findRules('search', request(settings));
    expect(state(found, CITY)).toMatchObject({ source: 'found', state: 'off', applicable: 450, kept: 450 });
    expect(state(found, STEPS)).toMatchObject({ source: 'added', state: 'kept', kept: 450 });
    expect(state(found, PART)).toMatchObject({ source: 'added', state: 'partly', applicable: 450 });
    const { rules } = await engine.train('training', request(settings));
    expect(found).toEqual(rules);
    const steps = events.flatMap((event) =>
      event.type === 'step' && event.jobId === 'search' ? [event.step] : [],
    );
    expect(steps.map(({ phase }) => phase)).toContain('FIND_RULES');
    expect(steps.at(-1)).toMatchObject({ code: 'PULL_TRAINING_DATA', status: 'DONE' });
  });

  it('reads the columns of added rules alone where nothing is sought', async () => {
    const { engine, database } = await open();
    const read: string[] = [];
    const readParts = database.readParts.bind(database);
    database.readParts = async (table, name, parts) => {
      read.push(name);
      return readParts(table, name, parts);
    };
    const rules = await engine.findRules('check', request({ find: false, added: [SPEND] }));
    expect(rules).toMatchObject([{ rule: SPEND, source: 'added', state: 'kept' }]);
    expect(read).toEqual(expect.arrayContaining(['low', 'high']));
    expect(read).not.toContain('city');
  });

  it.each([
    ['marginals', { model: 'marginals' }],
    ['gradients', { differentialPrivacy: { valueProtectionEpsilon: null } }],
  ])('finds none for a private model, which keeps none: %s', async (_name, settings) => {
    const { engine, database } = await open();
    const read = vi.spyOn(database, 'readParts');
    const { table, ...rest } = trainRequest(exampleTable(), {
      rules: { added: [SPEND] },
      configuration: settings,
    });
    expect(await engine.findRules('a', { table, ...rest })).toEqual([
      { rule: SPEND, source: 'added', state: 'unkept', applicable: 0, kept: 0 },
    ]);
    expect(read).not.toHaveBeenCalled();
  });

  it('says why a rule cannot be checked, and leaves those of columns that are not learned', async () => {
    const { engine } = await open();
    const wrong: Rule = { kind: 'range', column: 'city', min: 0, max: null, strict: false };
    await expect(engine.findRules('a', request({ added: [wrong] }))).rejects.toMatchObject({
      code: 'config/invalid',
    });
    const columns = ['city', 'region', 'low', 'high', 'price'].map((name) => ({
      name,
      included: name !== 'price',
    }));
    const { table, ...rest } = trainRequest(exampleTable(), { rules: { added: [STEPS] }, columns });
    expect(state(await engine.findRules('b', { table, ...rest }), STEPS)).toMatchObject({
      state: 'unkept',
      applicable: 0,
    });
  });

  it('can be cancelled', async () => {
    const { engine } = await open();
    const searching = engine.findRules('search', request({}));
    await engine.cancel('search');
    await expect(searching).rejects.toMatchObject({ code: 'canceled' });
  });
});

describe('ranges and increments', () => {
  it('are kept by every generated row, in any order', async () => {
    const { engine, database } = await open();
    const { rules } = await engine.train('job', request({ find: false, added: [STEPS, POSITIVE, PART] }));
    expect(rules.map((rule) => rule.state)).toEqual(['kept', 'kept', 'partly']);
    for (const generationOrder of ['natural', 'random'] as const) {
      await engine.generate('rows', {
        ...{ modelId: 'model', tableId: generationOrder, fileName: 'f', rows: 3000, randomState: 1 },
        configuration: SyntheticTableConfiguration.parse({ generationOrder }),
      });
      const { columns, blocks } = database.datasets.get(generationOrder)!;
      const at = columns.findIndex(({ name }) => name === 'price');
      const prices = blocks.flatMap((block) => cellsOf(block[at]!)).map(Number);
      expect(prices.filter((price) => (price * 4) % 1 !== 0 || price <= 1 || price >= 40)).toEqual([]);
      expect(new Set(prices).size).toBeGreaterThan(20);
    }
  });
});
