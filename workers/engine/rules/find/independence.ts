import type { RuleOf } from '../../../../src/domain/rules';

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

/** The products that do not follow from others and from constant factors: linear relations of logarithms. */
export function independentProducts(products: readonly Product[], lines: readonly Linear[]): Product[] {
  const span = new Span();
  for (const { target, terms, constant } of lines) {
    if (terms.length === 1 && constant === 0)
      span.add([
        [target, -1],
        [terms[0]!.column, 1],
      ]);
  }
  const sorted = [...products].sort((a, b) => productCost(a) - productCost(b));
  return sorted.filter(({ target, factors }) =>
    span.add([[target, -1], ...factors.map(({ column, power }) => [column, power] as const)]),
  );
}

/** Columns count one each, numbers to remember more, a rounding that is needed a little. */
function cost({ terms, constant, rounding }: Linear): number {
  const odd = terms.filter(({ factor }) => Math.abs(factor) !== 1).length;
  const last = rounding === 'nearest' ? 0 : 0.3;
  return terms.length + 0.8 * odd + (odd > 0 ? 0.5 : 0) + (constant === 0 ? 0 : 0.4) + last;
}

function productCost({ factors, factor, rounding }: Product): number {
  const ratios = factors.filter(({ power }) => power < 0).length;
  return factors.length + 0.3 * ratios + (factor === 1 ? 0 : 0.5) + (rounding === 'nearest' ? 0 : 0.2);
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
