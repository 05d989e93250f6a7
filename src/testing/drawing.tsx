import { act, render } from '@testing-library/react';
import type { ReactElement } from 'react';
import { vi } from 'vitest';

/** Of what holds a chart, in CSS pixels. */
const WIDTH = 340;
const COLORS = ['fill', 'fill-opacity', 'stroke', 'stroke-dasharray'];
/** What is told of each element; the others are of no interest. */
const TOLD: Readonly<Record<string, readonly string[]>> = {
  svg: ['viewBox', 'aria-label', 'fill'],
  rect: ['x', 'y', 'width', 'height', ...COLORS],
  line: ['x1', 'y1', 'x2', 'y2', ...COLORS],
  path: ['d', ...COLORS],
  text: ['x', 'y', 'text-anchor', 'transform'],
  title: [],
  span: ['style'],
};

/**
 * What a chart draws where it is 340 px wide, one line a shape or text, numbers to a hundredth: for snapshots that a
 * person can check. Text has no size here. Charts come in turn (`useTurn`), so it waits.
 */
export async function drawingOf(chart: ReactElement): Promise<string> {
  const measure = vi.spyOn(HTMLElement.prototype, 'getBoundingClientRect').mockImplementation(sizeOf);
  const { container } = render(chart);
  await act(() => new Promise((resolve) => setTimeout(resolve, 20)));
  measure.mockRestore();
  return [...container.querySelectorAll(Object.keys(TOLD).join())]
    .filter((element) => !element.closest('defs'))
    .flatMap(lineOf)
    .join('\n');
}

function sizeOf(this: HTMLElement): DOMRect {
  if (!this.classList.contains('recharts-responsive-container')) return new DOMRect();
  return new DOMRect(0, 0, WIDTH, Number.parseFloat(this.parentElement!.style.height));
}

function lineOf(element: Element): string[] {
  const tag = element.tagName.toLowerCase();
  const attributes = TOLD[tag]!.flatMap((name) => {
    const value = element.getAttribute(name);
    return value ? [`${name}=${value.replace(/-?\d+\.\d+/g, rounded)}`] : [];
  });
  const text = tag === 'text' || element.children.length === 0 ? element.textContent : '';
  if (!text && attributes.length === 0) return [];
  return [[tag, ...attributes, ...(text ? [`“${text}”`] : [])].join(' ')];
}

function rounded(number: string): string {
  return String(Math.round(Number(number) * 100) / 100 + 0);
}
