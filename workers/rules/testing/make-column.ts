import type { StorageType } from '../../../src/domain/columns';
import type { RuleColumn } from '../rule-column';

/** A column of the given cells: numbers, texts, or ISO dates for the date types; null = missing. */
export function makeColumn(
  name: string,
  cells: readonly (number | string | boolean | null)[],
  type?: StorageType,
): RuleColumn {
  const dated = type === 'date' || type === 'datetime';
  if (dated || cells.every((cell) => cell === null || typeof cell === 'number')) {
    const number = (cell: number | string | boolean | null) =>
      cell === null ? 0 : typeof cell === 'string' ? Date.parse(cell) : Number(cell);
    const nulls = Uint8Array.from(cells, (cell) => (cell === null ? 1 : 0));
    const values = Float64Array.from(cells, number);
    const storageType = type ?? (values.every(Number.isInteger) ? 'integer' : 'float');
    return { name, storageType, data: { kind: 'number', values, nulls: nulls.includes(1) ? nulls : null } };
  }
  const texts = cells.map((cell) => (cell === null ? null : String(cell)));
  const dictionary = [...new Set(texts.filter((text) => text !== null))];
  const codes = Int32Array.from(texts, (text) => (text === null ? -1 : dictionary.indexOf(text)));
  const storageType = type ?? (cells.some((cell) => typeof cell === 'boolean') ? 'boolean' : 'text');
  return { name, storageType, data: { kind: 'text', codes, dictionary } };
}
