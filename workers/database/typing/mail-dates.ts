import type { CellFormat } from '../../../src/domain/cell-format';
import { offsetOf } from './date-format';
import { commonest } from './spellings';
import type { ValueParser } from './value-parser';
import { guarded } from './value-parsers';

/** Names of zones in minutes from UTC, as RFC 2822 §4.3 fixes them; others mean one zone here and another there. */
const ZONES: Readonly<Record<string, number>> = {
  ...{ GMT: 0, UT: 0, UTC: 0, EST: -300, EDT: -240, CST: -360, CDT: -300 },
  ...{ MST: -420, MDT: -360, PST: -480, PDT: -420 },
};
const NAMES = Object.keys(ZONES).join('|');
const MONTH = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
const SHAPE = `(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?(?:0?[1-9]|[12][0-9]|3[01]) ${MONTH} [0-9]{4} [0-9]{2}:[0-9]{2}(?::[0-9]{2})? (?:[+-][0-9]{4}|${NAMES})`;

/** Dates of e-mail (RFC 2822 §3.3): “Mon, 2 Jan 2006 15:04:05 -0700”, made UTC. */
export const mailDate: ValueParser = {
  id: 'rfc-2822',
  storageType: 'datetime',
  kind: 'zone',
  shape: SHAPE,
  format: mailFormat,
  sql: (text) => {
    const local = `regexp_extract(${text}, '[0-9]{1,2} [A-Za-z]{3} [0-9]{4} [0-9:]+')`;
    const zone = `regexp_extract(${text}, '[^ ]+$')`;
    const named = Object.entries(ZONES).map(([name, minutes]) => `WHEN '${name}' THEN ${minutes}`);
    const part = (from: number) => `coalesce(TRY_CAST(substr(${zone}, ${from}, 2) AS INTEGER), 0)`;
    const sign = `CASE WHEN starts_with(${zone}, '-') THEN -1 ELSE 1 END`;
    const offset = `CASE ${zone} ${named.join(' ')} ELSE (${sign}) * (${part(2)} * 60 + ${part(4)}) END`;
    return guarded(
      text,
      SHAPE,
      `try_strptime(${local}, ['%d %b %Y %H:%M:%S', '%d %b %Y %H:%M']) - to_minutes(${offset})`,
    );
  },
};

const PARTS = /^(\w{3}, )?(\d{1,2}) \w{3} \d{4} \d\d:\d\d(:\d\d)? (\S+)$/;

/** The form and the zone that most cells have; the rest is written by it. */
function mailFormat(sample: readonly string[], needed: number): CellFormat {
  const matches = sample.flatMap((text) => {
    const match = PARTS.exec(text);
    return match ? [match] : [];
  });
  const isPlain = matches.filter(([, , day]) => day!.length === 1).length >= needed;
  const form = commonest(
    matches.map(([, weekday, , seconds]) => `${weekday ? 'EEE, ' : ''}${seconds ? ':ss' : ''}`),
    needed,
  );
  const zone = commonest(
    matches.map((match) => match[4]!),
    needed,
  );
  if (form === null || zone === null) return {};
  const [weekday, seconds] = [form.startsWith('E') ? 'EEE, ' : '', form.endsWith('s') ? ':ss' : ''];
  const isNamed = zone in ZONES;
  const offsetMinutes = isNamed ? ZONES[zone]! : offsetOf(zone);
  return {
    date: {
      pattern: `${weekday}${isPlain ? 'd' : 'dd'} MMM yyyy HH:mm${seconds} ${isNamed ? `'${zone}'` : 'xx'}`,
      ...(offsetMinutes !== 0 && { offsetMinutes }),
    },
  };
}
