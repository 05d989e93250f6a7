import { describe, expect, it, vi } from 'vitest';
import type * as Catalogue from '../../workers/engine/models/catalogue';
import { SourceTableConfig } from './generators';
import {
  capabilitiesOf,
  MODEL_FAMILIES,
  ModelConfiguration,
  type ModelId,
  withModel,
} from './model-configuration';
import { parseConfig } from './zod';

vi.mock('../../workers/engine/models/catalogue', async (original) => ({
  ...(await import('../../workers/engine/models/testing/toy/family')),
  ...(await original<typeof Catalogue>()),
}));

const TOY = 'toy' as ModelId;
const parse = (value: unknown) => parseConfig(ModelConfiguration, value, 'configuration');

describe('the configuration of a model', () => {
  it('is the default family’s where no model is named', () => {
    expect(parse({})).toMatchObject({ model: 'argn', modelSize: 'M', batchSize: null, privacyGuard: true });
    expect(parse({ maxEpochs: 3 })).toMatchObject({ model: 'argn', maxEpochs: 3 });
    const table = SourceTableConfig.parse({ name: 't', sourceId: 's', tableId: 't', columns: [] });
    expect(table.tabularModelConfiguration).toEqual(parse({}));
    expect(MODEL_FAMILIES.map(({ id }) => id)).toEqual(['argn', 'toy', 'gaussian_copula', 'marginals']);
  });

  it('knows every family of the catalogue by its model', () => {
    const configuration = parse({ model: 'toy', bins: 3 });
    expect(configuration).toMatchObject({ model: 'toy', bins: 3, smoothing: null, valueProtection: true });
    expect(configuration).not.toHaveProperty('modelSize');
    expect(() => parse({ model: 'toy', bins: 1 })).toThrow(/not valid at bins/);
    expect(() => parse({ model: 'gan' })).toThrow(
      /at model: there is no such model, but argn, toy, gaussian_copula, marginals\.$/,
    );
    expect(() => parse({ model: 'argn', maxEpochs: -1 })).toThrow(/at maxEpochs/);
    expect(() => parse(7)).toThrow(/top level/);
  });

  it('tells what a model can be asked for', () => {
    expect(capabilitiesOf(parse({})).anyOrder).toBe(true);
    expect(capabilitiesOf(parse({ enableFlexibleGeneration: false })).anyOrder).toBe(false);
    expect(capabilitiesOf(parse({ model: 'toy', exact: true }))).toMatchObject({
      anyOrder: true,
      cellsGiven: false,
    });
  });

  it('keeps what every model has when another is chosen', () => {
    const argn = parse({ maxSampleSize: 50, valueProtection: false, maxEpochs: 3 });
    expect(withModel(argn, TOY)).toEqual(parse({ model: 'toy', maxSampleSize: 50, valueProtection: false }));
    expect(withModel(argn, argn.model)).toBe(argn);
  });
});
