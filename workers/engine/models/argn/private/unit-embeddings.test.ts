import { expect, test } from 'vitest';
import { embeddingReach } from '../network/gradient-noise';
import { createLayout } from '../network/weight-layout';
import { ReferenceBackend } from '../testing/reference-backend';
import { HYPER, randomCodes, randomState, specOf } from '../testing/samples';
import { freshState } from '../training/kept-models';
import { unitEmbeddings } from './unit-embeddings';

test('embeddings of length 1 belong to the same network', async () => {
  const spec = specOf([
    [5, 3, 8, 0],
    [4, 3, 8, 1],
    [9, 3, 8, 2],
  ]);
  const layout = createLayout(spec);
  const { parameters } = randomState(spec, 4);
  const unit = unitEmbeddings(layout, parameters);
  expect(unit).not.toEqual(parameters);
  for (const j of [0, 1, 2]) expect(embeddingReach(layout, unit, j)).toBeCloseTo(1, 5);
  const lossesOf = async (weights: Float32Array) => {
    const backend = new ReferenceBackend();
    await backend.init(spec, randomCodes(spec, 20, 1), 20, HYPER);
    await backend.setState(freshState(weights));
    return backend.evaluate({
      rows: Uint32Array.from({ length: 20 }, (_, row) => row),
      orders: { count: 1, ranks: Uint16Array.of(1, 0, 2) },
      orderOf: new Uint16Array(20),
      weights: 'average',
    });
  };
  const [before, after] = [await lossesOf(parameters), await lossesOf(unit)];
  before.forEach((loss, j) => {
    expect(after[j]).toBeCloseTo(loss, 3);
  });
});
