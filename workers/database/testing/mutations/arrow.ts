import type { Change } from './bytes';
import { withExtreme } from './numbers';

/** Metadata of a message: from its mark, so many bytes. */
interface Region {
  readonly from: number;
  readonly to: number;
}

/** A number in the metadata: lengths of vectors and buffers, positions, types. All stand at multiples of their size. */
const metadataNumber: Change = (bytes, random) => {
  const regions = metadataOf(bytes);
  const region = regions[random.below(Math.max(1, regions.length))];
  if (!region) return bytes;
  const width = ([1, 2, 4, 4, 8] as const)[random.below(5)]!;
  const at = region.from + random.below(region.to - region.from);
  return withExtreme(bytes, at - ((at - region.from) % width), width, random);
};

/** A number in the buffers: offsets of texts and lists, sizes that buffers unpack to. */
const bodyNumber: Change = (bytes, random) => {
  const regions = metadataOf(bytes);
  const region = regions[random.below(Math.max(1, regions.length))];
  if (!region) return bytes;
  const next = regions.find(({ from }) => from > region.to)?.from ?? bytes.length;
  const at = region.to + random.below(Math.max(1, next - region.to));
  const width = random.below(2) === 0 ? 4 : 8;
  return withExtreme(bytes, at - ((at - region.to) % width), width, random);
};

/** Numbers in the metadata and the buffers of Arrow files and streams. */
export const ARROW_CHANGES: readonly Change[] = [metadataNumber, metadataNumber, bodyNumber];

/** Metadata of the messages and the footer. */
function metadataOf(bytes: Uint8Array): Region[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const regions: Region[] = [];
  for (let at = 0; at + 8 <= bytes.length; at += 4) {
    if (view.getInt32(at, true) !== -1) continue;
    const length = view.getInt32(at + 4, true);
    if (length <= 0 || at + 8 + length > bytes.length) continue;
    regions.push({ from: at + 8, to: at + 8 + length });
    at += length;
  }
  if (bytes.length > 20 && bytes[0] === 65) {
    const length = view.getInt32(bytes.length - 10, true);
    if (length > 0 && length < bytes.length - 10)
      regions.push({ from: bytes.length - 10 - length, to: bytes.length - 10 });
  }
  return regions;
}
