import { type CellValue, cellWriter } from '../../../../src/domain/cell-writer';
import type { StorageType } from '../../../../src/domain/columns';
import { xmlText } from './parts';

const DAY = 86_400_000;
/** Day 0 of Excel's calendar, which takes 1900 for a leap year: before March 1900 a day is one less. */
const EPOCH = Date.UTC(1899, 11, 30);
const MARCH_1900 = Date.UTC(1900, 2, 1);
const FIRST_DATE = Date.UTC(1900, 0, 1);
const AFTER_LAST_DATE = Date.UTC(10_000, 0, 1);
/** Characters of a cell at most. */
const MAX_TEXT = 32_767;

/** What became something else. */
export interface CellLosses {
  /** Texts cut to the longest that a cell takes. */
  cut: number;
  /** Numbers and dates that Excel lacks, written as texts. */
  texts: number;
}

/**
 * A writer of the cells of a column; rows and columns count from 1 and "A".
 * @param style its number among the workbook's styles
 */
export function cellXml(
  type: StorageType,
  style: number,
  losses: CellLosses,
): (value: CellValue, address: string) => string {
  const text = cellWriter(type);
  const asText = (value: CellValue, address: string) => {
    losses.texts++;
    return textXml(text(value), address);
  };
  switch (type) {
    case 'text':
      return (value, address) => {
        const whole = text(value);
        if (whole.length > MAX_TEXT) losses.cut++;
        return textXml(whole.slice(0, MAX_TEXT), address);
      };
    case 'boolean':
      return (value, address) => `<c r="${address}" t="b"><v>${value === true ? 1 : 0}</v></c>`;
    case 'date':
    case 'datetime':
      return (value, address) => {
        const instant = Number(value);
        if (!(instant >= FIRST_DATE && instant < AFTER_LAST_DATE)) return asText(value, address);
        const days = (instant - EPOCH) / DAY - (instant < MARCH_1900 ? 1 : 0);
        return `<c r="${address}" s="${style}"><v>${days}</v></c>`;
      };
    default:
      return (value, address) => {
        const number = Number(value);
        const isExact = Number.isFinite(number) && (type === 'float' || Number.isSafeInteger(number));
        return isExact ? `<c r="${address}" s="${style}"><v>${number}</v></c>` : asText(value, address);
      };
  }
}

/** An inline string: never a formula, whatever it begins with. */
export function textXml(text: string, address: string): string {
  return `<c r="${address}" t="inlineStr"><is><t xml:space="preserve">${xmlText(text)}</t></is></c>`;
}

/** A, B, …, Z, AA, … */
export function columnLetters(index: number): string {
  let letters = '';
  for (let left = index + 1; left > 0; left = Math.floor((left - 1) / 26))
    letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters;
  return letters;
}
