import { createElement, type ReactElement } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { FreeCharts } from './chart-frame';
import { short } from './scale';

const SHAPES = 'rect, line, path, text';
/** What draws; recharts writes much else on its elements. */
const DRAWN = [
  ...['x', 'y', 'width', 'height', 'x1', 'y1', 'x2', 'y2', 'd', 'transform'],
  ...['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-dasharray'],
  ...['font-size', 'font-style', 'text-anchor'],
];
/** Of rectangles and texts alone: recharts writes these of its plot on lines and paths as well. */
const BOX = new Set(['x', 'y', 'width', 'height']);
const BOXED = new Set(['rect', 'text']);

/**
 * What a chart of recharts draws, as one SVG of plain shapes, for a file. It is drawn on the page, out of sight: recharts
 * draws in effects, and those do not run where React renders to text.
 */
export function drawnChart(chart: ReactElement): ReactElement {
  const holder = document.createElement('div');
  const root = createRoot(holder);
  flushSync(() => root.render(<FreeCharts>{chart}</FreeCharts>));
  const svg = holder.querySelector('[role=img] svg')!;
  const drawing = (
    <svg
      viewBox={svg.getAttribute('viewBox')!}
      role="img"
      aria-label={holder.querySelector('[role=img]')!.getAttribute('aria-label')!}
      className="chart"
    >
      {[...svg.querySelectorAll(SHAPES)].filter((shape) => !shape.closest('defs')).map(plain)}
    </svg>
  );
  root.unmount();
  return drawing;
}

function plain(shape: Element, key: number): ReactElement {
  const tag = shape.tagName.toLowerCase();
  const attributes = DRAWN.flatMap((name) => {
    const value = shape.getAttribute(name);
    if (value === null || (BOX.has(name) && !BOXED.has(tag))) return [];
    return [[name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()), rounded(value)]];
  });
  return createElement(
    tag,
    { key, ...Object.fromEntries(attributes) },
    tag === 'text' ? shape.textContent : undefined,
  );
}

function rounded(value: string): string {
  return value.replace(/-?\d+\.\d+/g, (number) => String(short(Number(number))));
}
