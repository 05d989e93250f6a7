import type { TextRecord } from '../csv/scan-text';

/** How wide most records of a table are, and which ones it consists of. */
export interface UsualFields {
  /** 0 without any record that is not blank. */
  readonly fields: number;
  /** Records, from the first of that width to the last, among which the others are exceptions. */
  readonly first: number;
  readonly last: number;
}

/** In shorter runs, and in less of what lies between, equal widths are chance. */
const ENOUGH_RECORDS = 2;
const ENOUGH_SHARE = 0.8;

/**
 * The width of a table among lines that are none of it. Usually the most frequent one; where that is 1, titles and notes
 * may outnumber the rows: then the most frequent other width, if nearly all records between the first and the last of
 * that width have it.
 */
export function usualFields(records: readonly TextRecord[]): UsualFields {
  const modal = modalFields(records);
  const whole = { fields: modal, first: 0, last: records.length - 1 };
  if (modal !== 1) return whole;
  const wider = records.filter(({ cells }) => cells.length > 1);
  const fields = modalFields(wider);
  const first = records.findIndex(({ cells }) => cells.length === fields);
  const last = records.findLastIndex(({ cells }) => cells.length === fields);
  const within = records.slice(first, last + 1).filter((record) => !isBlankLine(record));
  const alike = within.filter(({ cells }) => cells.length === fields);
  // In prose, a comma stands before a blank.
  const isProse = alike.every(({ cells }) => cells.slice(1).every((cell) => /^\s/.test(cell)));
  const holds = alike.length >= ENOUGH_RECORDS && alike.length >= ENOUGH_SHARE * within.length && !isProse;
  return holds ? { fields, first, last } : whole;
}

/** The most frequent number of fields among records that are not blank, the larger of two; 0 without any. */
export function modalFields(records: readonly TextRecord[]): number {
  const counts = new Map<number, number>();
  for (const record of records) {
    if (!isBlankLine(record)) counts.set(record.cells.length, (counts.get(record.cells.length) ?? 0) + 1);
  }
  let modal = 0;
  for (const [fields, count] of counts) {
    const leader = counts.get(modal) ?? 0;
    if (count > leader || (count === leader && fields > modal)) modal = fields;
  }
  return modal;
}

/** Of rows that have so many widths, none is an exception. */
const RAGGED_SHARE = 0.5;

/** The fields of the longest record if records have any number of them, as lists do; else the most frequent number. */
export function widestFields(records: readonly TextRecord[]): number {
  const filled = records.filter((record) => !isBlankLine(record));
  const modal = modalFields(filled);
  const longer = filled.filter(({ cells }) => cells.length > modal);
  const alike = filled.filter(({ cells }) => cells.length === modal);
  if (modal < 2 || longer.length === 0 || alike.length > RAGGED_SHARE * filled.length) return modal;
  return longer.reduce((width, { cells }) => Math.max(width, cells.length), modal);
}

/** An empty line. */
export function isBlankLine({ cells }: TextRecord): boolean {
  return cells.length === 1 && cells[0]!.trim() === '';
}
