import type { ColumnData, TextColumn } from '../../../src/domain/column-data';
import type { StorageType } from '../../../src/domain/columns';
import { type Coordinates, readCoordinates } from '../../../src/domain/coordinate-texts';
import { cellOf, type PlaneBox, type PlaneCells } from '../models/plane-cells';
import { mayShow, type ProtectionPlan, protectedBounds, valuesForBounds } from '../privacy/protection';
import { columnProtection } from '../privacy/table-protection';
import { cutPlane } from '../rules/plane/cut-plane';
import { compareCodePoints } from './categorical';
import { missingCount, requireText } from './character';
import {
  type AnalyseOptions,
  CLASS_RULE,
  type DecodeDraws,
  drawKey,
  planClasses,
  type SubColumn,
  toldCount,
  uniformOfRow,
} from './contract';

/** A frequent text, or the extent of a cell in degrees: lowest and highest latitude, then longitude. */
export type CellCode = string | PlaneBox;

/**
 * TABULAR_LAT_LONG (docs/encodings.md, Coordinates): one sub-column `cell`: null (if there are nulls), then frequent texts and
 * cells of the plane in the order of a tree that splits it, so that neighbouring codes are near each other.
 */
export interface LatLongEncoding {
  readonly type: 'TABULAR_LAT_LONG';
  readonly storageType: StorageType;
  readonly subColumns: readonly SubColumn[];
  readonly hasNull: boolean;
  /** What each code after that of null stands for. */
  readonly codes: readonly CellCode[];
  /** Finds the cell of a point (latitude, longitude); null = there are none. */
  readonly splits: PlaneCells['splits'] | null;
  /** Index below `codes` of each cell. */
  readonly cellCodes: readonly number[];
  /** What stands before, between and after the numbers. */
  readonly frame: readonly [string, string, string];
  /** Digits after the point, and whether zeros at the end are written. */
  readonly decimals: number;
  readonly isPadded: boolean;
  /** Distinct texts that no code stands for alone, to tens. */
  readonly hiddenValues: number;
  /** Code of what has neither a cell nor a text of its own. */
  readonly fallbackCode: number;
}

/** Rows of a cell: edges are functions of ten of them. */
const MIN_ROWS = 20;
const MAX_CELLS = 380;
/** Texts with a code of their own at most. */
const MAX_TEXTS = 2000;
/** Digits that a position on the earth is ever measured in. */
const MAX_DECIMALS = 9;
/** Share of the rows that are written with all digits for the others to be, too. */
const PADDED = 0.9;

/** What of a column's texts counts. */
interface Locations {
  readonly text: TextColumn;
  /** By index in the dictionary; null = no coordinates. */
  readonly read: readonly (Coordinates | null)[];
  /** [dictionary] subjects that hold each. */
  readonly counts: Uint32Array;
  /** Rows that count: one of each subject. */
  readonly rows: readonly number[];
}

/** Finds frequent texts, the cells of the others, and how they are written. */
export function analyseLatLong(
  data: ColumnData,
  storageType: StorageType,
  options: AnalyseOptions,
): LatLongEncoding {
  const text = requireText(data, 'TABULAR_LAT_LONG');
  const plan = columnProtection(options.valueProtection, options.seed, options.rareThreshold);
  const subjects = (options.valueProtection && options.subjects) || null;
  const locations = readLocations(text, subjects);
  const { read, counts } = locations;
  const frequent = frequentTexts(locations, plan);
  const isFrequent = new Set(frequent);
  const open = locations.rows.filter((row) => text.codes[row]! >= 0 && !isFrequent.has(text.codes[row]!));
  const points = open.flatMap((row) => read[text.codes[row]!] ?? []);
  const decimals = decimalsOf(points.length > 0 ? points : read.flatMap((at) => at ?? []), plan);
  const cells = cellsOf(points, decimals, plan);
  const placed = [
    ...(cells?.boxes.map((box, cell): Placed => ({ cell, code: box })) ?? []),
    ...frequent.map((index): Placed => {
      const at = read[index];
      return {
        cell: at && cells ? cellOf(cells, at.latitude, at.longitude) : -1,
        code: text.dictionary[index]!,
      };
    }),
  ].sort(inOrder);
  const hasNull = mayShow(missingCount(text, subjects), plan) || placed.length === 0;
  const cardinality = Number(hasNull) + placed.length;
  const classes = planClasses(cardinality, Number(hasNull), {
    ...(options.classRule ?? CLASS_RULE),
    alone: 0,
  });
  const cellCodes = new Array<number>(cells?.boxes.length ?? 0).fill(0);
  placed.forEach(({ cell, code }, i) => {
    if (typeof code !== 'string') cellCodes[cell] = i;
  });
  const padded = points.filter((at) => at.decimals === decimals && at.fewerDecimals === decimals).length;
  return {
    type: 'TABULAR_LAT_LONG',
    storageType,
    subColumns: [{ name: 'cell', cardinality, ordinal: false, ...(classes ? { classes } : {}) }],
    hasNull,
    codes: placed.map(({ code }) => code),
    splits: cells?.splits ?? null,
    cellCodes,
    frame: frameOf(locations, plan),
    decimals,
    isPadded: padded >= PADDED * points.length,
    hiddenValues: plan.enabled ? hiddenTexts(locations, isFrequent, plan) : 0,
    fallbackCode: fallbackOf(placed, text, counts),
  };
}

function hiddenTexts({ counts }: Locations, isFrequent: ReadonlySet<number>, plan: ProtectionPlan): number {
  let [texts, rows] = [0, 0];
  counts.forEach((count, i) => {
    if (count === 0 || isFrequent.has(i)) return;
    texts++;
    rows += count;
  });
  return toldCount(texts, rows, plan.threshold);
}

interface Placed {
  readonly cell: number;
  readonly code: CellCode;
}

/** By cell; a cell before the texts in it. */
function inOrder(a: Placed, b: Placed): number {
  if (a.cell !== b.cell) return a.cell - b.cell;
  if (typeof a.code !== 'string') return -1;
  return typeof b.code === 'string' ? compareCodePoints(a.code, b.code) : 1;
}

function readLocations(text: TextColumn, subjects: Uint32Array | null): Locations {
  const counts = new Uint32Array(text.dictionary.length);
  const seen = new Set<number>();
  const held = new Set<string>();
  const rows: number[] = [];
  text.codes.forEach((code, row) => {
    const subject = subjects?.[row];
    if (subject === undefined) {
      if (code >= 0) counts[code]!++;
      rows.push(row);
      return;
    }
    if (code >= 0 && !held.has(`${subject} ${code}`)) {
      held.add(`${subject} ${code}`);
      counts[code]!++;
    }
    if (!seen.has(subject)) {
      seen.add(subject);
      rows.push(row);
    }
  });
  return { text, read: text.dictionary.map((value) => readCoordinates(value)), counts, rows };
}

/** Indices of the texts that enough subjects hold, the most frequent ones. */
function frequentTexts({ text, counts }: Locations, plan: ProtectionPlan): number[] {
  const least = plan.enabled ? plan.threshold : Math.max(2, Math.ceil(text.codes.length / MAX_TEXTS));
  return Array.from(counts.keys())
    .filter((index) => counts[index]! >= least)
    .sort((a, b) => counts[b]! - counts[a]! || compareCodePoints(text.dictionary[a]!, text.dictionary[b]!))
    .slice(0, MAX_TEXTS);
}

/** Digits after the point that enough rows need. */
function decimalsOf(points: readonly Coordinates[], { threshold }: ProtectionPlan): number {
  const sorted = points.map(({ decimals }) => decimals).sort((a, b) => b - a);
  return Math.min(sorted[Math.min(threshold, sorted.length) - 1] ?? 0, MAX_DECIMALS);
}

function cellsOf(points: readonly Coordinates[], decimals: number, plan: ProtectionPlan): PlaneCells | null {
  if (points.length === 0 || (plan.enabled && points.length < valuesForBounds(plan))) return null;
  const latitudes = Float64Array.from(points, ({ latitude }) => latitude);
  const longitudes = Float64Array.from(points, ({ longitude }) => longitude);
  const [south, west] = [latitudes, longitudes].map(
    (values) => protectedBounds(values.slice().sort(), plan)!,
  );
  const grid = 10 ** -decimals;
  return cutPlane(latitudes, longitudes, {
    minRows: Math.max(MIN_ROWS, plan.threshold, Math.ceil(points.length / MAX_CELLS)),
    grid: [grid, grid],
    bounds: [south!.low, south!.high, west!.low, west!.high],
  });
}

/** The commonest way to write the pair, if enough subjects share it. */
function frameOf({ text, read, rows }: Locations, plan: ProtectionPlan): LatLongEncoding['frame'] {
  const frames = new Map<string, number>();
  for (const row of rows) {
    const frame = read[text.codes[row]!]?.frame;
    if (frame) frames.set(JSON.stringify(frame), (frames.get(JSON.stringify(frame)) ?? 0) + 1);
  }
  const [best] = [...frames].sort((a, b) => b[1] - a[1]);
  return best && mayShow(best[1], plan) ? (JSON.parse(best[0]) as LatLongEncoding['frame']) : ['', ', ', ''];
}

/** Index below `codes` of the commonest text, else the first cell. */
function fallbackOf(placed: readonly Placed[], text: TextColumn, counts: Uint32Array): number {
  const rowsOf = new Map(text.dictionary.map((value, i) => [value, counts[i]!]));
  let [best, held] = [0, 0];
  placed.forEach(({ code }, i) => {
    const rows = typeof code === 'string' ? (rowsOf.get(code) ?? 0) : 0;
    if (rows > held) [best, held] = [i, rows];
  });
  return best;
}

/** Codes [rows]: of the text itself, else of the cell; a text without coordinates counts as missing. */
export function encodeLatLong(encoding: LatLongEncoding, data: ColumnData): Uint16Array {
  const text = requireText(data, encoding.type);
  const { codes, splits, cellCodes, hasNull, fallbackCode } = encoding;
  const first = Number(hasNull);
  const texts = new Map(codes.flatMap((code, i) => (typeof code === 'string' ? [[code, i] as const] : [])));
  const missing = hasNull ? 0 : fallbackCode;
  const cells = splits && { splits, boxes: [] };
  const table = Uint16Array.from(text.dictionary, (value) => {
    const own = texts.get(value);
    if (own !== undefined) return first + own;
    const at = readCoordinates(value);
    if (!at || codes.length === 0) return missing;
    return first + (cells ? cellCodes[cellOf(cells, at.latitude, at.longitude)]! : fallbackCode);
  });
  return Uint16Array.from(text.codes, (code) => (code < 0 ? missing : table[code]!));
}

/** Texts: frequent ones as they are, others at a random point of their cell, a function of (seed, column, row). */
export function decodeLatLong(
  encoding: LatLongEncoding,
  codes: Uint16Array,
  draws: DecodeDraws,
  row0: number,
): TextColumn {
  const { hasNull, codes: meanings } = encoding;
  const key = drawKey(draws);
  const first = Number(hasNull);
  const index = new Map<string, number>();
  const dictionary: string[] = [];
  const out = Int32Array.from(codes, (code, i) => {
    const meaning = meanings[code - first];
    if (meaning === undefined) return -1;
    const text =
      typeof meaning === 'string'
        ? meaning
        : textOf(encoding, meaning, uniformOfRow(key, row0 + i, 0), uniformOfRow(key, row0 + i, 1));
    const known = index.get(text);
    if (known !== undefined) return known;
    index.set(text, dictionary.length);
    return dictionary.push(text) - 1;
  });
  return { kind: 'text', codes: out, dictionary };
}

function textOf(
  { frame: [before, between, after], decimals, isPadded }: LatLongEncoding,
  [south, north, west, east]: PlaneBox,
  u: number,
  v: number,
): string {
  const number = (value: number) => {
    const text = value.toFixed(decimals);
    const shown = isPadded ? text : String(Number(text));
    return Number(text) === 0 ? shown.replace('-', '') : shown;
  };
  return `${before}${number(south + u * (north - south))}${between}${number(west + v * (east - west))}${after}`;
}
