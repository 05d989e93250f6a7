import { MAX_UNSIGNED_DIGITS, namesData } from '../../../src/domain/names-of-data';
import { isDateText, looksNumeric } from './cell-shape';

/** What a cell plainly is, whatever its column is called; `null`: it could be a name as well as a value. */
export type DataForm = 'e-mail' | 'web address' | 'phone number' | 'identifier' | 'date' | 'number';

/** Forms of which a cell is no name: nobody calls a column so, unless the column names are data themselves. */
export const NEVER_NAMES: readonly DataForm[] = ['e-mail', 'web address', 'phone number', 'identifier'];

const EMAIL = /^[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]{2,}$/;
const WEB = /^(?:https?:\/\/|www\.)\S+$/i;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const IBAN = /^[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?$/;
const PHONE = /^\+?\(?\d[\d ()./-]{5,}\d$/;

/** The form of one cell. */
export function dataForm(cell: string): DataForm | null {
  const text = cell.trim();
  if (text === '' || text.length > 320) return null;
  if (EMAIL.test(text)) return 'e-mail';
  if (WEB.test(text)) return 'web address';
  if (UUID.test(text) || IBAN.test(text)) return 'identifier';
  if (isDateText(text)) return 'date';
  const digits = text.replace(/\D/g, '').length;
  if (PHONE.test(text) && /[+ ()/-]/.test(text) && digits >= 7 && digits <= 15 && !isRange(text)) {
    return 'phone number';
  }
  if (looksNumeric(text)) return digits > MAX_UNSIGNED_DIGITS && namesData(text) ? 'identifier' : 'number';
  return null;
}

/** Years and brackets, which columns are called by: 2019-2020, 10000-19999. Their ends are round, those of numbers not. */
function isRange(text: string): boolean {
  const [, from = '', to = ''] = /^((?:19|20)\d\d|\d+[01]) ?- ?((?:19|20)\d\d|\d+[09])$/.exec(text) ?? [];
  return from !== '' && from.length === to.length && from < to;
}

/** Runs of letters as `a`, of digits as `9`, other characters as they are: "AT-123" → "a-9". */
export function codeShape(cell: string): string {
  return cell
    .trim()
    .replace(/\p{L}+/gu, 'a')
    .replace(/\d+/g, '9');
}

/** A shape of letters or marks with digits, as codes have and names hardly ever do. */
export function isCode(shape: string): boolean {
  return shape.includes('9') && /[^9.,+\s-]/.test(shape);
}
