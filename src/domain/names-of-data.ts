/**
 * Names – of columns, files, generators – that hold a value of the data instead of a name: an e-mail address, a phone
 * number, the number of an account. They are not written into any export (docs/privacy.md, Names).
 */

/** Digits of a name that are taken for a number of it: a date and a time have up to 14, but see `isInstant`. */
export const MAX_UNSIGNED_DIGITS = 8;

/** Bounded as RFC 5321 bounds them: without an end, a long text would be searched from each of its characters. */
const EMAIL = /[^\s@,;<>"'()]{1,64}@[^\s@,;<>"'()]{1,255}\.[\p{L}\d-]{2,63}/gu;
/** Digits with the marks that phone and account numbers are grouped by, not following a word. */
const DIGITS = /(?<![\p{L}\d])\+?\(?\d(?:[ ()./-]{0,2}\d){8,}/gu;

/** An account number (IBAN) without spaces; its check digits tell it from other codes. */
const ACCOUNT = /(?<![\p{L}\d])[A-Z]{2}\d{2}[A-Z\d]{11,30}(?![\p{L}\d])/gu;

/** True if a name holds an e-mail address, an account number or a run of 9 digits and more that is no instant. */
export function namesData(name: string): boolean {
  return maskData(name) !== name;
}

/** The name with e-mail addresses, account numbers and long runs of digits replaced by "…". */
export function maskData(name: string): string {
  return name
    .replace(EMAIL, '…')
    .replace(ACCOUNT, (code) => (isAccount(code) ? '…' : code))
    .replace(DIGITS, (run) => (isInstant(run) ? run : '…'));
}

/** Whether the check digits of an IBAN are right (ISO 13616: the number, letters as 10 … 35, is 1 modulo 97). */
function isAccount(code: string): boolean {
  const digits = Array.from(code.slice(4) + code.slice(0, 4), (letter) => Number.parseInt(letter, 36)).join(
    '',
  );
  return BigInt(digits) % 97n === 1n;
}

/** A date with a time, or dates side by side, as files of exports are named after: 20240131_1530, 2019-2020-2021. */
function isInstant(run: string): boolean {
  const groups = run.match(/\d+/g) ?? [];
  const isYear = (text: string) => /^(?:19|20)\d\d$/.test(text);
  if (groups.length > 1 && groups.every(isYear)) return true;
  const digits = groups.join('');
  const [, month, day, hour = '0', minute = '0'] =
    /^(?:19|20)\d\d(\d\d)(\d\d)(\d\d)?(\d\d)?(?:\d\d){0,2}$/.exec(digits) ?? [];
  if (month === undefined || /[+()]/.test(run)) return false;
  const within = (text: string, low: number, high: number) => Number(text) >= low && Number(text) <= high;
  return within(month, 1, 12) && within(day!, 1, 31) && within(hour, 0, 23) && within(minute, 0, 59);
}
