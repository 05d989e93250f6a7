import { columnLength } from '../../../../src/domain/column-data';
import type { CheckedRule, Rule } from '../../../../src/domain/rules';
import { columnsOfRule } from '../../../../src/domain/rules';
import { checkRule } from '../check-rule';
import type { RuleColumn } from '../rule-column';
import { findDependencies, reduceDependencies } from './dependencies';
import { NEARLY } from './evidence';
import { findImplications, reduceImplications } from './implied';
import { independentRelations } from './independence';
import { findOrders, reduceOrders } from './inequalities';
import { levelColumn } from './levels';
import { findLines } from './lines';
import { findMissingTogether } from './missing';
import { findOneHot } from './one-hot';
import { Pacer } from './pacer';
import { findProducts } from './products';
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
  const search = new Search(columns, chooseRows(rows, columns.length, seed), new Pacer(pause));
  return search.run();
}

class Search {
  readonly #columns: readonly RuleColumn[];
  readonly #rows: Uint32Array;
  readonly #pacer: Pacer;
  readonly #found: CheckedRule[] = [];

  constructor(columns: readonly RuleColumn[], rows: Uint32Array, pacer: Pacer) {
    this.#columns = columns;
    this.#rows = rows;
    this.#pacer = pacer;
  }

  async run(): Promise<CheckedRule[]> {
    const pacer = this.#pacer;
    const samples: SampledColumn[] = [];
    for (const [at, column] of this.#columns.entries()) {
      samples.push(sampleColumn(column, at, this.#rows));
      await pacer.tick();
    }
    const varied = samples.filter(
      ({ cells, present, codes }) => cells.length > 1 || (cells.length === 1 && present < codes.length),
    );
    await this.#keep(findMissingTogether(varied));
    const lines = await findLines(varied, pacer);
    const sums = await findTriples(varied, pacer);
    await this.#keep(independentRelations([...lines, ...sums]));
    await this.#keep(await findProducts(varied, pacer));
    await this.#keep(findOneHot(varied));
    const dependencies = await findDependencies(varied, pacer);
    const decided = new Set(dependencies.map(({ from, to }) => `${from.at} ${to.at}`));
    const decides = (from: SampledColumn, to: SampledColumn) => decided.has(`${from.at} ${to.at}`);
    await this.#keep(reduceDependencies(dependencies, (from, to) => this.#tied(from.name, to.name)));
    const leveled = varied.map(levelColumn);
    const implications = await findImplications(
      leveled,
      (by, column, cell) =>
        this.#tied(by.name, column.name) || (cell !== null && (decides(by, column) || decides(column, by))),
      pacer,
    );
    await this.#keep(reduceImplications(implications, decides));
    const orders = await findOrders(varied, pacer);
    await this.#keep(
      reduceOrders(orders, this.#knownOrders(varied)).map(({ low, high, strict }) => ({
        kind: 'inequality',
        low: low.name,
        high: high.name,
        strict,
      })),
    );
    return this.#found;
  }

  /** Adds the rules that all rows keep, or nearly all where that may be. */
  async #keep(rules: readonly Rule[]): Promise<void> {
    for (const rule of rules) {
      const checked = checkRule(rule, this.#columns);
      const allowed = MAY_FAIL.includes(rule.kind) ? NEARLY * checked.applicable : 0;
      if (checked.applicable > 0 && checked.applicable - checked.kept <= allowed) this.#found.push(checked);
      await this.#pacer.tick();
    }
  }

  /** True if a rule that computes one of two columns from the other alone, or makes them a group, was found. */
  #tied(first: string, second: string): boolean {
    return this.#found.some(({ rule }) => {
      if (rule.kind === 'missing-together' || rule.kind === 'implied-value') return false;
      const names = columnsOfRule(rule);
      if (!names.includes(first) || !names.includes(second)) return false;
      return names.length === 2 || rule.kind === 'one-hot' || rule.kind === 'permutation';
    });
  }

  /** Orders that computed columns bring with them: no part of a sum of positive parts exceeds it. */
  #knownOrders(samples: readonly SampledColumn[]): { low: string; high: string }[] {
    const positive = new Set(
      samples
        .filter(({ numbers }) => numbers?.every((value) => Number.isNaN(value) || value >= 0))
        .map(({ name }) => name),
    );
    const orders: { low: string; high: string }[] = [];
    for (const { rule } of this.#found) {
      if (rule.kind === 'product') {
        const [a, ...names] = columnsOfRule(rule);
        for (const name of names) orders.push({ low: a!, high: name }, { low: name, high: a! });
      }
      if (rule.kind !== 'linear') continue;
      const names = columnsOfRule(rule).filter((name) => name !== rule.target);
      const allPositive = rule.terms.every(({ column, factor }) => factor > 0 && positive.has(column));
      if (rule.terms.length === 1)
        for (const name of names)
          orders.push({ low: name, high: rule.target }, { low: rule.target, high: name });
      else if (allPositive) for (const name of names) orders.push({ low: name, high: rule.target });
    }
    return orders;
  }
}
