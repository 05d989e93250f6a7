import type { Change } from './bytes';
import { DEEP, onText, pick, repeated, replaced } from './markup';

const TOKEN = /"(?:[^"\\\n]|\\.)*"|-?\d+(?:\.\d+)?|true|false|null/g;
const KEY = /"(?:[^"\\\n]|\\.)*"(?=\s*:)/g;
const OBJECT = /\{[^{}]*\}/g;
const TOKENS = [
  ...[
    '1e400',
    '-0',
    '1e-400',
    '123456789012345678901234567890',
    '0.1e1',
    'NaN',
    '-Infinity',
    '01',
    '1.',
    '0x10',
  ],
  ...[
    'null',
    'true',
    '[]',
    '{}',
    '[[]]',
    '""',
    '"\\ud800"',
    '"\\u0000"',
    '"\ufffe"',
    '"\n"',
    "'a'",
    '/*x*/1',
    '{"a":{"a":{"a":1}}}',
  ],
];
const KEYS = [
  '"__proto__"',
  '"constructor"',
  '"toString"',
  '""',
  '"a.b"',
  '"\\ud800"',
  '"c0"',
  `"${'k'.repeat(5_000)}"`,
];

/** Tokens, keys and depth of JSON. */
export const JSON_CHANGES: readonly Change[] = [
  onText((text, random) => replaced(text, TOKEN, random, () => pick(TOKENS, random))),
  onText((text, random) => replaced(text, TOKEN, random, () => pick(TOKENS, random))),
  onText((text, random) => replaced(text, KEY, random, () => pick(KEYS, random))),
  onText((text, random) => {
    const depth = 10 ** (1 + random.below(5));
    const [open, close] = random.below(2) === 0 ? ['[', ']'] : ['{"a":', '}'];
    const end = random.below(4) === 0 ? '' : repeated(close, depth, DEEP);
    return replaced(text, TOKEN, random, (found) => `${repeated(open, depth, DEEP)}${found}${end}`);
  }),
  onText((text, random) =>
    replaced(text, OBJECT, random, (found) => repeated(`${found},`, 1 + 10 ** random.below(4))),
  ),
  // Many keys.
  onText((text, random) =>
    replaced(text, OBJECT, random, () => {
      const keys = Array.from({ length: 5 ** random.below(4) }, (_, i) => `"k${i}":${i}`);
      return `{${keys.join()}}`;
    }),
  ),
  onText((text, random) =>
    replaced(text, TOKEN, random, () => `"${repeated('long ', 10 ** random.below(6))}"`),
  ),
  onText((text, random) => replaced(text, /[{}[\],:]/g, random, () => pick([...'{}[],: \n'], random))),
];
