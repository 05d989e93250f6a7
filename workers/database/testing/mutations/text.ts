import type { Change } from './bytes';
import { onText, pick, repeated, replaced } from './markup';

const MARKS = [
  ',',
  ';',
  '\t',
  '|',
  '"',
  "'",
  '\\',
  '\n',
  '\r',
  '\r\n',
  '\0',
  '\ufeff',
  '#',
  ' ',
  '""',
  '","',
  '\u2028',
];
const CELLS = [
  '',
  'NA',
  '1e400',
  '12,5',
  '1.234.567,89',
  '31.12.9999',
  '2024-02-30',
  '=1+1',
  '<b>',
  '-',
  '"a""b"',
  '9'.repeat(40),
];
const LINE = /[^\r\n]+(?:\r\n|\n|\r)?/g;
const CELL = /[^,;\t|\r\n]+/g;

/** Cells, lines, quotes and delimiters of delimited text. */
export const TEXT_CHANGES: readonly Change[] = [
  onText((text, random) => replaced(text, CELL, random, () => pick(CELLS, random))),
  onText((text, random) => replaced(text, CELL, random, (found) => `${pick(MARKS, random)}${found}`)),
  onText((text, random) =>
    replaced(text, LINE, random, (found) => repeated(found, 1 + 10 ** random.below(4))),
  ),
  onText((text, random) =>
    replaced(text, CELL, random, (found) => repeated(found, 1 + 10 ** random.below(6))),
  ),
  // Very many columns in one line.
  onText((text, random) =>
    replaced(
      text,
      LINE,
      random,
      (found) => `${repeated(`${pick([',', ';', '\t', '|'], random)}x`, 4 ** random.below(7))}${found}`,
    ),
  ),
  onText((text, random) => text.replaceAll(pick([',', ';', '\t', '\n', '"'], random), pick(MARKS, random))),
  onText((text, random) =>
    replaced(
      text,
      LINE,
      random,
      (found) => `${pick(['# a note\n', '\n\n', 'Total,,\n', '"', '{"a":1}\n'], random)}${found}`,
    ),
  ),
];
