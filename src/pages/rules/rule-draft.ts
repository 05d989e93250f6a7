import type { StorageType } from '../../domain/columns';
import { readNumber } from '../../domain/number-text';
import { readInstant } from '../../domain/rule-import';
import { type Cell, type Factor, Rule } from '../../domain/rules';

/** Kinds of rules that a person can add. */
export const DRAFT_KINDS = [
  { value: 'fixed-combinations', label: 'Fixed combinations: only those in the data occur' },
  { value: 'inequality', label: 'Order: one column is at most the other' },
  { value: 'between', label: 'Order of three: low, middle, high' },
  { value: 'functional-dependency', label: 'Functional dependency: one column decides another' },
  { value: 'computed', label: 'Computed column: sum, product, ratio, square or percentage' },
  { value: 'range', label: 'Range: numbers or dates within bounds' },
  { value: 'increments', label: 'Increments: multiples of a number' },
  { value: 'one-hot', label: 'One of several: exactly one column is set' },
  { value: 'missing-together', label: 'Missing together' },
  { value: 'implied-value', label: 'Implied value: one value demands another' },
] as const;
export type DraftKind = (typeof DRAFT_KINDS)[number]['value'];

/** What the second column of a product contributes, by what a form calls it. */
const FACTORS = {
  '×': { power: 1 },
  '÷': { power: -1 },
  '×²': { power: 2 },
  '÷²': { power: -2 },
  '+%': { power: 1, per: 0.01 },
  '-%': { power: 1, per: -0.01 },
  '+share': { power: 1, per: 1 },
  '-share': { power: 1, per: -1 },
} as const satisfies Record<string, Omit<Factor, 'column'>>;
type Operation = '+' | '-' | keyof typeof FACTORS;

/** A rule while a person fills in its form. Columns are names, '' = none chosen yet; numbers and cells are text. */
export interface RuleDraft {
  readonly kind: DraftKind;
  /** Chosen columns where the number is free. */
  readonly columns: readonly string[];
  readonly first: string;
  readonly second: string;
  readonly third: string;
  readonly operation: Operation;
  readonly text: string;
  readonly text2: string;
  /** Strict, exactly, or one to one. */
  readonly flag: boolean;
}

export const EMPTY_DRAFT: RuleDraft = {
  kind: 'fixed-combinations',
  columns: [],
  first: '',
  second: '',
  third: '',
  operation: '+',
  text: '',
  text2: '',
  flag: false,
};

type TypeOf = (column: string) => StorageType;
type Read = { readonly rules: readonly Rule[] } | { readonly error: string };

const DAY = 86_400_000;

/** The rules of a form that is filled in, or what it still needs in a sentence. */
export function readRuleDraft(draft: RuleDraft, typeOf: TypeOf): Read {
  const problem = missingPart(draft);
  if (problem !== null) return { error: problem };
  const made = rulesOf(draft, typeOf);
  if ('error' in made) return made;
  const rules: Rule[] = [];
  for (const rule of made.rules) {
    const parsed = Rule.safeParse(rule);
    if (!parsed.success) return { error: `Check the form: ${parsed.error.issues[0]!.message}.` };
    rules.push(parsed.data);
  }
  return { rules };
}

function missingPart({ kind, columns, first, second, third }: RuleDraft): string | null {
  if (kind === 'fixed-combinations' || kind === 'one-hot' || kind === 'missing-together') {
    return columns.length < 2 ? 'Choose at least two columns.' : null;
  }
  if (kind === 'range' || kind === 'increments') return first === '' ? 'Choose a column.' : null;
  const chosen = kind === 'between' || kind === 'computed' ? [first, second, third] : [first, second];
  if (chosen.includes('')) return 'Choose every column.';
  return new Set(chosen).size < chosen.length ? 'Choose different columns.' : null;
}

function rulesOf(draft: RuleDraft, typeOf: TypeOf): { rules: readonly Rule[] } | { error: string } {
  const { kind, columns, first, second, third, flag } = draft;
  switch (kind) {
    case 'fixed-combinations':
    case 'one-hot':
    case 'missing-together':
      return { rules: [{ kind, columns: [...columns] }] };
    case 'inequality':
      return { rules: [{ kind, low: first, high: second, strict: flag }] };
    case 'between':
      return {
        rules: [
          { kind: 'inequality', low: first, high: second, strict: flag },
          { kind: 'inequality', low: second, high: third, strict: flag },
        ],
      };
    case 'functional-dependency':
      return { rules: [{ kind, determinant: [first], dependent: second, oneToOne: flag }] };
    case 'computed':
      return computed(draft, typeOf);
    case 'range':
      return range(draft, typeOf(first));
    case 'increments': {
      const read = readNumber(draft.text, { min: -Infinity, max: Infinity });
      if ('error' in read) return read;
      if (read.value! <= 0) return { error: 'Enter an increment of more than 0.' };
      return { rules: [{ kind, column: first, increment: read.value! }] };
    }
    case 'implied-value': {
      const cell = readCell(draft.text, typeOf(first));
      if ('error' in cell) return cell;
      const values: Cell[] = [];
      for (const text of draft.text2.split(';')) {
        const value = readCell(text, typeOf(second));
        if ('error' in value) return value;
        values.push(value.cell);
      }
      return { rules: [{ kind, column: first, cell: cell.cell, by: second, values, exactly: flag }] };
    }
  }
}

/** third = first (operation) second. Between two dates days are counted; days are added to a date. */
function computed({ first, second, third, operation, text }: RuleDraft, typeOf: TypeOf): Read {
  const decimals = readNumber(text, { min: -9, max: 15, integer: true, optional: true });
  if ('error' in decimals) return { error: `Decimals: ${decimals.error}` };
  const target = { target: third, decimals: decimals.value, rounding: 'nearest' as const };
  if (operation !== '+' && operation !== '-') {
    const factors = [
      { column: first, power: 1 },
      { column: second, ...FACTORS[operation] },
    ];
    return { rules: [{ kind: 'product', ...target, factors, factor: 1 }] };
  }
  const isDate = (column: string) => ['date', 'datetime'].includes(typeOf(column));
  const toDate = isDate(third);
  if (!toDate && isDate(first) !== isDate(second)) {
    return { error: `“${third}” holds no dates. Days come from two dates, or are added to one.` };
  }
  const factorOf = (column: string) => {
    if (toDate) return isDate(column) ? 1 : DAY;
    return isDate(column) ? 1 / DAY : 1;
  };
  const sign = operation === '+' ? 1 : -1;
  const terms = [
    { column: first, factor: factorOf(first) },
    { column: second, factor: sign * factorOf(second) },
  ];
  return { rules: [{ kind: 'linear', ...target, terms, constant: 0 }] };
}

function range({ first, text, text2, flag }: RuleDraft, type: StorageType): Read {
  const bounds: (number | null)[] = [];
  for (const entry of [text, text2]) {
    const read = entry.trim() === '' ? { cell: null } : readCell(entry, type);
    if ('error' in read) return read;
    if (typeof read.cell === 'string') return { error: `“${first}” holds no numbers or dates.` };
    bounds.push(read.cell);
  }
  const [min, max] = bounds as [number | null, number | null];
  if (min === null && max === null) return { error: 'Enter a lower bound, an upper bound, or both.' };
  if (min !== null && max !== null && (flag ? min >= max : min > max)) {
    return { error: 'The lower bound must lie below the upper one.' };
  }
  return { rules: [{ kind: 'range', column: first, min, max, strict: flag }] };
}

/** A cell as a person types it; empty = missing. */
function readCell(text: string, type: StorageType): { readonly cell: Cell } | { readonly error: string } {
  const trimmed = text.trim();
  if (trimmed === '') return { cell: null };
  if (type === 'text' || type === 'boolean') return { cell: trimmed };
  if (type === 'date' || type === 'datetime') {
    const instant = readInstant(trimmed);
    return instant === null
      ? { error: `“${trimmed}” is not a date. Enter it as 2020-12-31.` }
      : { cell: instant };
  }
  const read = readNumber(trimmed, { min: -Infinity, max: Infinity });
  return 'error' in read ? read : { cell: read.value };
}
