/**
 * Proleptic Gregorian calendar in integers: epoch milliseconds UTC to parts and back, without Date objects, for
 * any year a double's integers reach. Algorithm: H. Hinnant, "chrono-compatible low-level date algorithms".
 */

export const DAY = 86_400_000;

/** Writes the nine parts of an instant into `out`: year, month, day, hour, minute, second, digits of the millisecond. */
export function splitInstant(epochMs: number, out: Int32Array): void {
  const whole = Math.floor(epochMs);
  const days = Math.floor(whole / DAY);
  let time = whole - days * DAY;
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  out[0] = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  out[1] = month;
  out[2] = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  out[3] = Math.floor(time / 3_600_000);
  time -= out[3]! * 3_600_000;
  out[4] = Math.floor(time / 60_000);
  time -= out[4]! * 60_000;
  out[5] = Math.floor(time / 1000);
  time -= out[5]! * 1000;
  out[6] = Math.floor(time / 100);
  out[7] = Math.floor(time / 10) % 10;
  out[8] = time % 10;
}

/** Instant of nine parts; a day beyond the end of its month becomes the last day. */
export function joinInstant(parts: Int32Array): number {
  const month = parts[1]!;
  const day = Math.min(parts[2]!, daysInMonth(parts[0]!, month));
  const year = parts[0]! - (month <= 2 ? 1 : 0);
  const era = Math.floor(year / 400);
  const yearOfEra = year - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  const days = era * 146_097 + dayOfEra - 719_468;
  const seconds = parts[3]! * 3600 + parts[4]! * 60 + parts[5]!;
  return days * DAY + seconds * 1000 + parts[6]! * 100 + parts[7]! * 10 + parts[8]!;
}

/** 28 … 31. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Whether three numbers are a day: 29 February in leap years alone, nothing with a fraction. */
export function existsDate(year: number, month: number, day: number): boolean {
  if (!Number.isInteger(year) || !Number.isInteger(month) || !Number.isInteger(day)) return false;
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}
