import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GeneratorConfig } from '../../domain/generators';
import { ModelConfiguration } from '../../domain/model-configuration';
import { privacyOf } from '../../domain/private-training';
import { fromDraft, type GeneratorDraft, toDraft, trainedModel } from './generator-draft';

const configOf = (tabularModelConfiguration: object) =>
  GeneratorConfig.parse({
    name: 'g',
    randomState: 1,
    tables: [{ name: 't', sourceId: 's', tableId: 't', columns: [], tabularModelConfiguration }],
  });
const read = (draft: GeneratorDraft, config: GeneratorConfig) =>
  fromDraft(draft, config)?.tables[0]?.tabularModelConfiguration ?? null;
const withPrivacy = (draft: GeneratorDraft, change: Partial<GeneratorDraft['privacy']>): GeneratorDraft => ({
  ...draft,
  privacy: { ...draft.privacy, ...change },
});
const typed = (draft: GeneratorDraft, entries: Record<string, string>) =>
  withPrivacy(draft, { settings: { ...draft.privacy.settings, ...entries } });

const positive = fc.double({ min: 1e-6, max: 9999, noNaN: true });
const budget = { maxEpsilon: positive, delta: fc.double({ min: 1e-12, max: 0.99, noNaN: true }) };
const someConfiguration = fc.oneof(
  fc.record({ model: fc.constant('argn'), maxEpochs: fc.nat(50) }),
  fc.record({
    model: fc.constant('argn'),
    batchSize: fc.option(fc.integer({ min: 4, max: 1000 })),
    differentialPrivacy: fc.record({
      ...budget,
      noiseMultiplier: fc.double({ min: 0.3, max: 99, noNaN: true }),
      maxGradNorm: positive,
      valueProtectionEpsilon: fc.constant(null),
    }),
  }),
  fc.record({
    model: fc.constant('marginals'),
    ...budget,
    valueProtectionEpsilon: fc.option(positive),
    maxRowsPerSubject: fc.integer({ min: 1, max: 99 }),
    maxSampleSize: fc.option(fc.integer({ min: 1, max: 9999 })),
  }),
);

describe('the form of differential privacy', () => {
  it('survives a round trip, whatever engine and budget', () => {
    fc.assert(
      fc.property(someConfiguration, (configuration) => {
        const config = configOf(configuration);
        expect(fromDraft(toDraft(config, []), config)).toEqual(config);
      }),
    );
  });

  it('is off by default, and switched on begins with the engine that needs no declaration', () => {
    const config = configOf({ maxEpochs: 3 });
    const draft = toDraft(config, []);
    expect(draft.privacy.isOn).toBe(false);
    const on = withPrivacy(draft, { isOn: true });
    expect(trainedModel(on)).toBe('marginals');
    expect(read(on, config)).toEqual(ModelConfiguration.parse({ model: 'marginals' }));
  });

  it('keeps every choice when the engine changes, and when it is off', () => {
    const config = configOf({ maxEpochs: 3, batchSize: 64 });
    const start = withPrivacy(toDraft(config, []), { isOn: true });
    const counts = typed(start, { maxEpsilon: '1.5', delta: '1e-7', maxRowsPerSubject: '4' });
    const neural = typed(withPrivacy(counts, { engine: 'argn', isPublic: true }), { noiseMultiplier: '5' });
    expect(read(neural, config)).toEqual(
      ModelConfiguration.parse({
        model: 'argn',
        maxEpochs: 3,
        batchSize: 64,
        differentialPrivacy: {
          maxEpsilon: 1.5,
          delta: 1e-7,
          noiseMultiplier: 5,
          valueProtectionEpsilon: null,
        },
      }),
    );
    const again = withPrivacy(neural, { engine: 'marginals' });
    expect(read(again, config)).toMatchObject({
      ...{
        model: 'marginals',
        maxEpsilon: 1.5,
        delta: 1e-7,
        maxRowsPerSubject: 4,
        valueProtectionEpsilon: null,
      },
    });
    const off = withPrivacy(again, { isOn: false });
    expect(fromDraft(off, config)).toEqual(config);
    expect(read(withPrivacy(off, { isOn: true, engine: 'argn' }), config)).toEqual(read(neural, config));
  });

  it('cannot be read while a number is out of range, unless it is off', () => {
    const config = configOf({});
    const on = withPrivacy(toDraft(config, []), { isOn: true });
    const wrong: readonly Record<string, string>[] = [
      { maxEpsilon: '0' },
      { maxEpsilon: '-1' },
      { delta: '1' },
      { delta: '0' },
      { maxEpsilon: 'x' },
    ];
    for (const entries of wrong) {
      const draft = typed(on, entries);
      expect(fromDraft(draft, config)).toBeNull();
      expect(fromDraft(withPrivacy(draft, { isOn: false }), config)).toEqual(config);
    }
    // What another engine alone has does not matter.
    expect(fromDraft(typed(on, { noiseMultiplier: '0' }), config)).not.toBeNull();
  });

  it('does not declare anything public by itself', () => {
    const config = configOf({});
    const neural = withPrivacy(toDraft(config, []), { isOn: true, engine: 'argn' });
    expect(privacyOf(read(neural, config)!)!.valueProtectionEpsilon).not.toBeNull();
    const declared = read(withPrivacy(neural, { isPublic: true }), config)!;
    expect(privacyOf(declared)!.valueProtectionEpsilon).toBeNull();
    expect(toDraft(configOf(declared), []).privacy).toMatchObject({
      isOn: true,
      engine: 'argn',
      isPublic: true,
    });
  });
});
