import { linearWords, productWords, timeUnit } from './computed-words';
import { cellText, columnList, dateText, listed, type RuleWord, shortNumber } from './listed-words';
import type { DatePart, Rule, RuleKind, RuleOf } from './rules';
import { thresholdWords } from './threshold-words';

const MAX_COMBINATIONS = 3;

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
  thresholds: 'Thresholds',
  extreme: 'Largest or smallest',
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
      return [
        ...[column(rule.target), ` counts ${timeUnit(rule.unit) ?? 'units of time'} from `],
        ...[dateText(rule.origin), ' to ', ...columnList(rule.date)],
      ];
    case 'thresholds':
      return thresholdWords(rule, isDate);
    case 'extreme':
      return [
        ...[column(rule.target), rule.cells ? ` names the ${rule.end} of ` : ` is the ${rule.end} of `],
        ...columnList(rule.columns),
      ];
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
  week: 'week of the year',
  'day-of-year': 'day of the year',
  'year-month': 'year and month',
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
