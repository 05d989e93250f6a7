import { type Change, spliced } from './bytes';
import { withExtreme } from './numbers';

/** Numbers of the records of an archive, as [position, bytes], by their signatures (APPNOTE.TXT, §4.3). */
const RECORDS: readonly { readonly mark: number; readonly fields: readonly (readonly [number, 2 | 4])[] }[] =
  [
    {
      mark: 0x04034b50,
      fields: [
        [6, 2],
        [8, 2],
        [14, 4],
        [18, 4],
        [22, 4],
        [26, 2],
        [28, 2],
      ],
    },
    {
      mark: 0x02014b50,
      fields: [
        [8, 2],
        [10, 2],
        [20, 4],
        [24, 4],
        [28, 2],
        [30, 2],
        [32, 2],
        [42, 4],
      ],
    },
    {
      mark: 0x06054b50,
      fields: [
        [8, 2],
        [10, 2],
        [12, 4],
        [16, 4],
        [20, 2],
      ],
    },
  ];
const NAMES = [
  '../../etc/passwd',
  'a\0b.csv',
  'xl/workbook.xml',
  'xl/workbook.bin',
  'content.xml',
  '',
  '/',
  'x.zip',
];

const recordNumber: Change = (bytes, random) => {
  const found = recordsOf(bytes);
  const one = found[random.below(Math.max(1, found.length))];
  if (!one) return bytes;
  const [offset, width] = one.fields[random.below(one.fields.length)]!;
  return withExtreme(bytes, one.at + offset, width, random);
};

/** Another name for a file, in the directory. */
const entryName: Change = (bytes, random) => {
  const found = recordsOf(bytes).filter(({ mark }) => mark === 0x02014b50);
  const one = found[random.below(Math.max(1, found.length))];
  if (!one || one.at + 46 > bytes.length) return bytes;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint16(one.at + 28, true);
  const name = new TextEncoder().encode(
    random.below(8) === 0 ? 'long/'.repeat(12_000) : NAMES[random.below(NAMES.length)]!,
  );
  const changed = spliced(bytes, one.at + 46, Math.min(length, bytes.length - one.at - 46), name);
  const numbers = new DataView(changed.buffer);
  numbers.setUint16(one.at + 28, name.length, true);
  const end = lastEnd(changed);
  if (end >= 0) numbers.setUint32(end + 12, numbers.getUint32(end + 12, true) + name.length - length, true);
  return changed;
};

/** Sizes, names, methods and positions in ZIP archives. */
export const ZIP_CHANGES: readonly Change[] = [recordNumber, recordNumber, entryName];

function recordsOf(
  bytes: Uint8Array,
): { at: number; mark: number; fields: (typeof RECORDS)[number]['fields'] }[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = [];
  for (let at = 0; at + 22 <= bytes.length; at++) {
    if (bytes[at] !== 0x50 || bytes[at + 1] !== 0x4b) continue;
    const record = RECORDS.find(({ mark }) => mark === view.getUint32(at, true));
    if (record) found.push({ at, ...record });
  }
  return found;
}

function lastEnd(bytes: Uint8Array): number {
  return recordsOf(bytes).findLast(({ mark }) => mark === 0x06054b50)?.at ?? -1;
}
