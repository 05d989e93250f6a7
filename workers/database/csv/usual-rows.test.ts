import { tableFromIPC } from '@uwdata/flechette';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ALL_NULL_SPELLINGS } from './null-spellings';
import { RecordScanner } from './record-scanner';
import { RowCollector } from './row-collector';
import type { RecordReceiver, Separators } from './scanned-record';
import type { BytesNotation } from './typed-column-builder';

const NAMES = 'key,name,value';
const USUAL = ['1,anna,2.5', '27,"bert, jr.",-3.25', '300,NA,10', '4, carl ,'];
const UNUSUAL = [
  ...['', ' ', '----,----,----', NAMES, 'total,,12.5', 'Total,x,1', 'tom,x,1.5', '5,,', ',,', 'a note'],
  ...[
    '6,"say ""so""",1',
    '7,x,1,',
    '8,x,1,9',
    '9,x',
    '"10\n11",x,2',
    '12,"open,3',
    '# a comment',
    '-1,x,2',
    '13,x,abc',
  ],
];
const text = fc
  .record({
    lines: fc.array(
      fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...USUAL) }, fc.constantFrom(...UNUSUAL)),
      {
        minLength: 1,
        maxLength: 40,
      },
    ),
    lineEnd: fc.constantFrom('\n', '\r\n'),
    isOpen: fc.boolean(),
  })
  .map(({ lines, lineEnd, isOpen }) => [NAMES, ...lines].join(lineEnd) + (isOpen ? '' : lineEnd));
const separators = fc.record({
  delimiter: fc.constantFrom(',', ';'),
  quote: fc.constantFrom('"', ''),
  newline: fc.constant('lf' as const),
  comment: fc.constantFrom(undefined, '#'),
});

/** What is read of a text that comes in pieces. @param isWhole each record is looked at */
function read(text: string, given: Separators, cuts: readonly number[], isTyped: boolean, isWhole: boolean) {
  const shape = { columns: 3, minimum: 3, numeric: [0] };
  const notations: (BytesNotation | null)[] = ['integer', null, 'decimal'];
  const collector = new RowCollector(
    shape,
    ALL_NULL_SPELLINGS,
    { headerRows: 1 },
    given,
    isTyped ? () => notations : undefined,
  );
  const receiver: RecordReceiver = isWhole
    ? {
        record: (record) => collector.record(record),
        malformed: (...error) => collector.malformed(...error),
        comment: (...comment) => collector.comment(...comment),
      }
    : collector;
  const scanner = new RecordScanner(given, receiver, 1, shape);
  const bytes = new TextEncoder().encode(
    given.delimiter === ',' ? text : text.replaceAll(',', given.delimiter),
  );
  const cells: unknown[] = [];
  let from = 0;
  for (const to of [...cuts.map((cut) => cut % bytes.length).sort((a, b) => a - b), bytes.length]) {
    scanner.push(bytes.slice(from, to), to === bytes.length);
    for (const { ipc, types } of collector.drain(to === bytes.length)) {
      cells.push(types, ...tableFromIPC(ipc).toArray().map(Object.values));
    }
    from = to;
  }
  const { rowCount, rejections, rejectedCount, skipped, filledRows, mended, samples, filled, blanks } =
    collector;
  const lines = Array.from({ length: rowCount }, (_, row) => collector.lines.at(row));
  const nulls = [...collector.nullSpellings.counts, ...collector.nullSpellings.padded];
  const listed = { rejections, rejectedCount, skipped: [skipped.count, skipped.listed], filledRows, mended };
  return { cells, lines, nulls, samples, filled, blanks, ...listed };
}

it('are read as they are when each record is looked at, wherever the text is cut', () => {
  fc.assert(
    fc.property(
      text,
      separators,
      fc.array(fc.nat(2000), { maxLength: 4 }),
      fc.boolean(),
      (text, given, cuts, isTyped) => {
        const outcome = (isWhole: boolean) => {
          try {
            return read(text, given, cuts, isTyped, isWhole);
          } catch (error) {
            return String(error);
          }
        };
        expect(outcome(false)).toEqual(outcome(true));
      },
    ),
    { numRuns: 400 },
  );
});
