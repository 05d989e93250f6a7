import type { SchemaElement, SchemaTree } from 'hyparquet';
import { noteOf } from '../listed';
import type { ReadColumn } from '../table-format';
import { columnOf, type Reading, readingNotes } from '../value-reading';

/** A column of the table and where it stands in the file. */
export interface ParquetLeaf {
  /** The column of the file that it is part of. */
  readonly top: string;
  /** Names of fields within it; none = it is that column. */
  readonly fields: readonly string[];
  readonly element: SchemaElement;
  readonly reading: Reading;
  readonly column: ReadColumn;
}

const MAX_DEPTH = 32;
/** The columns of a file; fields of groups are called `group.field`. */
export function parquetLeaves(schema: SchemaTree): ParquetLeaf[] {
  return schema.children.flatMap((top) => leavesBelow(top, top.element.name, []));
}

function leavesBelow(node: SchemaTree, top: string, fields: readonly string[]): ParquetLeaf[] {
  const { element, children } = node;
  if (children.length === 0 && element.num_children) return [];
  if (isGroup(node) && fields.length < MAX_DEPTH) {
    return children.flatMap((child) => leavesBelow(child, top, [...fields, child.element.name]));
  }
  const reading: Reading =
    children.length > 0 || element.repetition_type === 'REPEATED' ? { kind: 'json' } : readingOf(element);
  const name = [top, ...fields].join('.');
  return [{ top, fields, element, reading, column: { name, ...columnOf(reading) } }];
}

/** A group of fields, of which each row has one at most. */
function isGroup({ element, children }: SchemaTree): boolean {
  const { converted_type: converted, logical_type: logical, repetition_type: repetition } = element;
  if (children.length === 0 || repetition === 'REPEATED') return false;
  if (converted === 'LIST' || converted === 'MAP' || converted === 'MAP_KEY_VALUE') return false;
  return logical === undefined || !['LIST', 'MAP', 'VARIANT'].includes(logical.type);
}

function readingOf(element: SchemaElement): Reading {
  const { type, converted_type: converted, logical_type: logical } = element;
  if (converted === 'DECIMAL' || logical?.type === 'DECIMAL') return decimalOf(element);
  switch (type) {
    case 'BOOLEAN':
      return { kind: 'boolean' };
    case 'INT32':
      if (converted === 'DATE' || logical?.type === 'DATE') return { kind: 'date' };
      if (converted === 'TIME_MILLIS' || logical?.type === 'TIME') return { kind: 'time', unit: 'ms' };
      return { kind: isUnsigned(element) ? 'uint32' : 'integer' };
    case 'INT64':
      if (logical?.type === 'TIMESTAMP') return { kind: 'datetime', unit: unitOf(logical.unit) };
      if (logical?.type === 'TIME') return { kind: 'time', unit: unitOf(logical.unit) };
      if (converted === 'TIMESTAMP_MILLIS') return { kind: 'datetime', unit: 'ms' };
      if (converted === 'TIMESTAMP_MICROS') return { kind: 'datetime', unit: 'us' };
      if (converted === 'TIME_MICROS') return { kind: 'time', unit: 'us' };
      return { kind: isUnsigned(element) ? 'unsigned' : 'integer' };
    case 'INT96':
      return { kind: 'datetime', unit: 'ns' };
    case 'FLOAT':
    case 'DOUBLE':
      return { kind: 'float' };
    case 'FIXED_LEN_BYTE_ARRAY':
      if (logical?.type === 'UUID') return { kind: 'uuid' };
      return { kind: logical?.type === 'FLOAT16' ? 'float16' : 'bytes' };
    default: {
      const isText = converted === 'UTF8' || converted === 'ENUM' || converted === 'JSON';
      return {
        kind: isText || (logical && ['STRING', 'ENUM', 'JSON'].includes(logical.type)) ? 'text' : 'bytes',
      };
    }
  }
}

/** Digits of the widest decimal that readers know, of 256 bits. */
const MAX_DIGITS = 76;

/** @throws Error if its digits are none that a writer gives: powers of ten are made of them */
function decimalOf({ name, logical_type: logical, ...element }: SchemaElement): Reading {
  const digits = logical?.type === 'DECIMAL' ? logical : element;
  const { scale = digits.scale ?? 0, precision = digits.precision ?? 38 } = element;
  const isRight = precision >= 1 && precision <= MAX_DIGITS && scale >= 0 && scale <= precision;
  if (isRight) return { kind: 'decimal', scale, precision };
  throw new Error(`“${name}” is a decimal of ${precision} digits, ${scale} of them after the point`);
}

function isUnsigned({ converted_type: converted, logical_type: logical }: SchemaElement): boolean {
  return logical?.type === 'INTEGER' ? !logical.isSigned : (converted?.startsWith('UINT_') ?? false);
}

function unitOf(unit: string): 'ms' | 'us' | 'ns' {
  return unit === 'MILLIS' ? 'ms' : unit === 'NANOS' ? 'ns' : 'us';
}

/** What is decided of columns that are not taken as they stand. */
export function leafNotes(leaves: readonly ParquetLeaf[]): string[] {
  const named = (holds: (leaf: ParquetLeaf) => boolean) =>
    leaves.filter(holds).map(({ column }) => column.name);
  return [
    ...noteOf(
      named(({ fields }) => fields.length > 0),
      'is a field of a group, a column of its own here.',
      'are fields of groups, columns of their own here.',
    ),
    ...readingNotes(leaves.map(({ reading, column }) => ({ reading, name: column.name }))),
  ];
}
