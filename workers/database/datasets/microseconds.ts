/**
 * Times as files hold them, whole microseconds, and as they are computed with, doubles of milliseconds. Whole
 * milliseconds come back as they were in the years 1 to 9999, microseconds up to the year 2248.
 */
export function toMicroseconds(milliseconds: number): bigint {
  const whole = Math.floor(milliseconds);
  return BigInt(whole) * 1000n + BigInt(Math.round((milliseconds - whole) * 1000));
}

/** The other way round. */
export function toMilliseconds(microseconds: bigint): number {
  const number = Number(microseconds);
  // Both are exact, so that the quotient is rounded once.
  if (Number.isSafeInteger(number)) return number / 1000;
  return Number(microseconds / 1000n) + Number(microseconds % 1000n) / 1000;
}
