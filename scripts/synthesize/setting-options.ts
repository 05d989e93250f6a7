import { fitsRule, rangeText } from '../../src/domain/number-text';
import type { Setting } from '../../src/domain/setting';

/** Bad arguments or input: one line, exit code 2. */
export class InputError extends Error {}

/** The line of a setting in the usage text; `note` goes behind it. */
export function usageLine(setting: Setting, note = ''): string {
  const { option, title, value, redraw, nullText = 'auto' } = setting;
  const fallback = redraw === undefined ? setting.fallback() : 'random';
  const words = wordsOf(setting);
  const taken = [...(value.type === 'number' ? ['N'] : []), ...words.keys()].join('|');
  const fractions = value.type === 'number' && !value.integer ? ', fractions allowed' : '';
  const word = [...words].find(([, meaning]) => meaning === fallback)?.[0] ?? String(fallback);
  const start = fallback === null ? nullText.toLowerCase() : word;
  return `  ${`--${option} ${taken}`.padEnd(28)} ${title}${fractions} (${start})${note}\n`;
}

/**
 * The value that an option gives to its setting. Words are read whatever their case.
 * @throws InputError naming the option, what was said and what it takes
 */
export function readOption(setting: Setting, text: string): unknown {
  const { option, value } = setting;
  const words = wordsOf(setting);
  const word = [...words.keys()].find((known) => known.toLowerCase() === text.toLowerCase());
  if (word !== undefined) return words.get(word);
  const ranges: string[] = [];
  if (value.type === 'number') {
    const isNumber = value.integer ? /^[+-]?\d+$/.test(text) : text.trim() !== '';
    const number = isNumber ? Number(text) : Number.NaN;
    if (Number.isFinite(number) && fitsRule(number, value) && setting.check(number) === null) return number;
    ranges.push(rangeText(value, String));
  }
  throw new InputError(`--${option} takes ${[...ranges, ...words.keys()].join(' or ')}, not “${text}”.`);
}

/** The values of the settings that were said, by name. */
export function readSettings(settings: readonly Setting[], texts: Readonly<Record<string, string>>) {
  return Object.fromEntries(
    settings.flatMap((setting) => {
      const text = texts[setting.option];
      return text === undefined ? [] : [[setting.name, readOption(setting, text)]];
    }),
  );
}

/** What can be said besides a number, and what it means. */
function wordsOf({ value, nullable, nullOption = 'auto' }: Setting): Map<string, unknown> {
  const words = new Map<string, unknown>();
  if (value.type === 'switch') words.set('on', true).set('off', false);
  if (value.type === 'choice') for (const choice of value.choices) words.set(choice.value, choice.value);
  return nullable ? words.set(nullOption, null) : words;
}
