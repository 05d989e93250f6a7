import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textWriter } from './text-encoder';

const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

describe('textWriter', () => {
  // Bytes as Python's codecs of these names write them.
  it.each([
    ['windows-1252', '€“äß', '8093e4df'],
    ['windows-1251', 'Привет', 'cff0e8e2e5f2'],
    ['macintosh', 'Äéπ', '808eb9'],
    ['iso-8859-2', 'łódź', 'b3f364bc'],
    ['shift_jis', '日本語カナ①ｱ', '93fa967b8cea834a83698740b1'],
    ['gbk', '中文', 'd6d0cec4'],
    ['gb18030', '中ß😀é', 'd6d0813089389439fc36a8a6'],
    ['big5', '繁體中文', 'c163c5e9a4a4a4e5'],
    ['euc-kr', '한국어', 'c7d1b1b9beee'],
    ['euc-jp', '日本語丂', 'c6fccbdcb8ec8fb0a1'],
    ['utf-16le', 'aß😀', '6100df003dd800de'],
    ['utf-16be', 'aß😀', '006100dfd83dde00'],
  ])('writes %s', (label, text, bytes) => {
    const writer = textWriter(label)!;
    expect([hex(writer.encode(text)), writer.lacking]).toEqual([bytes, 0]);
  });

  it('is what the decoder of the encoding reads', () => {
    const labels = [
      'windows-1250',
      'windows-1252',
      'koi8-r',
      'macintosh',
      'shift_jis',
      'gbk',
      'big5',
      'euc-kr',
      'euc-jp',
    ];
    for (const label of labels) {
      const writer = textWriter(label)!;
      fc.assert(
        fc.property(fc.array(fc.uint8Array({ minLength: 1, maxLength: 2 })), (sequences) => {
          const decode = (bytes: Uint8Array) =>
            new TextDecoder(label, { ignoreBOM: true }).decode(bytes, { stream: true });
          const text = sequences
            .map(decode)
            .filter((some) => !some.includes('\ufffd'))
            .join('');
          expect(decode(writer.encode(text))).toBe(text);
        }),
        { numRuns: 50 },
      );
      expect(writer.lacking).toBe(0);
    }
  });

  it('counts the characters that the encoding lacks', () => {
    const writer = textWriter('iso-8859-1')!;
    expect(new TextDecoder('utf-8').decode(writer.encode('a中😀b'))).toBe('a??b');
    expect(writer.lacking).toBe(2);
  });

  it('does not know encodings with states, nor what is none', () => {
    expect([textWriter('iso-2022-jp'), textWriter('nonsense')]).toEqual([null, null]);
  });
});
