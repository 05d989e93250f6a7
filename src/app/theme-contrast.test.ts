import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const CSS = readFileSync(new URL('./theme.css', import.meta.url), 'utf8');

/** Relative luminance of a token in the light (0) or dark (1) theme (WCAG 2.2). */
function luminance(token: string, theme: 0 | 1): number {
  const [, light, dark] = new RegExp(`--${token}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(CSS)!;
  const color = [light, dark][theme]!;
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function ratio(first: string, second: string, theme: 0 | 1): number {
  const [low, high] = [luminance(first, theme), luminance(second, theme)].sort((a, b) => a - b);
  return (high! + 0.05) / (low! + 0.05);
}

describe.each([
  ['light', 0],
  ['dark', 1],
] as const)('series in the %s theme', (_, theme) => {
  it('original and synthetic differ in lightness, so that grey print tells them apart', () => {
    expect(ratio('original', 'synthetic', theme)).toBeGreaterThanOrEqual(3);
  });
  it.each(['original', 'synthetic', 'difference'])('%s stands out from the card', (token) => {
    expect(ratio(token, 'card', theme)).toBeGreaterThanOrEqual(3);
  });
});
