import { DAY, daysInMonth, joinInstant, splitInstant } from './calendar';

/**
 * The parts that an instant may be coded by, in the order in which they are modelled (docs/encodings.md, Dates). Which
 * of them say the day depends on the data: `date` alone, or `year`, `month` and `day`, or `year`, `month`, `mark`,
 * `weekday` and `nth`.
 */
export const PART_NAMES = [
  'date',
  'year',
  'month',
  'mark',
  'weekday',
  'nth',
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
  mark: 3,
  weekday: 4,
  nth: 5,
  day: 6,
  hour: 7,
} as const;

/** First and last value of every part that has a natural range. */
export const PART_RANGES: readonly (readonly [number, number] | null)[] = [
  null,
  null,
  [1, 12],
  [0, 32],
  [0, 6],
  [0, 4],
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
  weekdays: [PART.year, PART.month, PART.mark, PART.weekday, PART.nth],
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

/** Parts of instants and back; holds scratch memory, so that no row allocates any. */
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
    parts[PART.nth] = Math.floor((day - 1) / 7);
    parts[PART.day] = isLast && marks.includes(LAST_DAY) ? 31 : day;
    for (let part = PART.hour; part < parts.length; part++) parts[part] = calendar[part - 4]!;
  }

  /** The instant of `parts`: a day beyond the end of its month becomes the last one, a fifth Monday the fourth. */
  join(): number {
    const { parts } = this;
    const calendar = this.#calendar;
    const { dayCoding } = this.#rule;
    for (let part = PART.hour; part < parts.length; part++) calendar[part - 4] = parts[part]!;
    if (dayCoding === 'dates') {
      calendar[0] = 1970;
      calendar[1] = 1;
      calendar[2] = 1;
      return joinInstant(calendar) + parts[PART.date]! * DAY;
    }
    calendar[0] = parts[PART.year]!;
    calendar[1] = parts[PART.month]!;
    calendar[2] = dayCoding === 'month days' ? parts[PART.day]! : this.#dayOfWeekday();
    return joinInstant(calendar);
  }

  /** Day of the month: the marked one, or the nth of its weekday that has no mark. */
  #dayOfWeekday(): number {
    const { parts } = this;
    const mark = parts[PART.mark]!;
    if (mark > 0) return Math.min(mark, 31);
    const calendar = this.#calendar;
    calendar[2] = 1;
    const first = weekdayOf(Math.floor(joinInstant(calendar) / DAY));
    const days = daysInMonth(parts[PART.year]!, parts[PART.month]!);
    let day = 1 + ((parts[PART.weekday]! - first + 7) % 7) + 7 * parts[PART.nth]!;
    while (day > days) day -= 7;
    const { marks } = this.#rule;
    const isMarked = marks.includes(day) || (day === days && marks.includes(LAST_DAY));
    if (!isMarked) return day;
    return day + 7 <= days ? day + 7 : day - 7;
  }
}
