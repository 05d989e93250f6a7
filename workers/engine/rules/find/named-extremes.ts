import type { RuleOf } from '../../../../src/domain/rules';
import { neededViolations } from './evidence';
import type { Pacer } from './pacer';
import { collision, type SampledColumn } from './sampled-column';

type Extreme = RuleOf<'extreme'>;

/** Of two columns, the comparison says which is greater (comparisons.ts). */
const MIN_COLUMNS = 3;
const MAX_COLUMNS = 12;
/** Shorter texts stand for a column only where a sign sets them off from the rest of its name. */
const MIN_LETTERS = 3;

/** Texts that say which of several numbers is the largest or smallest: a cell is the column's name, or begins or ends it. */
export async function findNamedExtremes(columns: readonly SampledColumn[], pacer: Pacer): Promise<Extreme[]> {
  const found: Extreme[] = [];
  const numeric = columns.filter(({ type }) => type === 'number');
  for (const target of columns) {
    const { cells, counts } = target;
    if (target.type !== 'text' || cells.length < MIN_COLUMNS || cells.length > MAX_COLUMNS) continue;
    // The rule writes each text into generated rows, so it must be one that protection shows.
    if (counts.some((count) => count < target.minRows)) continue;
    const expected = target.present * (1 - collision(target));
    if (expected < neededViolations(columns.length * columns.length)) continue;
    for (const family of familiesOf(cells as readonly string[], numeric)) {
      for (const end of ['largest', 'smallest'] as const) {
        if (!namesExtreme(target, family, end)) continue;
        const names = family.map(({ name }) => name);
        found.push({ kind: 'extreme', target: target.name, columns: names, end, cells: cells as string[] });
      }
    }
    await pacer.tick();
  }
  return found;
}

/**
 * Columns whose names are the same but for the cells, one for each cell in their order. A single cell may name its column in
 * another way: `others` beside `party_a` and `party_b`.
 */
function familiesOf(
  cells: readonly string[],
  columns: readonly SampledColumn[],
): readonly (readonly SampledColumn[])[] {
  const families = new Map<string, Map<string, SampledColumn>>();
  const ofCell = new Map(cells.map((cell) => [cell, new Set<SampledColumn>()]));
  for (const column of columns) {
    for (const cell of cells) {
      for (const rest of restsOf(plain(column.name), plain(cell))) {
        if (!families.has(rest)) families.set(rest, new Map());
        families.get(rest)!.set(cell, column);
        ofCell.get(cell)!.add(column);
      }
    }
  }
  return [...families.values()].flatMap((family) => {
    const lacking = cells.filter((cell) => !family.has(cell));
    if (lacking.length > 1 || family.size < 2) return [];
    const others = lacking[0] === undefined ? [null] : [...ofCell.get(lacking[0])!];
    const inOrder = (other: SampledColumn | null) => cells.map((cell) => family.get(cell) ?? other!);
    return others.map(inOrder).filter((own) => new Set(own).size === cells.length);
  });
}

function plain(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '_');
}

/** A name with what stands for the cell, at its beginning or end, replaced. */
function restsOf(name: string, cell: string): string[] {
  if (name === cell) return ['*'];
  const isLong = cell.length >= MIN_LETTERS;
  const rests: string[] = [];
  if (cell && name.startsWith(isLong ? cell : `${cell}_`)) rests.push(`*${name.slice(cell.length)}`);
  if (cell && name.endsWith(isLong ? cell : `_${cell}`)) rests.push(`${name.slice(0, -cell.length)}*`);
  return rests;
}

/** Whether the column that a row names is the extreme of the family in every row. */
function namesExtreme(target: SampledColumn, family: readonly SampledColumn[], end: Extreme['end']): boolean {
  const sign = end === 'largest' ? 1 : -1;
  return target.codes.every((code, row) => {
    if (code < 0) return true;
    const own = sign * family[code]!.numbers![row]!;
    // Nothing is said where a number is missing.
    const numbers = family.map(({ numbers }) => sign * numbers![row]!);
    return numbers.some(Number.isNaN) || numbers.every((value) => value <= own);
  });
}
