import { concatBytes } from '@noble/hashes/utils.js';
import { mendUtf8 } from '../dialect/decode-text';
import { ALL_NULL_SPELLINGS } from './null-spellings';
import type { ScannedRecord } from './scanned-record';

const NUMBER = /^[+-]?(\d+([.,]\d+)*|[.,]\d+)([eE][+-]?\d+)?%?$/;
const DATE = /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([T ].*)?$/;
/** What a row of sums is called in its first cell, … */
const TOTALS = (
  'total|totals|grand total|sum|sums|summe|gesamt|insgesamt|gesamtsumme|somme|totale|totaal|suma|razem|ogółem|итого|всего|' +
  'toplam|totalt|summa|合計|合计|総計|总计|計|합계'
).split('|');
/** … and one of other figures that sum up. */
const FIGURES = (
  'average|averages|avg|mean|median|max|maximum|min|minimum|std|sd|std dev|stdev|std. dev.|sem|cv|variance|standard deviation|mittelwert|durchschnitt|' +
  'moyenne|promedio|media|média|gemiddelde|medelvärde|średnia|среднее|平均|평균'
).split('|');
/** Marks of sums. */
const MARKS = ['*', '**', '***', 'σ', '∑'];
const TOTAL_STARTS = new Uint8Array(256);
for (const word of [...TOTALS, ...FIGURES, ...MARKS]) {
  TOTAL_STARTS[new TextEncoder().encode(word)[0]!] = 1;
  TOTAL_STARTS[new TextEncoder().encode(word.toUpperCase())[0]!] = 1;
}
const MAX_TOTAL_BYTES = 40;

/** A record that outlives the call it was handed on in. */
export function copyRecord(record: ScannedRecord): ScannedRecord {
  const { begin, fields } = record;
  const moved = (positions: Int32Array) => positions.slice(0, fields).map((position) => position - begin);
  let end = record.end - begin;
  const ends = moved(record.ends);
  for (const position of ends) end = Math.max(end, position + 1);
  return {
    ...record,
    bytes: record.bytes.slice(begin, begin + end),
    starts: moved(record.starts),
    ends,
    quoting: record.quoting.slice(0, fields),
    begin: 0,
    end: record.end - begin,
  };
}

/** Blanks alone. */
export function isBlank(record: ScannedRecord, field: number): boolean {
  const end = record.ends[field]!;
  for (let at = record.starts[field]!; at < end; at++) {
    const byte = record.bytes[at];
    if (byte !== 32 && byte !== 9) return false;
  }
  return true;
}

/** Every cell is empty and none quoted. */
export function isEmptyRecord(record: ScannedRecord): boolean {
  // Delimiters take a byte each at least: a longer record holds something, or blanks.
  if (record.end - record.begin > 4 * record.fields + 8) return false;
  for (let i = 0; i < record.fields; i++) if (record.quoting[i] !== 0 || !isBlank(record, i)) return false;
  return true;
}

/** Whether a record may begin with a word for sums. */
export function mayBeTotal(record: ScannedRecord): boolean {
  const first = firstFilled(record);
  return TOTAL_STARTS[record.bytes[record.starts[first]!]!] !== 0;
}

/** Which word the first filled cell of a record is: “Total: all” too, and `part` for “Total sales”. Cheap for others. */
export function summaryOf(record: ScannedRecord): 'total' | 'part' | 'figure' | null {
  const first = firstFilled(record);
  const start = record.starts[first]!;
  const end = record.ends[first]!;
  if (end - start > MAX_TOTAL_BYTES || TOTAL_STARTS[record.bytes[start]!] === 0) return null;
  const [word = ''] = textOf(record, first).toLowerCase().split(/[:：]/);
  if (TOTALS.includes(word.trim())) return 'total';
  if (TOTALS.includes(word.split(' ')[0]!) || MARKS.includes(word.trim())) return 'part';
  return FIGURES.includes(word.trim()) ? 'figure' : null;
}

function firstFilled({ fields, starts, ends }: ScannedRecord): number {
  let first = 0;
  while (first < fields - 1 && starts[first] === ends[first]) first++;
  return first;
}

function textOf({ bytes, starts, ends }: ScannedRecord, field: number): string {
  return new TextDecoder().decode(bytes.subarray(starts[field], ends[field])).trim();
}

/** Whether the record has numbers, dates or nothing in all of the columns that have nothing else. */
export function fitsNumbers(record: ScannedRecord, numeric: readonly number[]): boolean {
  const decoder = new TextDecoder();
  return numeric.every((i) => {
    if (i >= record.fields) return true;
    const text = decoder.decode(record.bytes.subarray(record.starts[i], record.ends[i])).trim();
    return text === '' || NUMBER.test(text) || DATE.test(text) || ALL_NULL_SPELLINGS.includes(text);
  });
}

/** Whether two records are the same bytes, but for capitals of ASCII. */
export function isSameRecord(record: ScannedRecord, other: ScannedRecord): boolean {
  const length = other.end - other.begin;
  if (record.end - record.begin !== length) return false;
  for (let i = 0; i < length; i++) {
    const difference = record.bytes[record.begin + i]! ^ other.bytes[other.begin + i]!;
    if (difference !== 0 && !(difference === 32 && isLetter(record.bytes[record.begin + i]!))) return false;
  }
  return true;
}

function isLetter(byte: number): boolean {
  const small = byte | 32;
  return small >= 97 && small <= 122;
}

const RULE_BYTES = new Uint8Array(256);
for (const mark of '-=_+|: \t') RULE_BYTES[mark.charCodeAt(0)] = 1;
/** Bytes that a drawn line repeats, … */
const STROKES = [45, 61, 95];
/** … so often at least. */
const MIN_STROKES = 3;

/** Whether a line at `begin` whose first field is at `start` may be a drawn one or begin as a record of sums. */
export function mayBeginOther(bytes: Uint8Array, begin: number, start: number): boolean {
  return RULE_BYTES[bytes[begin]!] !== 0 || TOTAL_STARTS[bytes[start]!] !== 0;
}

/** A line drawn under names or around a table: “---- ----”, “+---+---+”, “|:--|--:|”, “====”. */
export function isRule({
  bytes,
  begin,
  end,
  quoting,
}: Pick<ScannedRecord, 'bytes' | 'begin' | 'end' | 'quoting'>): boolean {
  if (RULE_BYTES[bytes[begin]!] === 0 || end - begin < MIN_STROKES || quoting[0] !== 0) return false;
  let run = 0;
  let longest = 0;
  for (let at = begin; at < end; at++) {
    if (RULE_BYTES[bytes[at]!] === 0) return false;
    run = STROKES.includes(bytes[at]!) ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest >= MIN_STROKES;
}

/** The record without the empty field before the delimiter that its line begins with. */
export function withoutFirst(record: ScannedRecord): ScannedRecord {
  if (record.fields < 2 || record.quoting[0] !== 0 || !isBlank(record, 0)) return record;
  const { fields, starts, ends, quoting } = record;
  return {
    ...record,
    fields: fields - 1,
    starts: starts.subarray(1),
    ends: ends.subarray(1),
    quoting: quoting.subarray(1),
  };
}

/** What notes below a table begin with. */
const NOTE =
  /^([*†‡§¹²³]|\(?\d{1,2}\)|\[\d{1,2}\]|\(?[a-z]\)|©|\(c\)|(notes?|sources?|quellen?|hinweise?|anmerkung(en)?|remarks?|fuente|notas?|nota bene|legende?|footnotes?)\b|примечани[ея]|источник|資料|出典|注|備考|资料来源|数据来源|来源|备注|자료|출처|주:)/i;
/** A word and what it says, “as of: today”; or strokes alone. */
const REMARK = /\p{L}[:：](\s|$)|：|^[^\p{L}\p{N}]+$/u;
/** A sentence has so many words. */
const MANY_WORDS = 6;

/** Whether one of the last two fields holds something, if it is not the first. */
export function isFilledBehind({ bytes, fields, starts, ends }: ScannedRecord): boolean {
  const isFilled = (i: number) => i > 0 && ends[i]! > starts[i]! && bytes[starts[i]!]! > 32;
  return isFilled(fields - 1) || isFilled(fields - 2);
}

/** Whether the record has one filled cell, the first. */
export function isLone(record: ScannedRecord): boolean {
  if (record.fields < 2) return false;
  for (let i = 1; i < record.fields; i++) if (record.quoting[i] !== 0 || !isBlank(record, i)) return false;
  return true;
}

/** Whether a lone cell reads like a note: a sentence, a remark, or what begins as notes do. */
export function isNote(record: ScannedRecord): boolean {
  if (!isLone(record)) return false;
  const text = textOf(record, 0);
  return (
    NOTE.test(text) ||
    text.split(/\s+/).length >= MANY_WORDS ||
    (record.fields > 2 && text !== '' && REMARK.test(text))
  );
}

/** The mark that ends a text file of DOS. */
export function isEndMark({ bytes, begin, end }: ScannedRecord): boolean {
  return end - begin === 1 && bytes[begin] === 0x1a;
}

/** The same record with valid UTF-8 in every field. */
export function mendRecord(record: ScannedRecord): ScannedRecord {
  const starts = new Int32Array(record.fields);
  const ends = new Int32Array(record.fields);
  const parts: Uint8Array[] = [];
  let at = 0;
  for (let i = 0; i < record.fields; i++) {
    const cell = mendUtf8(record.bytes.subarray(record.starts[i], record.ends[i])).bytes;
    starts[i] = at;
    ends[i] = at + cell.length;
    // The byte after a quoted field is its quote.
    parts.push(cell, record.bytes.subarray(record.ends[i], record.ends[i]! + 1));
    at += cell.length + parts.at(-1)!.length;
  }
  return { ...record, bytes: concatBytes(...parts), starts, ends };
}

/** True if U+FFFD, which decoders write for what they cannot read, is among the bytes. */
export function holdsReplacement(bytes: Uint8Array, begin: number, end: number): boolean {
  const some = bytes.subarray(begin, end);
  for (let at = some.indexOf(0xef); at >= 0; at = some.indexOf(0xef, at + 1)) {
    if (some[at + 1] === 0xbf && some[at + 2] === 0xbd) return true;
  }
  return false;
}
