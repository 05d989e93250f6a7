import { conversionSentence } from '../../src/domain/conversion-words';
import { unreadSentence } from '../../src/domain/evidence-words';
import { headerSentences } from '../../src/domain/header-words';
import { onlyTable } from '../../src/domain/only-table';
import { readingSentence, regionsSentence } from '../../src/domain/reading-words';
import type { Source } from '../../src/domain/sources';

/** How a file was read, what was assumed of its first row, and which names were replaced. */
export function tellReading(source: Source, say: (line: string) => void): void {
  const reading = readingSentence(source);
  if (reading !== null) say(reading);
  const regions = regionsSentence(onlyTable(source));
  if (regions !== null) process.stderr.write(`${regions}\n`);
  const { guess, renamed } = headerSentences(source);
  const option = source.dialect.header
    ? '--header no if it is a row'
    : '--header yes if it holds their names';
  if (guess !== null) process.stderr.write(`${guess} (${option})\n`);
  if (renamed !== null) process.stderr.write(`${renamed}\n`);
}

/** How texts were read as values, and which were not. */
export function tellConversions(source: Source, say: (line: string) => void): void {
  for (const conversion of onlyTable(source).conversions ?? []) {
    say(`${conversion.column}: ${conversionSentence(conversion)}`);
  }
  for (const column of onlyTable(source).columns) {
    const sentence = unreadSentence(column);
    if (sentence !== null) process.stderr.write(`${column.name}: ${sentence}\n`);
  }
}
