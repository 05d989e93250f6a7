/** Dates in order, spans between them, their parts, and ages. */
import type { Cell } from '../../../../src/domain/rules';
import { fullYears, partOf } from '../../../rules/compute-target';
import { linear } from './planted-rules';
import { type Block, DAY } from './table-builder';

export const datesInOrder: Block = (t) => {
  const timed = t.structure.uniform() < 0.5;
  const unit = timed ? 60_000 : DAY;
  const mean = timed ? 600 : t.pick([3, 30, 400]);
  const start = t.each(
    () => Date.UTC(2020, 0, 1) + Math.floor((t.values.uniform() * 1000 * DAY) / unit) * unit,
  );
  const strict = t.structure.uniform() < 0.5;
  const end = start.map((from) => from + (Math.floor(t.exponential(mean)) + Number(strict)) * unit);
  const type = timed ? 'datetime' : 'date';
  const open = t.structure.uniform() < 0.3 ? 0.2 : 0;
  const names = [
    t.numbers('start', start, type),
    t.numbers(
      'end',
      end.map((to) => (t.values.uniform() < open ? Number.NaN : to)),
      type,
    ),
  ];
  t.planted.push({ kind: 'inequality', low: names[0]!, high: names[1]!, strict });
  if (t.structure.uniform() < 0.5) return;
  const spans = end.map((to, row) => (to - start[row]!) / unit + Number(!strict && !timed));
  t.planted.push(
    linear(t.numbers('span', spans), [
      [names[1]!, 1 / unit],
      [names[0]!, -1 / unit],
    ]),
  );
};

/** Whole hours between two instants, cut off. */
export const hours: Block = (t) => {
  const start = t.each(() => Date.UTC(2021, 0, 1) + Math.floor(t.values.uniform() * 500_000) * 60_000);
  const end = start.map((from) => from + Math.floor(t.exponential(3000)) * 60_000);
  const [s, e] = [t.numbers('in', t.sparse(start), 'datetime'), t.numbers('out', end, 'datetime')];
  const span = t.numbers(
    'hours',
    end.map((to, row) => Math.floor((to - start[row]!) / 3_600_000)),
  );
  t.planted.push(
    linear(span, [
      [e, 1 / 3_600_000],
      [s, -1 / 3_600_000],
    ]),
  );
  t.planted.push({ kind: 'inequality', low: s, high: e, strict: false });
};

export const partsOfDate: Block = (t) => {
  const dates = t.each(() => Date.UTC(2019, 0, 1) + Math.floor(t.values.uniform() * 1500) * DAY);
  const column = t.numbers('day', t.sparse(dates), 'date');
  const add = (
    target: string,
    part: 'year' | 'month' | 'weekday' | 'quarter',
    cells: [number, Cell][] | null,
  ) => t.planted.push({ kind: 'date-part', target, column, part, cells });
  const names = 'Mon Tue Wed Thu Fri Sat Sun'.split(' ');
  const kind = t.structure.below(4);
  if (kind === 0)
    add(
      t.numbers(
        'year',
        dates.map((at) => partOf(at, 'year')),
      ),
      'year',
      null,
    );
  if (kind === 1)
    add(
      t.texts(
        'weekday',
        dates.map((at) => names[partOf(at, 'weekday')]!),
      ),
      'weekday',
      [],
    );
  if (kind === 2)
    add(
      t.texts(
        'quarter',
        dates.map((at) => `Q${partOf(at, 'quarter')}`),
      ),
      'quarter',
      [],
    );
  if (kind === 3)
    add(
      t.texts(
        'weekend',
        dates.map((at) => String(partOf(at, 'weekday') > 4)),
        'boolean',
      ),
      'weekday',
      [],
    );
};

export const ages: Block = (t) => {
  const birth = t.each(() => Date.UTC(1930, 0, 1) + Math.floor(t.values.uniform() * 25_000) * DAY);
  const fixed = t.structure.uniform() < 0.5;
  const on = Date.UTC(2024, 5, 30);
  const seen = birth.map(
    (from) => from + Math.floor(((20 + 30 * t.values.uniform()) * 365 * DAY) / DAY) * DAY,
  );
  const from = t.numbers('birth', t.sparse(birth), 'date');
  const to = fixed ? on : t.numbers('seen', seen, 'date');
  const target = t.numbers(
    'age',
    birth.map((at, row) => fullYears(at, fixed ? on : seen[row]!)),
  );
  t.planted.push({ kind: 'age', target, from, to });
};

export const calendar: Block = (t) => {
  const dates = t.each(() => new Date(Date.UTC(2015, 0, 1) + Math.floor(t.values.uniform() * 3000) * DAY));
  const year = t.numbers(
    'y',
    dates.map((at) => at.getUTCFullYear()),
  );
  const month = t.numbers(
    'm',
    dates.map((at) => at.getUTCMonth() + 1),
  );
  const day = t.numbers(
    'd',
    dates.map((at) => at.getUTCDate()),
  );
  if (t.rows >= 1500) t.planted.push({ kind: 'calendar-date', year, month, day });
};
