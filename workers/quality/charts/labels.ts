import { MIN_SHOWN_ROWS } from '../../../src/domain/shown-counts';
import { type Bins, MISSING, type NumberBins, SPECIAL } from '../accuracy/bins';

const MAX_LABEL_LENGTH = 20;
/** Distance of a shown edge from the true one, at most, as a share of the narrower neighbouring bin. */
const EDGE_TOLERANCE = 0.1;

/**
 * Labels of the bins in charts. They reveal no single original row: values of fewer than 8 people are called
 * rare, edges are rounded down, and the lowest value, usually that of one row, is not shown.
 *
 * @param originalCounts people of the original, by bin; rows where each is somebody's own
 */
export function displayLabels(bins: Bins, originalCounts: ArrayLike<number>): string[] {
  if (bins.kind === 'category') {
    return unique(
      bins.labels.map((label, i) => (SPECIAL.includes(label) ? label : shown(label, originalCounts[i]!))),
    );
  }
  const labels = bins.values
    ? bins.values.map((value, i) => shown(formatValue(value, bins.kind), originalCounts[i]!))
    : edgeLabels(bins);
  return unique([...labels.slice(0, bins.breaks.length - 1), MISSING]);
}

function shown(label: string, rows: number): string {
  return rows >= MIN_SHOWN_ROWS ? trimLabel(label, MAX_LABEL_LENGTH) : '(rare)';
}

function edgeLabels({ breaks, kind }: NumberBins): string[] {
  if (breaks.length < 3) return ['(all values)'];
  const edges = kind === 'datetime' ? formatDates(breaks) : formatEdges(breaks);
  return edges.slice(0, -1).map((edge, i) => (i === 0 ? `≺ ${edges[1]}` : `⪰ ${edge}`));
}

/** Edges rounded down to as few significant digits as move them little. */
function formatEdges(breaks: readonly number[]): string[] {
  for (let digits = 1; digits < 16; digits++) {
    const floored = breaks.map((edge) => floorToDigits(edge, digits));
    const close = breaks.every((edge, i) => {
      if (i === 0 || i === breaks.length - 1) return true;
      const width = Math.min(edge - breaks[i - 1]!, breaks[i + 1]! - edge);
      return Math.abs(edge - floored[i]!) <= width * EDGE_TOLERANCE;
    });
    if (close) return floored.map(String);
  }
  return breaks.map(String);
}

function floorToDigits(value: number, digits: number): number {
  if (value === 0 || !Number.isFinite(value)) return value;
  const step = 10 ** (Math.floor(Math.log10(Math.abs(value))) - digits + 1);
  const floored = Number((Math.floor(value / step) * step).toPrecision(digits + 1));
  return Number.isFinite(floored) ? floored : value;
}

function formatValue(value: number, kind: NumberBins['kind']): string {
  return kind === 'datetime' ? formatDates([value])[0]! : String(value);
}

const DAY = 86_400_000;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DATE_FORMATS: readonly ((iso: string) => string)[] = [
  (iso) => year(iso),
  (iso) => `${year(iso)}-${month(iso)}`,
  (iso) => `${year(iso)}-${month(iso)}-${iso.slice(-16, -14)}`,
  (iso) => `${iso.slice(0, -14)} ${iso.slice(-13, -8)}`,
  (iso) => `${iso.slice(0, -14)} ${iso.slice(-13, -5)}`,
  (iso) => `${iso.slice(0, -14)} ${iso.slice(-13, -1)}`,
];

function year(iso: string): string {
  return iso.slice(0, -20);
}

function month(iso: string): string {
  return MONTHS[Number(iso.slice(-19, -17)) - 1]!;
}

/** The shortest date format in which all differ, UTC. */
export function formatDates(times: readonly number[]): string[] {
  const texts = times.map((time) => {
    const date = new Date(time);
    return Number.isNaN(date.getTime()) ? null : date.toISOString();
  });
  // Times of day are milliseconds since midnight.
  const areTimesOfDay = times.length > 0 && times.every((time) => time >= 0 && time <= 2 * DAY);
  for (const format of areTimesOfDay ? DATE_FORMATS.slice(3) : DATE_FORMATS) {
    const printed = texts.map((iso, i) => (iso === null ? String(times[i]) : format(iso)));
    if (new Set(printed).size === printed.length) return areTimesOfDay ? printed.map(timeOf) : printed;
  }
  return times.map(String);
}

/** What stands behind the day. */
function timeOf(printed: string): string {
  return printed.slice(printed.indexOf(' ') + 1);
}

/** A label of at most `max` characters, the middle left out where it is longer. */
export function trimLabel(label: string, max: number): string {
  if (label.length <= max || Array.from(label.slice(0, 2 * max + 2)).length <= max) return label;
  const head = Math.ceil((max - 3) / 2);
  const tail = Math.floor((max - 3) / 2);
  const first = Array.from(label.slice(0, 2 * head)).slice(0, head);
  const last = Array.from(label.slice(-2 * tail)).slice(-tail);
  return `${first.join('')}...${last.join('')}`;
}

/** Equal labels get a number. */
function unique(labels: readonly string[]): string[] {
  const seen = new Map<string, number>();
  const taken = new Set(labels);
  return labels.map((label) => {
    const count = seen.get(label) ?? 0;
    seen.set(label, count + 1);
    if (count === 0) return label;
    let number = count + 1;
    while (taken.has(`${label} ${number}`)) number++;
    taken.add(`${label} ${number}`);
    return `${label} ${number}`;
  });
}
