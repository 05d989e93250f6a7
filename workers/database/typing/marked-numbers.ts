import type { NumberFormat } from '../../../src/domain/cell-format';
import type { ConversionKind } from '../../../src/domain/conversions';
import { literal } from '../duckdb/sql';
import { type AffixKind, prefixKind, suffixKind } from './affixes';
import { commonest, escaped } from './spellings';
import type { ValueParser } from './value-parser';
import { guarded, marksShown, WHOLE } from './value-parsers';

/** Blanks that part groups of digits: plain, no-break, narrow no-break, thin. */
const BLANKS = [' ', '\u00a0', '\u202f', '\u2009'] as const;
const APOSTROPHES = ["'", '’'] as const;
const BLANK = `[${BLANKS.join('')}]`;
const CELL =
  /^(?<open>\()?(?<sign>[-+−])?(?<prefix>[^\d\s().,+−'’-][^\d().,+−'’-]{0,5}\.?\s?|\p{Sc}\s?)?(?<inner>[-−])?(?<core>\d[\d.,'’ \u00a0\u202f\u2009]*\d|\d|[.,]\d+)(?<suffix>[^\d)]*?)(?<after>[-−])?(?<close>\))?$/u;
/** So many of the cells must have what stands before or after the number. */
const MIN_MARKED = 0.9;

interface Cell {
  readonly core: string;
  readonly prefix: string;
  readonly suffix: string;
  readonly isBracketed: boolean;
}

/**
 * Notations of numbers that are told from a column's own cells: a currency, percent, unit that nearly all have, blanks and
 * apostrophes between thousands, amounts below zero in brackets or with the sign behind. None for cells without.
 * @param decimal the file's mark, for “1,234” or “1.234”, which alone says nothing
 */
export function markedNumbers(sample: readonly string[], decimal: '.' | ','): ValueParser[] {
  const cells = sample.flatMap((text) => readCell(text) ?? []);
  if (cells.length < sample.length / 2 || cells.length === 0) return [];
  const prefix = usual(cells.map((cell) => cell.prefix));
  const suffix = usual(cells.map((cell) => cell.suffix));
  if (prefix === null || suffix === null) return [];
  const kinds = [prefix && prefixKind(prefix), suffix && suffixKind(suffix)];
  if (kinds.includes(null)) return [];
  const style = styleOf(
    cells.map(({ core }) => core),
    decimal,
  );
  if (!style) return [];
  const bracketed = cells.some(({ isBracketed }) => isBracketed);
  const kind = kindOf(kinds as (AffixKind | '')[], style, bracketed);
  if (kind === null && !sample.some((text) => /[−]|\d-$/.test(text))) return [];
  const notation = { prefix, suffix, ...style, bracketed, kind: kind ?? 'brackets' };
  return [marked(notation, 'integer'), marked(notation, 'float')];
}

function readCell(text: string): Cell | null {
  const {
    open,
    close,
    prefix = '',
    core = '',
    suffix = '',
    sign,
    inner,
    after,
  } = CELL.exec(text)?.groups ?? {};
  if (core === '' || (open === undefined) !== (close === undefined)) return null;
  if ([open, sign, inner, after].filter((mark) => mark !== undefined).length > 1) return null;
  return { core, prefix, suffix, isBracketed: open !== undefined };
}

/** The text that nearly all cells have before or after their number, '' if nearly none has one, null otherwise. */
function usual(texts: readonly string[]): string | null {
  const bare = (text: string) => text.trim().replace(/(?<=\p{L}{2})s$/u, '');
  const filled = texts.filter((text) => text !== '');
  if (filled.length === 0) return '';
  if (filled.length < MIN_MARKED * texts.length) return null;
  const best = commonest(filled)!;
  const alike = filled.filter((text) => bare(text) === bare(best)).length;
  return alike >= MIN_MARKED * filled.length ? best : null;
}

interface Style {
  /** Between thousands, '' = nothing. */
  readonly group: string;
  readonly mark: '.' | ',';
}

/** How digits are parted; null if the cells contradict each other. */
function styleOf(cores: readonly string[], decimal: '.' | ','): Style | null {
  const other = (mark: '.' | ',') => (mark === '.' ? ',' : '.');
  const separators = [...BLANKS, ...APOSTROPHES].filter((mark) => cores.some((core) => core.includes(mark)));
  if (separators.length > 1) return null;
  const count = (core: string, mark: string) => core.split(mark).length - 1;
  const votes = { '.': 0, ',': 0 };
  let grouped = separators.length;
  for (const core of cores) {
    const [points, commas] = [count(core, '.'), count(core, ',')];
    if (points + commas === 0) continue;
    if (points > 0 && commas > 0) {
      votes[core.lastIndexOf('.') > core.lastIndexOf(',') ? '.' : ',']++;
      grouped++;
    } else {
      const mark = points > 0 ? '.' : ',';
      const isThousand = /^[1-9]\d{0,2}[.,]\d{3}$/.test(core);
      if (points + commas > 1) votes[other(mark)]++;
      else if (!isThousand) votes[mark]++;
      if (points + commas > 1 || (isThousand && mark !== decimal)) grouped++;
    }
  }
  if (votes['.'] > 0 && votes[','] > 0) return null;
  const mark = votes['.'] > 0 ? '.' : votes[','] > 0 ? ',' : decimal;
  const [separator] = separators;
  if (separator) return { group: separator, mark };
  return { group: grouped > 0 || cores.some((core) => core.includes(other(mark))) ? other(mark) : '', mark };
}

function kindOf(
  affixes: readonly (AffixKind | '')[],
  { group }: Style,
  bracketed: boolean,
): ConversionKind | null {
  for (const kind of ['currency', 'percent', 'unit'] as const) if (affixes.includes(kind)) return kind;
  if (bracketed) return 'brackets';
  return BLANKS.includes(group as ' ') || APOSTROPHES.includes(group as "'") ? 'thousands' : null;
}

interface Notation extends Style {
  readonly prefix: string;
  readonly suffix: string;
  readonly bracketed: boolean;
  readonly kind: ConversionKind;
}

function marked<Type extends 'integer' | 'float'>(
  notation: Notation,
  type: Type,
): ValueParser & { readonly storageType: Type } {
  const { group, mark, bracketed, kind } = notation;
  const [prefix, suffix] = [notation.prefix.trim(), notation.suffix.trim()];
  const plural = /\p{L}{2}$/u.test(suffix) ? suffix.replace(/s$/, '') : null;
  const before = prefix === '' ? '' : `(?:${escaped(prefix)}${BLANK}?)?`;
  const after = suffix === '' ? '' : `(?:${BLANK}?${plural ? `${escaped(plural)}s?` : escaped(suffix)})?`;
  const grouped =
    group === ''
      ? WHOLE
      : `(?:[1-9][0-9]{0,2}(?:${escaped(group)}[0-9]{3})+|[1-9][0-9]?(?:${escaped(group)}[0-9]{2})+${escaped(group)}[0-9]{3}|${WHOLE})`;
  const fraction = `(?:${escaped(mark)}[0-9]+)`;
  const number = type === 'integer' ? grouped : `(?:${grouped}${fraction}?|${fraction})`;
  const shape = `[-+−]?${before}${number}${after}|${before}[-−]${number}${after}|${number}${after}[-−]|\\(${before}${number}${after}\\)`;
  const digits = (text: string) => {
    const removed = [
      plural ? `${plural}s` : '',
      plural ?? suffix,
      prefix,
      ...BLANKS,
      group,
      '(',
      ')',
      '+',
      '-',
      '−',
    ];
    const bare = [...new Set(removed.filter(Boolean))].reduce(
      (sql, part) => `replace(${sql}, ${literal(part)}, '')`,
      text,
    );
    return mark === ',' ? `replace(${bare}, ',', '.')` : bare;
  };
  const isBelow = (text: string) =>
    `(contains(${text}, '-') OR contains(${text}, '−') OR starts_with(${text}, '('))`;
  const affix = suffix || prefix;
  return {
    id: `marked-${type} ${prefix}1${group}000${mark}0${suffix}`,
    storageType: type,
    kind,
    ...(affix === '' && { touches: (text: string) => `regexp_matches(${text}, '[^0-9.,+-]|[0-9]-$')` }),
    ...(type === 'float' && { coarser: marked(notation, 'integer') }),
    shape,
    format: (sample, needed) => ({ number: formatOf(notation, sample, needed) }),
    ...(type === 'float' && {
      decimals: (text: string) => `length(regexp_extract(${text}, '${escaped(mark)}([0-9]+)[^0-9]*$', 1))`,
    }),
    sql: (text) => {
      const value = `TRY_CAST(CASE WHEN ${isBelow(text)} THEN '-' ELSE '' END || ${digits(text)} AS ${type === 'integer' ? 'BIGINT' : 'DOUBLE'})`;
      return guarded(text, shape, value);
    },
    // In most cells, so that “5” beside “5 %” is not read as the same.
    ...(affix !== '' && {
      evidence: (text: string) =>
        `coalesce(avg(contains(${text}, ${literal(plural && affix === suffix ? plural : affix)})::INTEGER) >= ${MIN_MARKED}, false)`,
      proven: (sample: readonly string[]) =>
        sample.every((text) => text.includes(plural && affix === suffix ? plural : affix)),
    }),
    // A column of nothing but bracketed numbers is one of codes or footnotes.
    ...(affix === '' &&
      bracketed && {
        evidence: (text: string) => `coalesce(bool_or(NOT starts_with(${text}, '(')), false)`,
        proven: (sample: readonly string[]) => sample.some((text) => !text.startsWith('(')),
      }),
  };
}

/** @param sample texts of the notation */
function formatOf(
  { group, mark, bracketed }: Notation,
  sample: readonly string[],
  needed: number,
): NumberFormat {
  const cells = sample.flatMap((text) => readCell(text) ?? []);
  const prefix =
    commonest(
      cells.map((cell) => cell.prefix),
      needed,
    ) ?? '';
  const suffix =
    commonest(
      cells.map((cell) => cell.suffix),
      needed,
    ) ?? '';
  const isBracketed = bracketed && cells.filter((cell) => cell.isBracketed).length >= needed;
  const marks = marksShown({
    ...(mark === ',' && { decimal: mark }),
    ...(group !== '' && { thousands: group }),
  });
  return {
    ...marks(
      cells.map(({ core }) => core),
      needed,
    ).number,
    ...(prefix !== '' && { prefix }),
    ...(suffix !== '' && { suffix }),
    ...(isBracketed && { bracketed: true as const }),
  };
}
