import { literal } from '../duckdb/sql';
import { anyCase, spellingsOf } from './spellings';
import type { ValueParser } from './value-parser';

/** Words for true and false that are told by themselves. */
const WORDS = ['true', 'false'] as const;

/** Pairs of words of which both must occur: “no” alone may be Norway, “t” a grade. */
const PAIRS: readonly (readonly [yes: string, no: string])[] = [
  ['yes', 'no'],
  ['y', 'n'],
  ['t', 'f'],
  ['on', 'off'],
  ['ja', 'nein'],
  ['j', 'n'],
  ['oui', 'non'],
  ['o', 'n'],
  ['sí', 'no'],
  ['si', 'no'],
  ['sì', 'no'],
  ['sim', 'não'],
  ['ja', 'nee'],
  ['ja', 'nej'],
  ['ja', 'nei'],
  ['tak', 'nie'],
  ['ano', 'ne'],
  ['kyllä', 'ei'],
  ['да', 'нет'],
  ['wahr', 'falsch'],
  ['vrai', 'faux'],
  ['verdadero', 'falso'],
  ['vero', 'falso'],
  ['enabled', 'disabled'],
];

function pairParser([yes, no]: readonly [string, string], isTold: boolean): ValueParser {
  const isAny = (text: string, word: string) => `lower(${text}) = ${literal(word)}`;
  return {
    id: isTold ? 'boolean' : `boolean ${yes}`,
    storageType: 'boolean',
    ...(isTold && { bytes: 'boolean' }),
    shape: anyCase([yes, no]),
    sql: (text) => `CASE lower(${text}) WHEN ${literal(yes)} THEN true WHEN ${literal(no)} THEN false END`,
    format: (sample, needed) => {
      const boolean = spellingsOf(sample, yes, no, needed);
      return boolean ? { boolean } : {};
    },
    ...(!isTold && {
      kind: 'boolean',
      evidence: (text: string) =>
        `coalesce(bool_or(${isAny(text, yes)}) AND bool_or(${isAny(text, no)}), false)`,
      proven: (sample: readonly string[]) =>
        [yes, no].every((word) => sample.some((text) => text.toLowerCase() === word)),
    }),
  };
}

export const BOOLEAN_PARSERS: readonly ValueParser[] = [
  pairParser(WORDS, true),
  ...PAIRS.map((pair) => pairParser(pair, false)),
];
