import { columnsOfRule, type Factor, type RuleOf } from '../../../../src/domain/rules';

type Linear = RuleOf<'linear'>;
type Product = RuleOf<'product'>;

/**
 * The simplest of linear relations from which the others follow: sorted by cost, each is kept if its coefficients are no
 * combination of those before.
 */
export function independentSums(relations: readonly Linear[]): Linear[] {
  const span = new Span();
  const sorted = [...relations].sort((a, b) => cost(a) - cost(b));
  return sorted.filter(({ target, terms }) =>
    span.add([[target, -1], ...terms.map(({ column, factor }) => [column, factor] as const)]),
  );
}

/**
 * The products that do not follow from others and from constant factors: linear relations of logarithms, in which 1 plus a
 * share is a quantity of its own. Of the same columns, one product counts.
 * @param lines constant factors
 * @param sums with a product they say what a share says: gross = net + tax and tax = net · rate
 */
export function independentProducts(
  products: readonly Product[],
  lines: readonly Linear[],
  sums: readonly Linear[],
): Product[] {
  const span = new Span();
  const scales = lines.filter(({ terms, constant }) => terms.length === 1 && constant === 0);
  for (const { target, terms } of scales)
    span.add([
      [target, -1],
      [terms[0]!.column, 1],
    ]);
  /** Shares of a column and percents that are a multiple of it are the same quantity. */
  const quantity = ({ column, per }: Pick<Factor, 'column' | 'per'>): string => {
    if (per === undefined) return column;
    const scale = scales.find(({ target }) => target === column);
    const [name, own] = scale ? [scale.terms[0]!.column, per * scale.terms[0]!.factor] : [column, per];
    return JSON.stringify([name, Number(own.toPrecision(9))]);
  };
  const relation = ({ target, factors }: Pick<Product, 'target' | 'factors'>) =>
    [[target, -1], ...factors.map((factor) => [quantity(factor), factor.power] as const)] as const;
  const known = new Set<string>();
  return [...products]
    .sort((a, b) => productCost(a) - productCost(b))
    .filter((product) => {
      const columns = JSON.stringify([...columnsOfRule(product)].sort());
      if (known.has(columns)) return false;
      known.add(columns);
      if (!span.add(relation(product))) return false;
      for (const share of impliedShares(product, sums)) span.add(relation(share));
      return true;
    });
}

/** a = b + c with c = b · d · per is a = b · (1 + per · d). */
function impliedShares(product: Product, sums: readonly Linear[]): Pick<Product, 'target' | 'factors'>[] {
  const { target: part, factors, factor } = product;
  return sums.flatMap(({ target, terms, constant }) => {
    if (constant !== 0 || terms.length !== 2) return [];
    const signs = new Map([[target, -1], ...terms.map((term) => [term.column, term.factor] as const)]);
    const sign = signs.get(part);
    if (sign === undefined) return [];
    return factors.flatMap(({ column, power, per }, k) => {
      const own = signs.get(column);
      const [rate] = factors.filter((_, other) => other !== k);
      const total = [...signs.keys()].find((name) => name !== part && name !== column)!;
      if (own === undefined || factors.length !== 2 || power !== 1 || per !== undefined) return [];
      if (rate!.power !== 1 || rate!.per !== undefined || own !== -signs.get(total)!) return [];
      const share = { column: rate!.column, power: 1, per: factor * (sign / own) };
      return [{ target: total, factors: [{ column, power: 1 }, share] }];
    });
  });
}

/** Columns count one each, numbers to remember more, a rounding that is needed a little. */
function cost({ terms, constant, rounding }: Linear): number {
  const odd = terms.filter(({ factor }) => Math.abs(factor) !== 1).length;
  const last = rounding === 'nearest' ? 0 : 0.3;
  return terms.length + 0.8 * odd + (odd > 0 ? 0.5 : 0) + (constant === 0 ? 0 : 0.4) + last;
}

function productCost({ factors, factor, rounding }: Product): number {
  const ratios = factors.filter(({ power }) => power < 0).length;
  const powers = factors.reduce((sum, { power }) => sum + (Math.abs(power) === 1 ? 0 : 0.2), 0);
  const shares = factors.filter(({ per }) => per !== undefined).length;
  const numbers = (factor === 1 ? 0 : 0.5) + (rounding === 'nearest' ? 0 : 0.2);
  return factors.length + 0.3 * ratios + powers + 0.8 * shares + numbers;
}

/** Relations as sparse rows, reduced one by one. */
class Span {
  readonly #rows: { readonly pivot: string; readonly row: ReadonlyMap<string, number> }[] = [];

  /** False if the relation is a combination of those added before. */
  add(relation: readonly (readonly [string, number])[]): boolean {
    const row = new Map(relation);
    for (const { pivot, row: other } of this.#rows) {
      const share = (row.get(pivot) ?? 0) / other.get(pivot)!;
      if (share === 0) continue;
      for (const [name, value] of other) row.set(name, (row.get(name) ?? 0) - share * value);
      row.delete(pivot);
    }
    const largest = [...row].reduce(
      (best, entry) => (Math.abs(entry[1]) > Math.abs(best[1]) ? entry : best),
      ['', 0],
    );
    const size = Math.max(...relation.map(([, value]) => Math.abs(value)));
    if (Math.abs(largest[1]) < 1e-3 * size) return false;
    this.#rows.push({ pivot: largest[0], row });
    return true;
  }
}
