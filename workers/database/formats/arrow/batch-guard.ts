import { type Batch, Type } from '@uwdata/flechette';

/** Entries of lists that may stand in several rows at once. */
const MAX_SHARED_ENTRIES = 1e8;

const checked = new WeakSet<Batch<unknown>>();

/**
 * Checks that a batch, and what is in it, has the values that its rows speak of: flechette makes a list as long as its
 * offsets say.
 * @throws Error if its buffers are shorter than its rows, or lists lie outside of their entries
 */
export function checkBatch(batch: Batch<unknown>): void {
  if (checked.has(batch)) return;
  checkOwn(batch);
  for (const child of batch.children ?? []) checkBatch(child as Batch<unknown>);
  checked.add(batch);
}

function checkOwn(batch: Batch<unknown>): void {
  const { type, length, offsets, sizes, values, children } = batch;
  const [child] = children ?? [];
  if (length === 0) return;
  switch (type.typeId) {
    case Type.Null:
      return;
    case Type.Utf8:
    case Type.LargeUtf8:
    case Type.Binary:
    case Type.LargeBinary:
      checkOffsets(offsets, length, values?.length ?? 0);
      return;
    case Type.List:
    case Type.LargeList:
    case Type.Map:
      checkOffsets(offsets, length, child?.length ?? 0);
      return;
    case Type.ListView:
    case Type.LargeListView:
      checkViews(offsets, sizes, length, child?.length ?? 0);
      return;
    case Type.FixedSizeList:
      assertHolds(length * type.stride, child?.length);
      return;
    case Type.FixedSizeBinary:
      assertHolds(length * type.stride, values?.length);
      return;
    case Type.Utf8View:
    case Type.BinaryView:
      assertHolds(length * 16, values?.length);
      return;
    case Type.Bool:
      assertHolds(length, 8 * (values?.length ?? 0));
      return;
    case Type.Decimal:
      assertHolds(length * Math.max(1, type.bitWidth / 64), values?.length);
      return;
    case Type.Struct:
      for (const { length: own } of children ?? []) assertHolds(length, own);
      return;
    default:
      if (values) assertHolds(length, values.length);
  }
}

function assertHolds(needed: number, there: number | undefined): void {
  if (!(needed <= (there ?? 0))) throw new Error('its buffers are shorter than its rows');
}

type Numbers = Batch<unknown>['offsets'];

/** Where entries begin never falls, and ends within them. */
function checkOffsets(offsets: Numbers, length: number, entries: number): void {
  assertHolds(length + 1, offsets?.length);
  let last = 0;
  for (let i = 0; i <= length; i++) {
    const offset = Number(offsets![i]);
    if (offset < last || offset > entries) throw new Error('its values lie outside of their buffer');
    last = offset;
  }
}

function checkViews(offsets: Numbers, sizes: Numbers, length: number, entries: number): void {
  assertHolds(length, Math.min(offsets?.length ?? 0, sizes?.length ?? 0));
  let total = 0;
  for (let i = 0; i < length; i++) {
    const [offset, size] = [Number(offsets![i]), Number(sizes![i])];
    total += size;
    if (offset < 0 || size < 0 || offset + size > entries || total > MAX_SHARED_ENTRIES)
      throw new Error('its values lie outside of their buffer');
  }
}
