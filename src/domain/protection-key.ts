import { UserError } from './errors';

/** Bytes of a key. */
const BYTES = 32;
const DIGITS = /^[0-9a-f]{64}$/;

/**
 * A new protection key: 256 bits of the browser's cryptographic generator as hexadecimal digits (docs/privacy.md,
 * Protection key).
 */
export function newProtectionKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(BYTES)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}

/**
 * The protection key that a text holds, in lower case.
 * @throws UserError `config/invalid`, which does not repeat the text
 */
export function readProtectionKey(text: string): string {
  const key = text.trim().toLowerCase();
  if (DIGITS.test(key)) return key;
  throw new UserError(
    'config/invalid',
    `A protection key is ${2 * BYTES} hexadecimal digits, and this is not. “openssl rand -hex ${BYTES}” makes one.`,
  );
}
