import { columnLength } from '../../../../src/domain/column-data';
import { type CheckedRule, columnsOfRule, type Rule, type RuleOf } from '../../../../src/domain/rules';
import type { RuleColumn } from '../../../rules/rule-column';
import { Bridges } from './bridges';
import { findCalendarDates } from './calendar-dates';
import { checkInParts } from './check-in-parts';
import { findComparisons } from './comparisons';
import { findDateCounts } from './date-counts';
import { findAges, findDateParts } from './date-parts';
import { findDateSpans } from './date-spans';
import { type Dependency, findDependencies, reduceDependencies } from './dependencies';
import { NEARLY } from './evidence';
import { findExclusions, reduceExclusions } from './excluded';
import { findExtremes } from './extremes';
import { findImplications, reduceImplications } from './implied';
import { independentProducts, independentSums } from './independence';
import { findOrders, reduceOrders } from './inequalities';
import { knownOrders } from './known-orders';
import { type LeveledColumn, levelColumn } from './levels';
import { findLines } from './lines';
import { findLongSums } from './long-sums';
import { findMissingTogether } from './missing';
import { findNamedExtremes } from './named-extremes';
import { findOftenEqual } from './often-equal';
import { findOneHot } from './one-hot';
import { Pacer } from './pacer';
import { findPairedDependencies } from './paired-dependencies';
import { findPermutations } from './permutations';
import { findProducts } from './products';
import { refineExcluded, refineImplied } from './refine';
import { findRunningNumbers } from './running-numbers';
import { chooseRows, type SampledColumn, sampleColumn } from './sampled-column';
import { findTriples } from './sums';
import { findThresholds, reduceThresholds } from './thresholds';
import { Ties } from './ties';

/** Kinds that are listed though a few rows break them. */
const MAY_FAIL: readonly Rule['kind'][] = ['inequality', 'linear', 'product', 'functional-dependency'];

const MIN_ROWS = 50;
/** Rows with missing parts that a sum has to hold in. */
const MIN_GAPS = 30;

/**
 * Rules that hold in a table, with the rows that keep them: sought in a sample of rows, checked on all (docs/rules.md).
 * The same table and seed give the same rules.
 * @param pause called about every 50 ms
 * @param thresholdOf rows that show a value of a column
 */
export async function findRules(
  columns: readonly RuleColumn[],
  pause: () => Promise<void>,
  {
    seed = 1,
    thresholdOf,
  }: { readonly seed?: number; readonly thresholdOf?: (column: string) => number } = {},
): Promise<CheckedRule[]> {
  const rows = columns.length === 0 ? 0 : columnLength(columns[0]!.data);
  if (rows < MIN_ROWS) return [];
  return new Search(columns, new Pacer(pause), thresholdOf).run(chooseRows(rows, columns.length, seed));
}

/** Kinds are sought one after the other: what is found says which pairs of columns need no other rule. */
class Search {
  readonly #columns: readonly RuleColumn[];
  readonly #pacer: Pacer;
  readonly #found: CheckedRule[] = [];
  readonly #ties = new Ties();
  readonly #thresholdOf: ((column: string) => number) | undefined;

  constructor(columns: readonly RuleColumn[], pacer: Pacer, thresholdOf?: (column: string) => number) {
    this.#columns = columns;
    this.#pacer = pacer;
    this.#thresholdOf = thresholdOf;
  }

  async run(rows: Uint32Array): Promise<CheckedRule[]> {
    const running = findRunningNumbers(this.#columns);
    const counted = new Set(running.map(({ column }) => column));
    const columns: SampledColumn[] = [];
    const numbered: SampledColumn[] = [];
    for (const [at, column] of this.#columns.entries()) {
      const sample = sampleColumn(column, at, rows, this.#thresholdOf?.(column.name));
      if (counted.has(column.name)) {
        numbered.push(sample);
        continue;
      }
      if (sample.present > 0) columns.push(sample);
      await this.#pacer.tick();
    }
    await this.#keep(await findMissingTogether(columns, this.#pacer));
    await this.#keep([...findOneHot(columns), ...findPermutations(columns)]);
    await this.#keepComputed(columns);
    const dates = findCalendarDates(columns);
    await this.#keep(dates);
    await this.#keep(await findDateCounts(dates, [...columns, ...numbered], this.#pacer));
    await this.#keepRunning(running, counted);
    await this.#keepDependencies(columns);
    await this.#keepOrders(columns);
    await this.#keepValues(columns);
    return this.#found;
  }

  /** Rules that compute one column from others. */
  async #keepComputed(columns: readonly SampledColumn[]): Promise<void> {
    const pacer = this.#pacer;
    const lines = await findLines(columns, pacer);
    const sums = await findTriples(columns, pacer);
    const long = await findLongSums(columns, pacer);
    const spans = await findDateSpans(columns, pacer);
    const products = await findProducts(columns, pacer);
    const linear = [...lines, ...sums, ...long, ...spans].filter(
      (rule) => !this.#ties.group(columnsOfRule(rule)),
    );
    const independent = independentSums(linear);
    await this.#keep(independent);
    for (const { target, terms } of lines) this.#ties.addPair(target, terms[0]!.column);
    await this.#keep(independentProducts(products, lines, independent));
    await this.#keep(await findDateParts(columns, pacer));
    await this.#keep(await findAges(columns, pacer));
    await this.#keep(await findExtremes(columns, (names) => this.#ties.group(names), pacer));
    await this.#keep(await findNamedExtremes(columns, pacer));
  }

  /** Numbers that follow from a date, which does not count the rows itself, count that date and not the rows. */
  async #keepRunning(
    running: readonly RuleOf<'running-number'>[],
    counted: ReadonlySet<string>,
  ): Promise<void> {
    const dated = new Set(
      this.#found.flatMap(({ rule }) =>
        rule.kind === 'date-count' && !rule.date.some((name) => counted.has(name)) ? [rule.target] : [],
      ),
    );
    await this.#keep(running.filter(({ column }) => !dated.has(column)));
  }

  async #keepDependencies(columns: readonly SampledColumn[]): Promise<void> {
    const ties = this.#ties;
    const thresholds = await findThresholds(columns, this.#pacer);
    const dependencies: Dependency[] = await findDependencies(columns, this.#pacer);
    const isKnown = new Set(dependencies.map(({ from, to }) => `${from.at} ${to.at}`));
    dependencies.push(...thresholds.filter(({ from, to }) => !isKnown.has(`${from.at} ${to.at}`)));
    for (const { from, to } of dependencies) ties.addDependency(from, to);
    const decides = (from: SampledColumn, to: SampledColumn) => ties.decides(from, to);
    const news = reduceThresholds(
      thresholds,
      columns,
      decides,
      (a, b) => ties.pair(a, b) || ties.group([a.name, b.name]),
    );
    await this.#keep(news.map(({ rule }) => rule));
    const open = columns.filter((column) => !thresholds.some(({ to }) => to === column));
    await this.#keep(await findComparisons(columns, open, decides, this.#pacer));
    // One column of each set of columns that decide one another stands for all.
    const first = (column: SampledColumn) =>
      columns.find(
        (other) => other === column || (ties.decides(other, column) && ties.decides(column, other)),
      )!;
    const known = (names: readonly SampledColumn[]) => {
      const alike = names.map((column) =>
        columns
          .filter((other) => first(other) === first(column) || ties.pair(other, column))
          .map(({ name }) => name),
      );
      return alike[0]!.some((a) => alike[1]!.some((b) => alike[2]!.some((c) => ties.group([a, b, c]))));
    };
    const paired = await findPairedDependencies(
      columns,
      (from, to) => ties.decides(from, to),
      known,
      this.#pacer,
    );
    await this.#keep(
      reduceDependencies(dependencies, (a, b) => ties.pair(a, b) || ties.group([a.name, b.name])),
    );
    await this.#keep(paired);
  }

  /** Rules about which values go together. */
  async #keepValues(columns: readonly SampledColumn[]): Promise<void> {
    const [ties, pacer] = [this.#ties, this.#pacer];
    const levels: LeveledColumn[] = [];
    for (const column of columns) {
      levels.push(levelColumn(column));
      await pacer.tick();
    }
    const implications = await findImplications(
      levels,
      (by, column, cell) => (cell === null ? ties.missingTogether(by, column) : ties.values(by, column)),
      pacer,
    );
    // Of two ordered columns the lower is zero where the higher is.
    const news = implications.filter(
      ({ by, column, cell, exactly }) => exactly || cell !== 0 || !ties.ordered(column, by),
    );
    const reduced = reduceImplications(news, (from, to) => ties.decides(from, to));
    const implied = reduced.map((rule) => refineImplied(rule, this.#columns)).filter((rule) => rule !== null);
    await this.#keep(implied);
    const impliedPairs = new Set(implied.map(({ column, by }) => JSON.stringify([column, by])));
    const isImplied = (a: SampledColumn, b: SampledColumn) =>
      impliedPairs.has(JSON.stringify([a.name, b.name])) ||
      impliedPairs.has(JSON.stringify([b.name, a.name]));
    const bridges = new Bridges(
      levels,
      (a, b) => isImplied(a, b) || ties.decides(a, b) || ties.decides(b, a) || ties.missingTogether(a, b),
    );
    const exclusions = await findExclusions(
      levels,
      (a, b, cells) => {
        if (cells.includes(null) && ties.missingTogether(a, b)) return true;
        return (
          ties.values(a, b) ||
          ties.ordered(a, b) ||
          ties.ordered(b, a) ||
          isImplied(a, b) ||
          bridges.exclude(a, b, cells)
        );
      },
      pacer,
    );
    const fewer = reduceExclusions(exclusions, (from, to) => ties.decides(from, to));
    await this.#keep(
      fewer.map((rule) => refineExcluded(rule, this.#columns)).filter((rule) => rule !== null),
    );
    await this.#keep(await findOftenEqual(columns, (a, b) => ties.values(a, b), pacer));
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

  /** A sum in which missing parts count as 0, if so it holds in more rows and in all of them. */
  async #withGaps(checked: CheckedRule): Promise<CheckedRule> {
    const { rule } = checked;
    const rows = columnLength(this.#columns[0]!.data);
    if (rule.kind !== 'linear' || rule.terms.length < 2 || rows - checked.applicable < MIN_GAPS)
      return checked;
    const whole = await checkInParts({ ...rule, missingAsZero: true }, this.#columns, this.#pacer);
    const more = whole.applicable - checked.applicable;
    return more >= MIN_GAPS && whole.kept === whole.applicable ? whole : checked;
  }

  /** Adds the rules that all rows keep, or as many as their kind allows. */
  async #keep(rules: readonly Rule[]): Promise<void> {
    for (const rule of rules) {
      const checked = await this.#withGaps(await checkInParts(rule, this.#columns, this.#pacer));
      const broken = checked.applicable - checked.kept;
      const allowed = MAY_FAIL.includes(rule.kind) ? NEARLY * checked.applicable : 0;
      if (rule.kind === 'often-equal' ? broken > 0 : checked.applicable > 0 && broken <= allowed) {
        this.#found.push(checked);
        this.#ties.add(checked.rule);
      }
      await this.#pacer.tick();
    }
  }
}
