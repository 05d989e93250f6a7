import { columnLength } from '../../../../src/domain/column-data';
import type { Cell, RuleOf } from '../../../../src/domain/rules';
import { type CodedColumn, codeColumn, type RuleColumn } from '../../../rules/rule-column';
import type { FeatureColumn } from '../../models/model';
import type { TableProtection } from '../../privacy/table-protection';
import type { ReadColumn } from './extra-columns';
import { markUnlisted } from './marked-rows';
import { isPossible, type PlannedStep } from './plan-steps';
import { nearestOf } from './step-changes';

/** Share of rows that a look-up has to know: other numbers are moved to known ones, other combinations drawn again. */
const MIN_KNOWN = 0.5;
/** How far numbers may be moved on average, as a share of their mean absolute deviation: beside zeros, all would become 0. */
const MAX_MOVED = 0.25;

export interface Planning {
  /** Columns that are learned. */
  readonly known: ReadonlyMap<string, FeatureColumn>;
  readonly read: ReadColumn;
  /** Cells are looked up that as many rows share as show a value of the first determinant. */
  readonly protection: TableProtection;
}

/**
 * The steps with those that keep a dependency of all rows: its dependent is looked up. Binned numbers take values that no
 * row has, so determinants are moved to values whose dependent is known; combinations of two columns that are not known
 * are drawn again, unless codes restrict the draw to known ones (`codeRelations`).
 * @returns null if it cannot be kept
 */
export async function withDependency(
  steps: readonly PlannedStep[],
  rule: RuleOf<'functional-dependency'>,
  { known, read, protection }: Planning,
): Promise<PlannedStep[] | null> {
  const planned = await lookUpStep(rule, read, protection, 0);
  const loose = rule.determinant.filter((name) => !isCoded(known.get(name)!));
  const isDrawn =
    rule.determinant.length === 1 ||
    [...rule.determinant, rule.dependent].every((name) => isCoded(known.get(name)!));
  const lookUp = isDrawn ? planned : await closedStep(planned, read, protection);
  if (!lookUp) return null;
  let own = [...steps];
  for (const name of loose) {
    const before = own.find(({ step, target }) => step.kind === 'snap' && target === name);
    const snap = await snapStep(name, planned, before, read);
    own = own.filter((step) => step !== before);
    if (!snap || !isPossible(own, snap)) return null;
    own.push(snap);
  }
  return isPossible(own, lookUp) ? [...own, lookUp] : null;
}

/** Whether each value of a column has a code. */
export function isCoded({ encodingType }: FeatureColumn): boolean {
  return encodingType === 'TABULAR_CATEGORICAL' || encodingType === 'TABULAR_NUMERIC_DISCRETE';
}

export async function lookUpStep(
  { determinant, dependent }: RuleOf<'functional-dependency'>,
  read: ReadColumn,
  { thresholdOf }: TableProtection,
  share: number,
): Promise<PlannedStep> {
  const inputs: CodedColumn[] = [];
  for (const name of determinant) inputs.push(codeColumn(await read(name)));
  const target = codeColumn(await read(dependent));
  const found = new Map<string, { readonly key: Cell[]; readonly rows: Map<number, number> }>();
  for (let row = 0; row < target.codes.length; row++) {
    const codes = inputs.map((input) => input.codes[row]!);
    const name = codes.join();
    let entry = found.get(name);
    if (!entry) {
      const key = codes.map((code, k) => (code < 0 ? null : inputs[k]!.cells[code]!));
      entry = { key, rows: new Map() };
      found.set(name, entry);
    }
    const own = target.codes[row]!;
    entry.rows.set(own, (entry.rows.get(own) ?? 0) + 1);
  }
  const minRows = thresholdOf(determinant[0]!);
  let fills = true;
  const cells: [Cell[], Cell][] = [];
  for (const { key, rows } of found.values()) {
    const isMixed = rows.size > 1;
    // The rule says nothing of a missing determinant, nor of a missing dependent.
    if (isMixed && key.includes(null)) continue;
    if (isMixed && rows.has(-1)) fills = false;
    const total = [...rows.values()].reduce((sum, count) => sum + count, 0);
    const [best] = [...rows].filter(([code]) => !isMixed || code >= 0).sort((a, b) => b[1] - a[1]);
    if (total >= minRows) cells.push([key, best![0] < 0 ? null : target.cells[best![0]]!]);
  }
  return {
    step: { kind: 'look-up', by: determinant, target: dependent, cells, fills, share },
    target: dependent,
    reads: determinant,
  };
}

/**
 * The step that moves a number or date to the nearest value which a look-up knows, and which a step before knows that
 * moves the same column for another look-up.
 * @param column one of those that the look-up reads
 * @returns null if too few rows hold one of these, or if the others would be moved far
 */
async function snapStep(
  column: string,
  { step }: PlannedStep,
  before: PlannedStep | undefined,
  read: ReadColumn,
): Promise<PlannedStep | null> {
  if (step.kind !== 'look-up') return null;
  const known = new Set(step.cells.map(([key]) => key[step.by.indexOf(column)]));
  const allowed = before?.step.kind === 'snap' ? new Set(before.step.values) : null;
  const values = [...known].filter((cell) => typeof cell === 'number' && (allowed?.has(cell) ?? true));
  const { data } = await read(column);
  if (data.kind === 'text' || values.length === 0) return null;
  const targets = new Set(values);
  const sorted = values.filter((cell) => typeof cell === 'number').sort((a, b) => a - b);
  const present = data.values.filter((_, row) => data.nulls?.[row] !== 1);
  const mean = present.reduce((sum, value) => sum + value, 0) / present.length;
  let [covered, moved, deviation] = [0, 0, 0];
  for (const value of present) {
    if (targets.has(value)) covered++;
    moved += Math.abs(value - nearestOf(sorted, value));
    deviation += Math.abs(value - mean);
  }
  if (covered < MIN_KNOWN * present.length || moved > MAX_MOVED * deviation) return null;
  return { step: { kind: 'snap', target: column, values: sorted }, target: column, reads: [] };
}

/**
 * The look-up of several columns, of which combinations that it does not know are not drawn.
 * @returns null if too few rows hold one that it knows
 */
async function closedStep(
  planned: PlannedStep,
  read: ReadColumn,
  { thresholdOf }: TableProtection,
): Promise<PlannedStep | null> {
  const { step } = planned;
  if (step.kind !== 'look-up') return null;
  const columns: RuleColumn[] = [];
  for (const name of step.by) columns.push(await read(name));
  const closed = {
    ...step,
    closed: columns.map((column) => frequentTexts(column, thresholdOf(column.name))),
  };
  const outside = new Uint8Array(columnLength(columns[0]!.data));
  markUnlisted(closed, columns, outside);
  const covered = outside.reduce((sum, flag) => sum + 1 - flag, 0);
  return covered < MIN_KNOWN * outside.length ? null : { ...planned, step: closed };
}

function frequentTexts(column: RuleColumn, minRows: number): string[] {
  const { codes, cells } = codeColumn(column);
  const counts = new Uint32Array(cells.length);
  for (const code of codes) if (code >= 0) counts[code]!++;
  return cells.filter((cell, code): cell is string => typeof cell === 'string' && counts[code]! >= minRows);
}
