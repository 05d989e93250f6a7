import { DAY } from '../../../src/domain/calendar';
import type { ColumnData, NumberColumn } from '../../../src/domain/column-data';
import type { ColumnProfile, StorageType } from '../../../src/domain/columns';
import { mayShow } from './protection';

/** Rows, or subjects, that a type needs: it is decided before a column has a threshold. */
const TYPE = { threshold: 7 } as const;

/**
 * The type in which a column comes out: that of the rows that may show. One number with decimals among whole ones, one
 * time among dates would otherwise say in the schema that its row is there (docs/privacy.md, Types).
 */
export function shownType(
  stored: StorageType,
  profile: Pick<ColumnProfile, 'finer'> | undefined,
  protection: boolean,
): StorageType {
  if (!protection || !profile?.finer || mayShow(profile.finer.count, TYPE)) return stored;
  return profile.finer.coarser;
}

/**
 * As `shownType`, where rows belong to subjects of several rows each: that of values that enough subjects have.
 * @param of subject of each row of `data`
 */
export function shownTypeBySubjects(
  stored: StorageType,
  data: ColumnData,
  of: ArrayLike<number>,
): StorageType {
  if (data.kind === 'text' || (stored !== 'float' && stored !== 'datetime')) return stored;
  const unit = stored === 'datetime' ? DAY : 1;
  const subjects = new Set<number>();
  for (let row = 0; row < data.values.length && subjects.size < TYPE.threshold; row++) {
    if (data.nulls?.[row] !== 1 && data.values[row]! % unit !== 0) subjects.add(of[row]!);
  }
  // A column that nobody needs it for is written with decimals or times on purpose.
  if (subjects.size === 0 || mayShow(subjects.size, TYPE)) return stored;
  return stored === 'datetime' ? 'date' : 'integer';
}

/** Whole numbers and whole days, for columns that come out as these; infinities, which neither has, are missing. */
export function asShown(data: ColumnData, type: StorageType): ColumnData {
  if (data.kind === 'text' || (type !== 'integer' && type !== 'date')) return data;
  const unit = type === 'date' ? DAY : 1;
  return data.values.every((value) => value % unit === 0) ? data : rounded(data, unit);
}

function rounded({ values, nulls }: NumberColumn, unit: number): NumberColumn {
  const missing = nulls ? nulls.slice() : new Uint8Array(values.length);
  const whole = values.map((value, row) => {
    if (!Number.isFinite(value)) missing[row] = 1;
    if (missing[row] === 1) return 0;
    return (unit === 1 ? Math.round(value) : Math.floor(value / unit) * unit) + 0;
  });
  return { kind: 'number', values: whole, nulls: missing.includes(1) ? missing : null };
}
