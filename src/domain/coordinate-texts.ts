/** Texts that hold a latitude and a longitude, as "48.20849, 16.37208". */

/** A pair of numbers in a text. */
export interface Coordinates {
  readonly latitude: number;
  readonly longitude: number;
  /** What stands between the numbers, before and after them: "(", ", ", ")". */
  readonly frame: readonly [string, string, string];
  /** Digits after the points: of the number that has more, and of the other one. */
  readonly decimals: number;
  readonly fewerDecimals: number;
}

const NUMBER = '([+-]?\\d{1,3}(?:\\.\\d{1,15})?)';
const PAIR = new RegExp(
  `^(\\s*(?:POINT\\s*)?[(\\[]?\\s*)${NUMBER}(\\s*[,;|/]\\s*|\\s+)${NUMBER}(\\s*[)\\]]?\\s*)$`,
  'i',
);

/** The coordinates of a text; null if it holds something else, or numbers that no point of the earth has. */
export function readCoordinates(text: string): Coordinates | null {
  const match = PAIR.exec(text);
  if (!match) return null;
  const [, before = '', first = '', between = '', second = '', after = ''] = match;
  const [latitude, longitude] = [Number(first), Number(second)];
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return null;
  const digits = [decimalsOf(first), decimalsOf(second)];
  const [decimals, fewerDecimals] = [Math.max(...digits), Math.min(...digits)];
  return { latitude, longitude, frame: [before, between, after], decimals, fewerDecimals };
}

function decimalsOf(number: string): number {
  const point = number.indexOf('.');
  return point < 0 ? 0 : number.length - point - 1;
}
