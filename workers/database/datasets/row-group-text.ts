import type { RowGroup } from 'hyparquet';

/** JSON with what it lacks, in objects with one field of this name. */
const TAG = '$';

/** What a footer says of row groups, as text: JSON with whole numbers of any size, bytes, dates and numbers that are not finite. */
export function toGroupText(groups: readonly RowGroup[]): string {
  return JSON.stringify(plain(groups));
}

/** @throws SyntaxError, TypeError if it is no such text */
export function fromGroupText(text: string): RowGroup[] {
  return revived(JSON.parse(text)) as RowGroup[];
}

function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return { [TAG]: `n${value}` };
  if (typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0)))
    return { [TAG]: `f${Object.is(value, -0) ? '-0' : value}` };
  if (value instanceof Date) return { [TAG]: `d${value.getTime()}` };
  if (value instanceof Uint8Array) return { [TAG]: `b${[...value].join()}` };
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, plain(part)]));
}

function revived(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revived);
  if (value === null || typeof value !== 'object') return value;
  const tagged = (value as Readonly<Record<string, unknown>>)[TAG];
  if (typeof tagged !== 'string')
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, revived(part)]));
  const text = tagged.slice(1);
  switch (tagged[0]) {
    case 'n':
      return BigInt(text);
    case 'f':
      return Number(text);
    case 'd':
      return new Date(Number(text));
    default:
      return Uint8Array.from(text === '' ? [] : text.split(','), Number);
  }
}
