import { DAY, daysInMonth, joinInstant, splitInstant } from '../../../src/domain/calendar';

/**
 * The parts that an instant may be coded by, in the order in which they are modelled (docs/encodings.md, Dates). Which
 * of them say the day depends on the data: `date` alone, or `year`, `month` and `day`, or `year`, `week`, `mark`
 * and `weekday`.
 */
export const PART_NAMES = [
  'date',
  'year',
  'month',
  'week',
  'mark',
  'weekday',
  'day',
  'hour',
  'minute',
  'second',
  'ms_E2',
  'ms_E1',
  'ms_E0',
] as const;

/** How the day is coded. */
export type DayCoding = 'dates' | 'month days' | 'weekdays';

/** Positions in `PART_NAMES`. */
export const PART = {
  date: 0,
  year: 1,
  month: 2,
  week: 3,
  mark: 4,
  weekday: 5,
  day: 6,
  hour: 7,
} as const;

/** First and last value of every part that has a natural range. */
export const PART_RANGES: readonly (readonly [number, number] | null)[] = [
  null,
  null,
  [1, 12],
  [0, 52],
  [0, 32],
  [0, 6],
  [1, 31],
  [0, 23],
  [0, 59],
  [0, 59],
  [0, 9],
  [0, 9],
  [0, 9],
];

/** Positions of the parts that say the day. */
export const DAY_PARTS: Readonly<Record<DayCoding, readonly number[]>> = {
  dates: [PART.date],
  'month days': [PART.year, PART.month, PART.day],
  weekdays: [PART.year, PART.week, PART.mark, PART.weekday],
};

/** Mark of the last day of a month, whichever number it has. */
export const LAST_DAY = 32;

/** What the day's parts mean. */
export interface DayRule {
  readonly dayCoding: DayCoding;
  /** Days of the month, ascending, that have a mark among weekdays; `LAST_DAY` among month days: the last one is 31. */
  readonly marks: readonly number[];
}

/** 0 = Monday … 6 = Sunday. */
export function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

/**
 * Parts of instants and back. Weeks are those of ISO 8601: from Monday on, of the year of their Thursday; the first
 * has the number 0. Holds scratch memory, so that no row allocates any.
 */
export class DateParts {
  readonly parts = new Int32Array(PART_NAMES.length);
  readonly #rule: DayRule;
  /** Year, month, day, hour … as `calendar.ts` has them. */
  readonly #calendar = new Int32Array(9);

  constructor(rule: DayRule) {
    this.#rule = rule;
  }

  /** Writes the parts of an instant, epoch ms UTC, into `parts`. */
  split(instant: number): void {
    const { parts } = this;
    const calendar = this.#calendar;
    splitInstant(instant, calendar);
    const [year, month, day] = [calendar[0]!, calendar[1]!, calendar[2]!];
    const date = Math.floor(instant / DAY);
    const isLast = day === daysInMonth(year, month);
    const { marks } = this.#rule;
    parts[PART.date] = date;
    parts[PART.year] = year;
    parts[PART.month] = month;
    parts[PART.mark] = isLast && marks.includes(LAST_DAY) ? LAST_DAY : marks.includes(day) ? day : 0;
    parts[PART.weekday] = weekdayOf(date);
    parts[PART.day] = isLast && marks.includes(LAST_DAY) ? 31 : day;
    for (let part = PART.hour; part < parts.length; part++) parts[part] = calendar[part - 4]!;
    if (this.#rule.dayCoding !== 'weekdays') return;
    const thursday = date - parts[PART.weekday]! + 3;
    parts[PART.year] = this.#yearOf(thursday);
    parts[PART.week] = Math.floor((thursday - this.#newYear(parts[PART.year]!)) / 7);
  }

  /** The instant of `parts`: a day beyond the end of its month becomes the last one, a 53rd week the one before. */
  join(): number {
    const { parts } = this;
    const calendar = this.#calendar;
    const { dayCoding } = this.#rule;
    const day =
      dayCoding === 'dates'
        ? parts[PART.date]!
        : dayCoding === 'weekdays'
          ? this.#dayOfWeek()
          : this.#dayOf(parts[PART.year]!, parts[PART.month]!, parts[PART.day]!);
    for (let part = PART.hour; part < parts.length; part++) calendar[part - 4] = parts[part]!;
    calendar[0] = 1970;
    calendar[1] = 1;
    calendar[2] = 1;
    return joinInstant(calendar) + day * DAY;
  }

  /** The weekday of the week; with a mark the marked day nearest to it, without one the nearest that has none. */
  #dayOfWeek(): number {
    const { parts } = this;
    const year = parts[PART.year]!;
    const newYear = this.#newYear(year);
    let thursday = newYear + ((10 - weekdayOf(newYear)) % 7) + 7 * parts[PART.week]!;
    if (this.#yearOf(thursday) > year) thursday -= 7;
    const day = thursday - 3 + parts[PART.weekday]!;
    const mark = parts[PART.mark]!;
    if (mark === 0) return this.#isMarked(day) ? (this.#isMarked(day + 7) ? day - 7 : day + 7) : day;
    for (let away = 0; away < 31; away++) {
      if (this.#hasMark(day - away, mark)) return day - away;
      if (this.#hasMark(day + away, mark)) return day + away;
    }
    return day;
  }

  #isMarked(day: number): boolean {
    return this.#rule.marks.some((mark) => this.#hasMark(day, mark));
  }

  #hasMark(day: number, mark: number): boolean {
    const calendar = this.#calendar;
    splitInstant(day * DAY, calendar);
    return mark === LAST_DAY ? calendar[2] === daysInMonth(calendar[0]!, calendar[1]!) : calendar[2] === mark;
  }

  #yearOf(day: number): number {
    splitInstant(day * DAY, this.#calendar);
    return this.#calendar[0]!;
  }

  /** Day number of 1 January. */
  #newYear(year: number): number {
    return this.#dayOf(year, 1, 1);
  }

  #dayOf(year: number, month: number, day: number): number {
    const calendar = this.#calendar.fill(0);
    calendar[0] = year;
    calendar[1] = month;
    calendar[2] = day;
    return joinInstant(calendar) / DAY;
  }
}
