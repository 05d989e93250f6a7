import { numberText } from './cell-text';
import {
  type Cell,
  type CheckedRule,
  columnsOfRule,
  type DatePart,
  NEARLY,
  type Rule,
  type RuleKind,
  type RuleOf,
  type TableRule,
} from './rules';

/** A part of a sentence: text, or the name of a column. */
export type RuleWord = string | { readonly column: string };

/** Names and values that a sentence lists before it says how many more there are. */
const MAX_LISTED = 6;
const MAX_COMBINATIONS = 3;

const DAY = 86_400_000;
const UNITS: readonly (readonly [milliseconds: number, name: string])[] = [
  [7 * DAY, 'weeks'],
  [DAY, 'days'],
  [3_600_000, 'hours'],
  [60_000, 'minutes'],
  [1000, 'seconds'],
  [1, 'milliseconds'],
];

const TITLES: Record<RuleKind, string> = {
  'functional-dependency': 'Functional dependency',
  'fixed-combinations': 'Fixed combinations',
  'excluded-combinations': 'Excluded combinations',
  inequality: 'Order',
  linear: 'Computed column',
  product: 'Computed column',
  'date-part': 'Part of a date',
  age: 'Age',
  'calendar-date': 'Calendar date',
  'date-count': 'Count of days or hours',
  'one-hot': 'One of several',
  permutation: 'Ranks',
  'missing-together': 'Missing together',
  'implied-value': 'Implied value',
  'often-equal': 'Often equal',
  'running-number': 'Running number',
  range: 'Range',
  increments: 'Increments',
};

/** What rules of a kind are called. */
export function ruleTitle(kind: RuleKind): string {
  return TITLES[kind];
}

/** One sentence that says what a rule demands, with its columns in backticks. Parameters as for `ruleWords`. */
export function ruleText(rule: Rule, isDate?: (column: string) => boolean): string {
  return ruleWords(rule, isDate)
    .map((word) => (typeof word === 'string' ? word : `\`${word.column}\``))
    .join('');
}

/**
 * One sentence that says what a rule demands.
 * @param isDate whether a column holds dates: their cells are shown as dates
 */
export function ruleWords(rule: Rule, isDate: (column: string) => boolean = () => false): RuleWord[] {
  const column = (name: string): RuleWord => ({ column: name });
  switch (rule.kind) {
    case 'functional-dependency':
      if (rule.oneToOne && rule.determinant.length === 1) {
        return [column(rule.determinant[0]!), ' and ', column(rule.dependent), ' go together one to one'];
      }
      return [
        ...columnList(rule.determinant),
        rule.determinant.length > 1 ? ' together decide ' : ' decides ',
        column(rule.dependent),
      ];
    case 'fixed-combinations':
      return [...columnList(rule.columns), ' occur only in combinations that the data have'];
    case 'excluded-combinations':
      return excludedWords(rule, isDate);
    case 'inequality': {
      if (isDate(rule.low) || isDate(rule.high)) {
        return [column(rule.low), rule.strict ? ' is before ' : ' is not after ', column(rule.high)];
      }
      return [column(rule.low), rule.strict ? ' < ' : ' ≤ ', column(rule.high)];
    }
    case 'linear':
      return linearWords(rule, isDate);
    case 'product':
      return productWords(rule);
    case 'date-part':
      return [column(rule.target), ` is the ${PARTS[rule.part]} of `, column(rule.column)];
    case 'age':
      return [
        ...[column(rule.target), ' = full years from ', column(rule.from), ' to '],
        typeof rule.to === 'string' ? column(rule.to) : dateText(rule.to),
      ];
    case 'calendar-date':
      return [...columnList([rule.year, rule.month, rule.day]), ' make a date that exists'];
    case 'date-count':
      return [column(rule.target), ' counts time up to ', ...columnList(columnsOfRule(rule).slice(1))];
    case 'one-hot':
      return ['exactly one of ', ...columnList(rule.columns), ' is set'];
    case 'permutation':
      return [...columnList(rule.columns), ' hold every rank once'];
    case 'missing-together':
      return [...columnList(rule.columns), ' are missing together'];
    case 'implied-value': {
      const cells = rule.values.map((cell) => cellText(cell, isDate(rule.by)));
      return [
        ...[column(rule.column), ` is ${cellText(rule.cell, isDate(rule.column))}`],
        ...[rule.exactly ? ' exactly where ' : ' where ', column(rule.by), ` is ${listed(cells, 'or')}`],
      ];
    }
    case 'often-equal':
      return [column(rule.columns[0]), ' often equals ', column(rule.columns[1])];
    case 'running-number': {
      const first = [0, 1, 2].map((row) => shortNumber(rule.start + row * rule.step));
      return [column(rule.column), ` counts ${first.join(', ')}, …`];
    }
    case 'range':
      return rangeWords(rule, isDate(rule.column));
    case 'increments':
      return [column(rule.column), ` goes in steps of ${shortNumber(rule.increment)}`];
  }
}

/** How many rows keep a rule: "all 2,700 rows", "2,698 of 2,700 rows (99.92 %)". */
export function ruleEvidence({ kept, applicable }: Pick<CheckedRule, 'kept' | 'applicable'>): string {
  if (applicable === 0) return 'no row that it speaks of';
  const count = (rows: number) => rows.toLocaleString('en');
  if (kept === applicable) return applicable === 1 ? 'the only row' : `all ${count(applicable)} rows`;
  return `${count(kept)} of ${count(applicable)} rows (${shareText(kept / applicable)})`;
}

/** A share with two decimals; one below 1 never reads as 100 %, one above 0 never as 0. */
function shareText(share: number): string {
  const percent = Math.floor(share * 10_000) / 100;
  return share > 0 && percent === 0 ? '< 0.01 %' : `${percent.toFixed(2)} %`;
}

/** Kinds that as many generated rows break as original ones, if these are few. */
const MEASURED: readonly RuleKind[] = ['inequality', 'linear', 'product', 'functional-dependency'];

/** What becomes of a rule in generated rows, and why if that needs saying. */
export function ruleState({ rule, state, kept, applicable, source }: TableRule): {
  readonly title: string;
  readonly why: string | null;
} {
  switch (state) {
    case 'kept':
      return { title: 'Kept', why: null };
    case 'off':
      return { title: 'Switched off', why: 'Generated rows need not keep it.' };
    case 'partly':
      if (rule.kind === 'often-equal') {
        return { title: 'Holds in part', why: 'How often they are equal is learned.' };
      }
      return {
        title: 'Holds in part',
        why:
          MEASURED.includes(rule.kind) && kept >= (1 - NEARLY) * applicable
            ? `${breaking(applicable - kept)}, and the same share of generated ones may.`
            : `${breaking(applicable - kept)}, so it is learned and not forced.`,
      };
    case 'unkept': {
      const learned = 'It is learned and not forced';
      if (rule.kind === 'running-number' && applicable > 0) {
        return { title: 'Not forced', why: `${learned}: other columns go with the order of the rows.` };
      }
      if (applicable > 0)
        return { title: 'Not forced', why: `${learned}: no way to force it fits these columns.` };
      return {
        title: 'Not checked',
        why:
          source === 'added'
            ? 'A column of it is not learned, or no row has all its values.'
            : 'No row has all its values.',
      };
    }
  }
}

function breaking(rows: number): string {
  return rows === 1 ? 'One original row breaks it' : `${rows.toLocaleString('en')} original rows break it`;
}

const PARTS: Record<DatePart, string> = {
  year: 'year',
  quarter: 'quarter',
  month: 'month',
  day: 'day of the month',
  weekday: 'weekday',
  hour: 'hour',
  minute: 'minute',
  second: 'second',
  date: 'day',
};

function excludedWords(
  { columns: [a, b], combinations }: RuleOf<'excluded-combinations'>,
  isDate: (column: string) => boolean,
): RuleWord[] {
  const shown = combinations.slice(0, MAX_COMBINATIONS);
  const pairs = shown.flatMap(([first, second], index): RuleWord[] => {
    const [one, two] = [cellText(first, isDate(a)), cellText(second, isDate(b))];
    if (index > 0) return [`; ${one} with ${two}`];
    return [{ column: a }, ` ${one} with `, { column: b }, ` ${two}`];
  });
  const more = combinations.length - MAX_COMBINATIONS;
  return ['never together: ', ...pairs, ...(more > 0 ? [`; and ${more} more`] : [])];
}

function linearWords(rule: RuleOf<'linear'>, isDate: (column: string) => boolean): RuleWord[] {
  const span = spanWords(rule, isDate);
  if (span) return span;
  const toDate = isDate(rule.target);
  const terms = [...rule.terms].sort((x, y) => Number(y.factor > 0) - Number(x.factor > 0));
  const words: RuleWord[] = [{ column: rule.target }, ' = '];
  for (const [index, { column, factor }] of terms.slice(0, MAX_LISTED).entries()) {
    words.push(sign(factor, index === 0));
    const unit = toDate && !isDate(column) ? unitOf(Math.abs(factor)) : null;
    if (unit) words.push({ column }, ` ${unit}`);
    else words.push(...(Math.abs(factor) === 1 ? [] : [`${factorText(Math.abs(factor))} × `]), { column });
  }
  if (terms.length > MAX_LISTED) words.push(` + ${terms.length - MAX_LISTED} more columns`);
  if (rule.constant !== 0) {
    const size = Math.abs(rule.constant);
    words.push(sign(rule.constant, false), toDate ? durationText(size) : shortNumber(size));
  }
  // The rounding of a plain sum only hides the last bits of its numbers.
  const isPlain = rule.terms.every(({ factor }) => Number.isInteger(factor)) && rule.rounding === 'nearest';
  return [...words, ...(toDate || isPlain ? [] : roundingWords(rule))];
}

/** The time from one date to another, in whole units. */
function spanWords(rule: RuleOf<'linear'>, isDate: (column: string) => boolean): RuleWord[] | null {
  const end = rule.terms.find(({ factor }) => factor > 0);
  const start = rule.terms.find(({ factor }) => factor < 0);
  if (rule.terms.length !== 2 || !start || !end || isDate(rule.target)) return null;
  if (!isDate(start.column) || !isDate(end.column) || start.factor !== -end.factor) return null;
  const unit = unitOf(1 / end.factor);
  if (!unit) return null;
  const words: RuleWord[] = [
    ...[{ column: rule.target }, ` = ${unit} from `],
    ...[{ column: start.column }, ' to ', { column: end.column }],
  ];
  if (rule.constant !== 0) words.push(sign(rule.constant, false), shortNumber(Math.abs(rule.constant)));
  return [...words, ...roundingWords(rule)];
}

/** The unit of time of so many milliseconds. */
function unitOf(milliseconds: number): string | null {
  const unit = UNITS.find(([size]) => Math.abs(milliseconds / size - 1) < 1e-9);
  return unit ? unit[1] : null;
}

function durationText(milliseconds: number): string {
  const [size, name] = UNITS.slice(1).find(([unit]) => milliseconds % unit === 0) ?? [1, 'milliseconds'];
  const count = milliseconds / size;
  return `${shortNumber(count)} ${count === 1 ? name.slice(0, -1) : name}`;
}

function sign(factor: number, isFirst: boolean): string {
  if (isFirst) return factor < 0 ? '−' : '';
  return factor < 0 ? ' − ' : ' + ';
}

/** A factor, as a fraction where that is shorter: 0.333… → 1/3. */
function factorText(factor: number): string {
  const divisor = Math.round(1 / factor);
  const text = shortNumber(factor);
  return divisor > 1 && divisor < 10_000 && Math.abs(divisor * factor - 1) < 1e-9 && text.length > 5
    ? `1/${divisor}`
    : text;
}

function productWords(rule: RuleOf<'product'>): RuleWord[] {
  const over = rule.factors.filter(({ power }) => power === 1);
  const under = rule.factors.filter(({ power }) => power === -1);
  const words: RuleWord[] = [{ column: rule.target }, ' = '];
  if (rule.factor !== 1 || over.length === 0) {
    words.push(factorText(rule.factor), ...(over.length > 0 ? [' × '] : []));
  }
  for (const [index, { column }] of over.entries()) words.push(...(index > 0 ? [' × '] : []), { column });
  for (const { column } of under) words.push(' ÷ ', { column });
  return [...words, ...roundingWords(rule)];
}

function roundingWords({ decimals, rounding }: RuleOf<'linear' | 'product'>): RuleWord[] {
  if (decimals === null) return [];
  const way = rounding === 'nearest' ? 'rounded' : `rounded ${rounding}`;
  if (decimals === 0) return [`, ${way} to whole numbers`];
  if (decimals < 0) return [`, ${way} to ${(10 ** -decimals).toLocaleString('en')}s`];
  return [`, ${way} to ${decimals} ${decimals === 1 ? 'decimal' : 'decimals'}`];
}

function rangeWords({ column, min, max, strict }: RuleOf<'range'>, isDate: boolean): RuleWord[] {
  const text = (value: number) => (isDate ? dateText(value) : shortNumber(value));
  if (min !== null && max !== null) {
    const between = strict
      ? `lies between ${text(min)} and ${text(max)}`
      : `is from ${text(min)} to ${text(max)}`;
    return [{ column }, ` ${between}`];
  }
  if (min !== null) return [{ column }, ` is ${strict ? 'more than' : 'at least'} ${text(min)}`];
  return [{ column }, ` is ${strict ? 'less than' : 'at most'} ${text(max!)}`];
}

/** Columns as "a, b and c", the rest counted. */
function columnList(names: readonly string[]): RuleWord[] {
  const shown = names.length > MAX_LISTED ? names.slice(0, MAX_LISTED - 1) : names;
  const more = names.length - shown.length;
  return [
    ...shown.flatMap((name, index): RuleWord[] => {
      if (index === 0) return [{ column: name }];
      return [index === shown.length - 1 && more === 0 ? ' and ' : ', ', { column: name }];
    }),
    ...(more > 0 ? [` and ${more} more`] : []),
  ];
}

function listed(texts: readonly string[], last: string): string {
  if (texts.length > MAX_LISTED) {
    const shown = texts.slice(0, MAX_LISTED - 1);
    return `${shown.join(', ')} ${last} one of ${texts.length - shown.length} more`;
  }
  return texts.length > 1 ? `${texts.slice(0, -1).join(', ')} ${last} ${texts.at(-1)}` : texts.join();
}

function cellText(cell: Cell, isDate: boolean): string {
  if (cell === null) return 'missing';
  if (typeof cell === 'string') return `“${cell.length > 40 ? `${cell.slice(0, 39)}…` : cell}”`;
  return isDate ? dateText(cell) : shortNumber(cell);
}

function dateText(instant: number): string {
  return numberText(instant, instant % DAY === 0 ? 'date' : 'datetime');
}

/** A number without the noise of its last bits. */
function shortNumber(value: number): string {
  return String(Number(value.toPrecision(12)));
}
