import type { CellFormat } from './cell-format';
import { numberText } from './cell-text';
import type { StorageType } from './columns';
import { dateWriter } from './date-format';
import { formatNumber } from './number-format';

/** A value as a Parquet file gives it, null aside; dates and times are epoch milliseconds. */
export type CellValue = string | number | bigint | boolean;

/**
 * A writer of the values of a column as its file writes them; plainly (`numberText`) where the format says nothing.
 * @param decimal mark of numbers whose format names none
 */
export function cellWriter(
  type: StorageType,
  format: CellFormat = {},
  decimal: '.' | ',' = '.',
): (value: CellValue) => string {
  const { number, date, boolean } = format;
  switch (type) {
    case 'text':
      return String;
    case 'boolean':
      return boolean ? (value) => (value === true ? boolean.yes : boolean.no) : String;
    case 'date':
    case 'datetime':
    case 'time': {
      const write = date ? dateWriter(date) : (value: number) => numberText(value, type);
      return (value) => write(Number(value));
    }
    default: {
      if (number) return (value) => formatNumber(value as number | bigint, number, decimal);
      const plain = (value: CellValue) =>
        typeof value === 'bigint' ? String(value) : numberText(Number(value), type);
      return decimal === '.' ? plain : (value) => plain(value).replace('.', decimal);
    }
  }
}
