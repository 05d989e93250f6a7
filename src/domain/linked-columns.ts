/** Columns that are coded with others by choice: pairs of coordinates, and dates relative to others. */
import type { ColumnConfig, ColumnProfile } from './columns';
import { readCoordinates } from './coordinate-texts';

/** Names of a latitude and of a longitude in several languages, as a word of a column's name. */
const LATITUDE = /^(lat|latitude|latitud|latitudine|breite|breitengrad|szerokosc)$/;
const LONGITUDE =
  /^(lon|lng|long|longitude|longitud|longitudine|laenge|länge|laengengrad|längengrad|dlugosc)$/;
/** Texts of which coordinates are recognised, at least. */
const MIN_TEXTS = 3;

/** With what a column is coded. */
export interface ColumnLink {
  readonly pairedWith?: string;
  readonly relativeTo?: string;
}

/** Whether the texts of a column are coordinates, by its most frequent ones. */
export function holdsCoordinates({ storageType, topValues, distinctCount }: ColumnProfile): boolean {
  if (storageType !== 'text' || topValues.length < Math.min(MIN_TEXTS, distinctCount)) return false;
  const read = topValues.filter(({ value }) => readCoordinates(value) !== null).length;
  return read > 0 && read >= 0.8 * topValues.length;
}

/** The other coordinate of a column of numbers, by name and range; null if it is none or has none. */
export function otherCoordinate(
  profile: ColumnProfile,
  profiles: readonly ColumnProfile[],
): ColumnProfile | null {
  const own = coordinateOf(profile);
  if (!own) return null;
  const found = profiles.filter((other) => {
    const at = coordinateOf(other);
    return at !== null && at.axis !== own.axis && at.rest === own.rest;
  });
  return found.length === 1 ? found[0]! : null;
}

/** Names of the columns that can be coded as coordinates. */
export function coordinateColumns(profiles: readonly ColumnProfile[]): ReadonlySet<string> {
  const found = profiles.filter(
    (profile) => holdsCoordinates(profile) || otherCoordinate(profile, profiles) !== null,
  );
  return new Set(found.map(({ name }) => name));
}

/** Which coordinate a name and a range say, and what else the name says: `pickup` of `pickup_latitude`. */
function coordinateOf(
  profile: ColumnProfile,
): { readonly axis: 'lat' | 'long'; readonly rest: string } | null {
  if (!isNumber(profile)) return null;
  const words = profile.name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '');
  const is = (pattern: RegExp) => words.some((word) => pattern.test(word));
  const axis =
    is(LATITUDE) && fits(profile, 90) ? 'lat' : is(LONGITUDE) && fits(profile, 180) ? 'long' : null;
  if (!axis) return null;
  const named = axis === 'lat' ? LATITUDE : LONGITUDE;
  return { axis, rest: words.filter((word) => !named.test(word)).join(' ') };
}

function isNumber({ storageType }: ColumnProfile): boolean {
  return storageType === 'integer' || storageType === 'float';
}

function isDate({ storageType }: ColumnProfile): boolean {
  return storageType === 'date' || storageType === 'datetime';
}

function fits({ min, max }: ColumnProfile, limit: number): boolean {
  return min !== null && max !== null && min >= -limit && max <= limit;
}

/**
 * What the chosen types TABULAR_LAT_LONG of numbers and TABULAR_DATETIME_RELATIVE link each column to, by name. Two
 * columns of numbers for which the first is chosen are a pair whatever their names are, if their ranges fit.
 */
export function linkColumns(
  profiles: readonly ColumnProfile[],
  columns: readonly ColumnConfig[],
): ReadonlyMap<string, ColumnLink> {
  const chosen = new Map(
    columns.flatMap(({ name, included, modelEncodingType }) => (included ? [[name, modelEncodingType]] : [])),
  );
  const links = new Map<string, ColumnLink>();
  const learned = profiles.filter(({ name }) => chosen.has(name));
  const pair = (a: ColumnProfile, b: ColumnProfile) => {
    if (links.has(a.name) || links.has(b.name)) return;
    links.set(a.name, { pairedWith: b.name }).set(b.name, { pairedWith: a.name });
  };
  const coordinates = learned.filter(
    (profile) => isNumber(profile) && chosen.get(profile.name) === 'TABULAR_LAT_LONG',
  );
  for (const profile of coordinates) {
    const other = otherCoordinate(profile, learned);
    const fitting = ['AUTO', 'TABULAR_NUMERIC_AUTO', 'TABULAR_NUMERIC_BINNED', 'TABULAR_LAT_LONG'];
    if (other && fitting.includes(chosen.get(other.name)!)) pair(profile, other);
  }
  const [first, second, ...more] = coordinates.filter(({ name }) => !links.has(name));
  if (first && second && more.length === 0 && [first, second].every((profile) => fits(profile, 180)))
    pair(first, second);
  const relative = (profile: ColumnProfile) => chosen.get(profile.name) === 'TABULAR_DATETIME_RELATIVE';
  const dates = learned.filter(isDate);
  // Where all dates are relative, the first is what the others are relative to.
  const anchors = dates.some((profile) => !relative(profile))
    ? dates.filter((profile) => !relative(profile))
    : dates.slice(0, 1);
  for (const profile of dates.filter(relative)) {
    const anchor = anchorOf(profile, anchors);
    if (anchor) links.set(profile.name, { relativeTo: anchor.name });
  }
  return links;
}

/** The date that comes nearest before this one on the whole, else the first of them. */
function anchorOf(profile: ColumnProfile, anchors: readonly ColumnProfile[]): ColumnProfile | null {
  const others = anchors.filter((other) => other !== profile);
  const before = others.filter(({ median }) => (median ?? 0) <= (profile.median ?? 0));
  before.sort((a, b) => (b.median ?? 0) - (a.median ?? 0));
  return before[0] ?? others[0] ?? null;
}
