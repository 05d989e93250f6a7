import { expect, test } from 'vitest';
import type { NamedColumn } from '../../../../../src/domain/column-data';
import { guaranteeSentence } from '../../../../../src/domain/differential-privacy';
import { RandomStream } from '../../../../../src/domain/random';
import { SyntheticTableConfiguration } from '../../../../../src/domain/synthetic-datasets';
import { seededBits } from '../../../privacy/dp/random-bits';
import { MemoryDatabase } from '../../../testing/memory-database';
import { trainRequest } from '../../../testing/train-request';
import { planTraining } from '../../../training-table';
import { UNWATCHED } from '../../testing/canary-audit';
import { ArgnModel } from '../model';
import { openBackend } from '../testing/open-backend';
import { argnOf } from '../testing/train-columns';

const ROWS = 3000;

/** People with several rows each; income follows from the town. */
function people(): NamedColumn[] {
  const stream = new RandomStream(8, 'people');
  const town = Int32Array.from({ length: ROWS }, () => stream.below(3));
  const income = Float64Array.from(town, (code) => 1000 * (1 + code) + stream.below(300));
  return [
    {
      name: 'person',
      storageType: 'text',
      data: {
        kind: 'text',
        codes: Int32Array.from({ length: ROWS }, (_, row) => row >> 1),
        dictionary: Array.from({ length: ROWS >> 1 }, (_, k) => `person${k}@example.org`),
      },
    },
    {
      name: 'town',
      storageType: 'text',
      data: { kind: 'text', codes: town, dictionary: ['Graz', 'Linz', 'Wien'] },
    },
    { name: 'income', storageType: 'integer', data: { kind: 'number', values: income, nulls: null } },
  ];
}

test('a private model completes given cells, and knows no person', { timeout: 60_000 }, async () => {
  const configuration = { maxEpochs: 20, differentialPrivacy: { maxEpsilon: 8 } };
  const request = trainRequest(people(), { configuration, subjectColumns: ['person'] });
  const { table } = await planTraining(request, new MemoryDatabase({ source: people() }));
  const model = new ArgnModel(
    () => openBackend('wasm'),
    null,
    () => seededBits(1),
  );
  const notices: string[] = [];
  const job = { ...UNWATCHED, onNotice: (notice: string) => void notices.push(notice) };
  const settings = argnOf(request);
  const { learned, summary } = await model.train(await model.encode(table, settings, job), settings, job);
  expect(notices.join()).toContain('protects nobody');
  expect(summary.differentialPrivacy).toMatchObject({ subjects: 'known', rowsPerSubject: 1 });
  const sentence = guaranteeSentence({ ...summary.differentialPrivacy!, noise: 'secure' });
  expect(sentence).toContain('one row of each was used at a time');
  expect(JSON.stringify(learned.content)).not.toContain('example.org');

  const sampler = await model.open(learned, () => {});
  const feature = table.features.findIndex(({ schema }) => schema.name === 'town');
  const rows = 300;
  const codes = new Int32Array(rows).fill(0);
  const given = {
    feature,
    data: { kind: 'text', codes, dictionary: ['Wien'] } as const,
    given: null,
  };
  const drawn = { rows, seed: 3, configuration: SyntheticTableConfiguration.parse({}) };
  let high = 0;
  for await (const { columns } of sampler.complete([given], drawn)) {
    const income = columns[table.features.findIndex(({ schema }) => schema.name === 'income')]!;
    if (income.kind !== 'number') throw new Error('Income is a number.');
    high += income.values.filter((value) => value >= 2900).length;
  }
  // All who live there earn 3,000 to 3,299, a third of all.
  expect(high / rows).toBeGreaterThan(0.8);
  sampler.dispose();
});
