/** Spellings that mean "no value" wherever they stand alone in a cell. */
export const STRONG_NULLS = ['NA', 'N/A', 'n/a', '#N/A', 'NULL', 'null', 'NaN', 'nan', '?', '\\N'] as const;

/**
 * Spellings that may be a value of their own ("None", a dash, an error of a spreadsheet): they mean "no value" only if they turn up in a column
 * whose other values are all numbers, dates or booleans.
 */
const WEAK_NULLS: readonly string[] = [
  ...['None', 'none', '-', '--', '–', '—', '.', 'na', 'n.a.', 'N.A.', 'Null', 'missing', 'Missing'],
  ...[
    '<NA>',
    'NAN',
    'n/d',
    'nd',
    'ND',
    's/d',
    'k.A.',
    'k. A.',
    'b.d.',
    ':',
    '..',
    '...',
    '…',
    '---',
    '*',
    '*****',
    '(X)',
    'MM',
  ],
  ...['Not Available', 'not available', 'No data', 'no data', '(null)', '(blank)'],
  ...['#DIV/0!', '#VALUE!', '#REF!', '#NAME?', '#NUM!', '#NULL!'],
];

export const ALL_NULL_SPELLINGS: readonly string[] = [...STRONG_NULLS, ...WEAK_NULLS];

/** True for a spelling that needs the evidence of a typed column. */
export function isWeakNull(spelling: string): boolean {
  return WEAK_NULLS.includes(spelling);
}

/** Counts cells that are one of a few short spellings, per column, without making strings. */
export class SpellingCounter {
  readonly spellings: readonly string[];
  /** counts[column * spellings.length + k] */
  readonly counts: Float64Array;
  /** 1 for columns where a spelling occurs with blanks around it. */
  readonly padded: Uint8Array;
  /** Bytes of the longest spelling. */
  readonly longest: number;
  /** 1 for bytes that a spelling begins with. */
  readonly starts = new Uint8Array(256);
  /** Spellings by first byte. */
  readonly #byFirst: ({ k: number; bytes: Uint8Array }[] | undefined)[] = [];

  constructor(columns: number, spellings: readonly string[]) {
    this.spellings = spellings;
    this.counts = new Float64Array(columns * spellings.length);
    this.padded = new Uint8Array(columns);
    const encoder = new TextEncoder();
    const encoded = spellings.map((spelling) => encoder.encode(spelling));
    this.longest = Math.max(0, ...encoded.map((bytes) => bytes.length));
    encoded.forEach((bytes, k) => {
      const first = bytes[0];
      if (first === undefined) return;
      this.starts[first] = 1;
      this.#byFirst[first] ??= [];
      this.#byFirst[first].push({ k, bytes });
    });
  }

  /** Counts the cell `bytes[from … to)` if it is a spelling, blanks around it ignored; whether it is one. */
  count(bytes: Uint8Array, from: number, to: number, column: number): boolean {
    const k = this.find(bytes, from, to);
    if (k < 0) return false;
    this.counts[column * this.spellings.length + k]!++;
    if (bytes[from] === 32 || bytes[to - 1] === 32) this.padded[column] = 1;
    return true;
  }

  /** Which spelling the cell `bytes[from … to)` is, blanks around it ignored; −1 for none. */
  find(bytes: Uint8Array, from: number, to: number): number {
    if (to - from > this.longest + 4) return -1;
    let start = from;
    let end = to;
    while (start < end && bytes[start] === 32) start++;
    while (end > start && bytes[end - 1] === 32) end--;
    const candidates = this.#byFirst[bytes[start]!];
    if (!candidates) return -1;
    for (const candidate of candidates) {
      if (candidate.bytes.length !== end - start) continue;
      let i = 1;
      while (i < candidate.bytes.length && candidate.bytes[i] === bytes[start + i]) i++;
      if (i === candidate.bytes.length) return candidate.k;
    }
    return -1;
  }
}
