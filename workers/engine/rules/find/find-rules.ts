import { columnLength } from '../../../../src/domain/column-data';
import { type CheckedRule, columnsOfRule, type Rule, type RuleOf } from '../../../../src/domain/rules';
import { checkRule } from '../check-rule';
import type { RuleColumn } from '../rule-column';
import { findCalendarDates } from './calendar-dates';
import { findAges, findDateParts } from './date-parts';
import { findDateSpans } from './date-spans';
import { findDependencies, reduceDependencies } from './dependencies';
import { NEARLY } from './evidence';
import { findExclusions, reduceExclusions } from './excluded';
import { findImplications, reduceImplications } from './implied';
import { independentProducts, independentSums } from './independence';
import { findOrders, reduceOrders } from './inequalities';
import { knownOrders } from './known-orders';
import { levelColumn } from './levels';
import { findLines } from './lines';
import { findLongSums } from './long-sums';
import { findMissingTogether } from './missing';
import { findOftenEqual } from './often-equal';
import { findOneHot } from './one-hot';
import { Pacer } from './pacer';
import { findPairedDependencies } from './paired-dependencies';
import { findPermutations } from './permutations';
import { findProducts } from './products';
import { findRunningNumbers } from './running-numbers';
import { chooseRows, type SampledColumn, sampleColumn } from './sampled-column';
import { findTriples } from './sums';

/** Kinds that are listed though a few rows break them. */
const MAY_FAIL: readonly Rule['kind'][] = ['inequality', 'linear', 'product', 'functional-dependency'];

const MIN_ROWS = 50;

/**
 * Rules that hold in a table, with the rows that keep them: sought in a sample of rows, checked on all (docs/rules.md).
 * The same table and seed give the same rules.
 * @param pause called about every 50 ms
 */
export async function findRules(
  columns: readonly RuleColumn[],
  pause: () => Promise<void>,
  { seed = 1 }: { readonly seed?: number } = {},
): Promise<CheckedRule[]> {
  const rows = columns.length === 0 ? 0 : columnLength(columns[0]!.data);
  if (rows < MIN_ROWS) return [];
  return new Search(columns, new Pacer(pause)).run(chooseRows(rows, columns.length, seed));
}

/** Kinds are sought one after the other: what is found says which pairs of columns need no other rule. */
class Search {
  readonly #columns: readonly RuleColumn[];
  readonly #pacer: Pacer;
  readonly #found: CheckedRule[] = [];
  /** Pairs of columns that a rule ties so that others between them say nothing new. */
  readonly #ties = new Set<string>();

  constructor(columns: readonly RuleColumn[], pacer: Pacer) {
    this.#columns = columns;
    this.#pacer = pacer;
  }

  async run(rows: Uint32Array): Promise<CheckedRule[]> {
    const running = findRunningNumbers(this.#columns);
    await this.#keep(running);
    const counted = new Set(running.map(({ column }) => column));
    const columns: SampledColumn[] = [];
    for (const [at, column] of this.#columns.entries()) {
      if (counted.has(column.name)) continue;
      const sample = sampleColumn(column, at, rows);
      if (sample.cells.length > 1 || (sample.cells.length === 1 && sample.present > 0)) columns.push(sample);
      await this.#pacer.tick();
    }
    await this.#keep(findMissingTogether(columns));
    await this.#keepComputed(columns);
    await this.#keep([...findOneHot(columns), ...findPermutations(columns)]);
    await this.#keep(findCalendarDates(columns));
    await this.#keepValues(columns);
    await this.#keepOrders(columns);
    return this.#found;
  }

  /** Rules that compute one column from others. */
  async #keepComputed(columns: readonly SampledColumn[]): Promise<void> {
    const pacer = this.#pacer;
    const lines = await findLines(columns, pacer);
    for (const { target, terms } of lines) this.#tie(target, terms[0]!.column);
    const sums = await findTriples(columns, pacer);
    const long = await findLongSums(columns, pacer);
    const spans = await findDateSpans(columns, pacer);
    await this.#keep(independentSums([...lines, ...sums, ...long, ...spans]));
    await this.#keep(independentProducts(await findProducts(columns, pacer), lines));
    await this.#keep(await findDateParts(columns, pacer));
    await this.#keep(await findAges(columns, pacer));
  }

  /** Rules about which values go together. */
  async #keepValues(columns: readonly SampledColumn[]): Promise<void> {
    const pacer = this.#pacer;
    const dependencies = await findDependencies(columns, pacer);
    const decided = new Set(dependencies.map(({ from, to }) => `${from.at} ${to.at}`));
    const decides = (from: SampledColumn, to: SampledColumn) => decided.has(`${from.at} ${to.at}`);
    const tied = (a: SampledColumn, b: SampledColumn) => this.#tied(a.name, b.name);
    const paired = await findPairedDependencies(columns, decides, (names) => this.#computed(names), pacer);
    await this.#keep(reduceDependencies(dependencies, tied));
    await this.#keep(paired);
    const levels = columns.map(levelColumn);
    const decidesEither = (a: SampledColumn, b: SampledColumn) => decides(a, b) || decides(b, a);
    const skip = (by: SampledColumn, column: SampledColumn, cell: unknown) =>
      tied(by, column) || (cell !== null && decidesEither(by, column));
    await this.#keep(reduceImplications(await findImplications(levels, skip, pacer), decides));
    const implied = this.#found
      .filter(({ rule }) => rule.kind === 'implied-value')
      .map(({ rule }) => rule as RuleOf<'implied-value'>);
    for (const { column, by } of implied) this.#tie(column, by);
    const known = (a: SampledColumn, b: SampledColumn) => tied(a, b) || decidesEither(a, b);
    await this.#keep(reduceExclusions(await findExclusions(levels, known, pacer), decides));
    await this.#keep(await findOftenEqual(columns, known, pacer));
  }

  async #keepOrders(columns: readonly SampledColumn[]): Promise<void> {
    const orders = await findOrders(columns, this.#pacer);
    const rules = this.#found.map(({ rule }) => rule);
    const reduced = reduceOrders(orders, knownOrders(rules, columns));
    await this.#keep(
      reduced.map(({ low, high, strict }) => ({
        kind: 'inequality',
        low: low.name,
        high: high.name,
        strict,
      })),
    );
  }

  /** Adds the rules that all rows keep, or nearly all where that may be. */
  async #keep(rules: readonly Rule[]): Promise<void> {
    for (const rule of rules) {
      const checked = checkRule(rule, this.#columns);
      const allowed = MAY_FAIL.includes(rule.kind) ? NEARLY * checked.applicable : 0;
      if (checked.applicable > 0 && checked.applicable - checked.kept <= allowed) {
        this.#found.push(checked);
        this.#tieAll(rule);
      }
      await this.#pacer.tick();
    }
  }

  #tieAll(rule: Rule): void {
    const names = columnsOfRule(rule);
    const grouped = rule.kind === 'one-hot' || rule.kind === 'permutation' || rule.kind === 'calendar-date';
    if (rule.kind === 'missing-together' || rule.kind === 'implied-value') return;
    if (names.length > 2 && !grouped) return;
    for (const a of names) for (const b of names) if (a !== b) this.#tie(a, b);
  }

  #tie(a: string, b: string): void {
    this.#ties.add(JSON.stringify([a, b]));
    this.#ties.add(JSON.stringify([b, a]));
  }

  #tied(a: string, b: string): boolean {
    return this.#ties.has(JSON.stringify([a, b]));
  }

  /** True if one rule names all these columns already. */
  #computed(names: readonly string[]): boolean {
    return this.#found.some(({ rule }) => {
      if (rule.kind === 'missing-together') return false;
      const all = columnsOfRule(rule);
      return names.every((name) => all.includes(name));
    });
  }
}
