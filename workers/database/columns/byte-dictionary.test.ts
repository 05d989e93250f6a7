import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ByteDictionary } from './byte-dictionary';

it('numbers distinct byte strings in order of first appearance', () => {
  const encoder = new TextEncoder();
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 5 }), { maxLength: 60 }), (texts) => {
      const dictionary = new ByteDictionary();
      const codes = texts.map((text) => {
        const bytes = encoder.encode(`>${text}<`);
        return dictionary.code(bytes, 1, bytes.length - 1);
      });
      const distinct = [...new Set(texts)];
      expect(dictionary.strings()).toEqual(distinct);
      expect(codes).toEqual(texts.map((text) => distinct.indexOf(text)));
    }),
  );
});

it('grows through many values, long ones and a byte-order mark', () => {
  const encoder = new TextEncoder();
  const texts = [
    ...Array.from({ length: 20_000 }, (_, i) => `value ${i}`),
    'x'.repeat(100_000),
    '\ufeffa',
    '',
    'a',
  ];
  const dictionary = new ByteDictionary();
  for (let round = 0; round < 2; round++) {
    texts.forEach((text, i) => {
      const bytes = encoder.encode(text);
      expect(dictionary.code(bytes, 0, bytes.length)).toBe(i);
    });
  }
  expect(dictionary.strings()).toEqual(texts);
});
