import type { CellFormat, NumberFormat } from '../../../src/domain/cell-format';
import type { StorageType } from '../../../src/domain/columns';

/** Digits after the mark that Excel shows. */
const MAX_DECIMALS = 15;

/** How Excel shows a column (ECMA-376 Part 1, §18.8.30): dates as dates, decimals and units as the original had them. */
export function formatCode(type: StorageType, { number, date }: CellFormat = {}): string {
  if (type === 'date') return 'yyyy-mm-dd';
  if (type === 'datetime')
    return date?.pattern.includes('S') ? 'yyyy-mm-dd hh:mm:ss.000' : 'yyyy-mm-dd hh:mm:ss';
  if (type === 'time') return timeCode(date?.pattern);
  if ((type === 'integer' || type === 'float') && number) return numberCode(number);
  return type === 'integer' ? '0' : 'General';
}

/** Times of day as the original shows them. */
function timeCode(pattern = 'HH:mm:ss'): string {
  const seconds = pattern.includes('s') ? `:ss${pattern.includes('S') ? '.000' : ''}` : '';
  return `hh:mm${seconds}${pattern.includes('a') ? ' AM/PM' : ''}`;
}

function numberCode({
  thousands,
  minDecimals = 0,
  maxDecimals = minDecimals,
  prefix = '',
  suffix = '',
  bracketed,
}: NumberFormat): string {
  const padded = Math.min(MAX_DECIMALS, minDecimals);
  const optional = '#'.repeat(Math.max(0, Math.min(MAX_DECIMALS, maxDecimals) - padded));
  const decimals = padded > 0 || optional !== '' ? `.${'0'.repeat(padded)}${optional}` : '';
  const literal = (text: string) => (text === '' ? '' : `"${text.replaceAll('"', '')}"`);
  const code = `${literal(prefix)}${thousands ? '#,##0' : '0'}${decimals}${literal(suffix)}`;
  return bracketed ? `${code};(${code})` : code;
}
