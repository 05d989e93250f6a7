import type { TextEncoding } from '../../../src/domain/sources';
import { utf16Order } from '../files/file-kind';
import { decodeText, mendUtf8 } from './decode-text';
import { plausibility } from './plausible-text';
import { type TextSurvey, TextSurveyor } from './text-survey';

/**
 * Encodings that a text may be in if it is not UTF-8, and what speaks for each beforehand: of two that make equally
 * good text, the more frequent one.
 */
const CANDIDATES: readonly (readonly [TextEncoding, number])[] = [
  ['windows-1252', 0.12],
  ['windows-1250', 0.06],
  ['windows-1251', 0.06],
  ['windows-1253', 0.05],
  ['windows-1254', 0.05],
  ['windows-1255', 0.05],
  ['windows-1256', 0.05],
  ['windows-1257', 0.04],
  ['windows-1258', 0],
  ['windows-874', 0.05],
  ['iso-8859-2', 0],
  ['iso-8859-3', -0.1],
  ['iso-8859-4', -0.1],
  ['iso-8859-5', 0],
  ['iso-8859-6', -0.02],
  ['iso-8859-7', 0],
  ['iso-8859-8', -0.02],
  ['iso-8859-10', -0.12],
  ['iso-8859-13', -0.05],
  ['iso-8859-14', -0.12],
  ['iso-8859-15', 0.05],
  ['macintosh', -0.1],
  ['x-mac-cyrillic', -0.1],
  ['ibm866', -0.02],
  ['koi8-r', 0],
  ['koi8-u', -0.02],
  ['shift_jis', 0.05],
  ['euc-jp', 0],
  ['gb18030', 0.05],
  ['big5', 0.04],
  ['euc-kr', 0.04],
];

/** What chardet calls encodings that have another name, or a superset, in the Encoding Standard. */
const CHARDET_NAMES: Readonly<Record<string, TextEncoding>> = {
  'iso-8859-1': 'windows-1252',
  'iso-8859-2': 'windows-1250',
  'iso-8859-6': 'windows-1256',
  'iso-8859-7': 'windows-1253',
  'iso-8859-8': 'windows-1255',
  'iso-8859-9': 'windows-1254',
  'tis-620': 'windows-874',
};

/** Confidence of another detector in some encodings, 0 … 1. */
export type EncodingHints = ReadonlyMap<string, number>;

/** How much a detector's full confidence weighs beside our own look at the text. */
const HINT_WEIGHT = 0.3;
/** A stray byte in UTF-8 counts as so much broken text. */
const STRAY_COST = 4;

/**
 * Encoding of a text file from its first bytes: byte-order mark, the zero bytes of UTF-16, the escape sequences of
 * ISO-2022-JP, then UTF-8 unless too many bytes are none, then the encoding that makes the most plausible text.
 * @param complete false when the bytes are cut off, perhaps inside a character
 */
export function detectEncoding(head: Uint8Array, complete: boolean): TextEncoding {
  const marked = markedEncoding(head);
  if (marked) return marked;
  const surveyor = new TextSurveyor();
  surveyor.take(head, complete);
  return rankEncodings(surveyor.survey);
}

/** The encoding that the first bytes alone tell; null if it takes a look at all that are not ASCII. */
export function markedEncoding(head: Uint8Array): TextEncoding | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
  return utf16Order(head) ?? (isIso2022Jp(head) ? 'iso-2022-jp' : null);
}

/**
 * Encoding of a whole text file. Bytes that are not UTF-8 are looked at by our own measure and by chardet, whose models
 * of languages are sure of long texts (https://github.com/runk/node-chardet).
 * @param chunks the file's bytes; read to the end
 */
export async function surveyEncoding(chunks: AsyncIterable<Uint8Array>): Promise<TextEncoding> {
  const surveyor = new TextSurveyor();
  for await (const chunk of chunks) surveyor.take(chunk);
  surveyor.take(new Uint8Array(0), true);
  const { survey } = surveyor;
  return survey.strays === 0 ? 'utf-8' : rankEncodings(survey, await chardetHints(survey.sample));
}

/** @returns chardet's confidence per encoding, by the name it has here */
export async function chardetHints(sample: Uint8Array): Promise<EncodingHints> {
  const { analyse } = await import('chardet');
  const hints = new Map<string, number>();
  for (const { name, confidence } of analyse(sample)) {
    const key = name.toLowerCase();
    for (const encoding of [key, CHARDET_NAMES[key] ?? key]) {
      hints.set(encoding, Math.max(hints.get(encoding) ?? 0, confidence / 100));
    }
  }
  return hints;
}

/** The encoding that makes the most plausible text of what was found. */
export function rankEncodings(survey: TextSurvey, hints: EncodingHints = new Map()): TextEncoding {
  const { sequences, strays, sample } = survey;
  if (strays === 0 || sequences > 8 * strays) return 'utf-8';
  let best: TextEncoding = 'windows-1252';
  let bestScore = Number.NEGATIVE_INFINITY;
  const texts = CANDIDATES.map(([encoding]) => decodeText(sample, encoding));
  // Where two encodings make the same text, what a detector says of one holds for both.
  const hintOf = new Map<string, number>();
  CANDIDATES.forEach(([encoding], i) => {
    hintOf.set(texts[i]!, Math.max(hintOf.get(texts[i]!) ?? 0, hints.get(encoding) ?? 0));
  });
  for (const [i, [encoding, prior]] of CANDIDATES.entries()) {
    const text = texts[i]!;
    const score = plausibility(text) + prior + HINT_WEIGHT * hintOf.get(text)!;
    if (score > bestScore) {
      bestScore = score;
      best = encoding;
    }
  }
  if (sequences === 0) return best;
  const asUtf8 = plausibility(new TextDecoder().decode(mendUtf8(sample).bytes));
  const cost = (STRAY_COST * strays) / (sequences + strays);
  return asUtf8 - cost > Math.min(bestScore, 0) || (sequences >= strays && asUtf8 > bestScore)
    ? 'utf-8'
    : best;
}

/** ASCII with the escape sequences that switch to Japanese and back (RFC 1468). */
function isIso2022Jp(head: Uint8Array): boolean {
  let switches = 0;
  for (let at = 0; at + 2 < head.length; at++) {
    if (head[at]! >= 128) return false;
    if (head[at] !== 0x1b) continue;
    const [second, third] = [head[at + 1], head[at + 2]];
    if (second === 0x24 && (third === 0x42 || third === 0x40)) switches++;
  }
  return switches > 0;
}

/** The head of a file as valid UTF-8 without a byte-order mark. */
export function headAsUtf8(head: Uint8Array, encoding: TextEncoding): Uint8Array {
  if (encoding === 'utf-8') {
    return mendUtf8(
      withoutCutCharacter(head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? head.subarray(3) : head),
    ).bytes;
  }
  return new TextEncoder().encode(decodeText(head, encoding, false));
}

/** Without the beginning of a character that the end of the bytes cuts. */
function withoutCutCharacter(bytes: Uint8Array): Uint8Array {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) break;
    if (byte >= 0xc2)
      return byte >= (back === 1 ? 0xc2 : back === 2 ? 0xe0 : 0xf0)
        ? bytes.subarray(0, bytes.length - back)
        : bytes;
  }
  return bytes;
}
