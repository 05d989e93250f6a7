import { DAY } from '../../../src/domain/calendar';
import type { ColumnData, NumberColumn } from '../../../src/domain/column-data';
import type { ColumnProfile, StorageType } from '../../../src/domain/columns';
import { mayShow, strictestProtection } from './protection';

/**
 * The type in which a column comes out: that of the rows that may show. One number with decimals among whole ones, one
 * time among dates would otherwise say in the schema that its row is there (docs/privacy.md, Types).
 */
export function shownType(
  stored: StorageType,
  profile: Pick<ColumnProfile, 'finer'> | undefined,
  protection: boolean,
): StorageType {
  if (!profile?.finer || mayShow(profile.finer.count, strictestProtection(protection))) return stored;
  return profile.finer.coarser;
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
