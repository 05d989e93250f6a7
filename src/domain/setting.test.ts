import { describe, expect, it } from 'vitest';
import { toy } from '../../workers/engine/models/testing/toy/family';
import { settingsOf } from './setting';
import { z } from './zod';

describe('settingsOf', () => {
  const settings = new Map(settingsOf(toy.configuration).map((setting) => [setting.name, setting]));

  it('reads type, bounds and default from the schema and the words from its meta', () => {
    expect(settings.get('bins')).toMatchObject({
      title: 'Bins',
      description: 'Bins per column.',
      group: 'main',
      option: 'bins',
      nullable: false,
      value: { type: 'number', min: 2, max: 9, integer: true, optional: false },
    });
    expect(settings.get('smoothing')).toMatchObject({
      nullText: 'By the rows',
      nullable: true,
      value: { type: 'number', min: 0, max: Infinity, integer: false, optional: true },
    });
    expect(settings.get('tails')).toMatchObject({
      needs: 'exact',
      value: {
        type: 'choice',
        choices: [
          { value: 'cut', label: 'Cut off' },
          { value: 'keep', label: 'Kept' },
        ],
      },
    });
    expect([settings.get('bins')!.fallback(), settings.get('smoothing')!.fallback()]).toEqual([4, null]);
    expect(settings.get('exact')!.value).toEqual({ type: 'switch' });
    expect(settings.get('maxSampleSize')!.option).toBe('max-sample-size');
  });

  it('leaves out fields without a title', () => {
    expect(settings.has('hidden')).toBe(false);
    expect(settings.has('model')).toBe(false);
  });

  it('gives an integer without bounds none', () => {
    const [setting] = settingsOf(z.object({ n: z.number().int().meta({ title: 'N' }) }));
    expect(setting!.value).toMatchObject({ min: -Infinity, max: Infinity });
    expect(setting!.fallback()).toBeUndefined();
  });

  it('checks what bounds do not say', () => {
    const [setting] = settingsOf(
      z.object({ n: z.number().multipleOf(4, 'Take a multiple of 4').meta({ title: 'N' }) }),
    );
    expect([setting!.check(8), setting!.check(9)]).toEqual([null, 'Take a multiple of 4']);
  });

  it('refuses a type without a control', () => {
    expect(() => settingsOf(z.object({ list: z.array(z.string()).meta({ title: 'List' }) }))).toThrow('list');
  });
});
