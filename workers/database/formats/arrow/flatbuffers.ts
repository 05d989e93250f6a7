/**
 * FlatBuffers (https://flatbuffers.dev/internals/), as Arrow's metadata is written in
 * (https://github.com/apache/arrow/tree/main/format: Message, Schema, File). Fields have numbers, from 0 in the order of
 * their table's declaration. What lies outside of the view is a RangeError.
 */

/** @returns position of a field by its number, null where the table leaves it out and it has its default */
export type Fields = (field: number) => number | null;

/** The table that the reference at a position leads to. */
export function tableAt(view: DataView, reference: number): Fields {
  const table = reference + view.getInt32(reference, true);
  const vtable = table - view.getInt32(table, true);
  const size = view.getUint16(vtable, true);
  return (field) => {
    const slot = 4 + 2 * field;
    const offset = slot < size ? view.getUint16(vtable + slot, true) : 0;
    return offset === 0 ? null : table + offset;
  };
}

/** Entries of a vector and how many there are. */
export interface Vector {
  readonly start: number;
  readonly length: number;
}

/**
 * The vector that the reference at a position leads to, empty for null.
 * @param bytes of an entry
 * @throws RangeError where it ends beyond the view
 */
export function vectorAt(view: DataView, reference: number | null, bytes: number): Vector {
  if (reference === null) return { start: 0, length: 0 };
  const base = reference + view.getInt32(reference, true);
  const length = view.getInt32(base, true);
  if (length < 0 || base + 4 + length * bytes > view.byteLength)
    throw new RangeError(`a list of ${length} entries is longer than its file`);
  return { start: base + 4, length };
}
