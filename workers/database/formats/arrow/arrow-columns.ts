import { type DataType, TimeUnit, Type } from '@uwdata/flechette';
import type { ReadColumn } from '../table-format';
import { columnOf, type Reading } from '../value-reading';

/** A column of the table and where it stands in the file. */
export interface ArrowLeaf {
  /** Position of the column that it is part of. */
  readonly top: number;
  /** Names of fields within it; none = it is that column. */
  readonly fields: readonly string[];
  readonly reading: Reading;
  /** Dates are counted in milliseconds by the library. */
  readonly column: ReadColumn;
  /** Counts without a day or a clock: a number of units. */
  readonly isDuration: boolean;
  /** Times that were written with a zone, which are UTC. */
  readonly hasZone: boolean;
}

interface Field {
  readonly name: string;
  readonly type: DataType;
}

const MAX_DEPTH = 32;

/** The columns of a file; fields of structs are called `struct.field`. */
export function arrowLeaves(fields: readonly Field[]): ArrowLeaf[] {
  return fields.flatMap((field, top) => leavesBelow(field, top, [], field.name));
}

function leavesBelow({ type }: Field, top: number, fields: readonly string[], name: string): ArrowLeaf[] {
  if (type.typeId === Type.Struct && fields.length < MAX_DEPTH) {
    const children = (type as { readonly children: readonly Field[] }).children;
    return children.flatMap((child) =>
      leavesBelow(child, top, [...fields, child.name], `${name}.${child.name}`),
    );
  }
  const reading = readingOf(type);
  const zone = type.typeId === Type.Timestamp && (type as { timezone?: string | null }).timezone;
  return [
    {
      top,
      fields,
      reading,
      column: { name, ...columnOf(reading) },
      isDuration: type.typeId === Type.Duration,
      hasZone: Boolean(zone),
    },
  ];
}

const UNITS = {
  [TimeUnit.SECOND]: 's',
  [TimeUnit.MILLISECOND]: 'ms',
  [TimeUnit.MICROSECOND]: 'us',
  [TimeUnit.NANOSECOND]: 'ns',
} as const;

function readingOf(type: DataType): Reading {
  switch (type.typeId) {
    case Type.Dictionary:
      return readingOf(type.dictionary);
    case Type.RunEndEncoded:
      return readingOf(type.children[1]!.type);
    case Type.Bool:
      return { kind: 'boolean' };
    case Type.Int:
      return {
        kind: !type.signed && type.bitWidth === 64 ? 'unsigned' : !type.signed ? 'uint32' : 'integer',
      };
    case Type.Duration:
      return { kind: 'integer' };
    case Type.Float:
      return { kind: 'float' };
    case Type.Decimal:
      return { kind: 'decimal', scale: type.scale, precision: type.precision };
    case Type.Date:
      return { kind: 'date' };
    case Type.Timestamp:
      return { kind: 'datetime', unit: UNITS[type.unit] };
    case Type.Time:
      return { kind: 'time', unit: UNITS[type.unit] };
    case Type.Utf8:
    case Type.LargeUtf8:
    case Type.Utf8View:
    case Type.Null:
      return { kind: 'text' };
    case Type.Binary:
    case Type.LargeBinary:
    case Type.BinaryView:
    case Type.FixedSizeBinary:
      return { kind: 'bytes' };
    default:
      return { kind: 'json' };
  }
}

/** Days from the milliseconds that the library gives for dates, whatever the file counts in. */
export const MILLISECONDS_A_DAY = 86_400_000;
