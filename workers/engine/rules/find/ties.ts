import { columnsOfRule, type Rule } from '../../../../src/domain/rules';
import type { SampledColumn } from './sampled-column';

/** What rules found so far say about pairs and groups of columns, so that others need not say it again. */
export class Ties {
  readonly #pairs = new Map<string, Set<string>>();
  readonly #groups: Set<string>[] = [];
  readonly #missing: Set<string>[] = [];
  readonly #orders = new Set<string>();
  /** Dependent → determinants. */
  readonly #deciders = new Map<string, Set<string>>();

  add(rule: Rule): void {
    const names = columnsOfRule(rule);
    if (rule.kind === 'missing-together') this.#missing.push(new Set(names));
    else if (rule.kind === 'implied-value') return;
    else if (rule.kind === 'inequality') this.#orders.add(JSON.stringify([rule.low, rule.high]));
    else if (names.length === 2) this.addPair(names[0]!, names[1]!);
    else if (names.length > 2) this.#groups.push(new Set(names));
  }

  addPair(a: string, b: string): void {
    for (const [one, other] of [[a, b] as const, [b, a] as const]) {
      if (!this.#pairs.has(one)) this.#pairs.set(one, new Set());
      this.#pairs.get(one)!.add(other);
    }
  }

  /** A functional dependency, whether or not it is listed. */
  addDependency(from: SampledColumn, to: SampledColumn): void {
    if (!this.#deciders.has(to.name)) this.#deciders.set(to.name, new Set());
    this.#deciders.get(to.name)!.add(from.name);
  }

  decides(from: SampledColumn, to: SampledColumn): boolean {
    return this.#deciders.get(to.name)?.has(from.name) ?? false;
  }

  /** True if a rule of just two columns ties them. */
  pair(a: SampledColumn, b: SampledColumn): boolean {
    return this.#pairs.get(a.name)?.has(b.name) ?? false;
  }

  /** True if a rule of several columns names all of these. */
  group(names: readonly string[]): boolean {
    return this.#groups.some((group) => names.every((name) => group.has(name)));
  }

  missingTogether(a: SampledColumn, b: SampledColumn): boolean {
    return this.#missing.some((group) => group.has(a.name) && group.has(b.name));
  }

  /** True if an order between the two was found. */
  ordered(low: SampledColumn, high: SampledColumn): boolean {
    return this.#orders.size > 0 && this.#orders.has(JSON.stringify([low.name, high.name]));
  }

  /** True if values of the two are tied: by a rule, by deciding each other, or by a column that decides both. */
  values(a: SampledColumn, b: SampledColumn): boolean {
    if (this.pair(a, b) || this.decides(a, b) || this.decides(b, a) || this.group([a.name, b.name]))
      return true;
    const [first, second] = [this.#deciders.get(a.name), this.#deciders.get(b.name)];
    return !!first && !!second && [...first].some((name) => second.has(name));
  }
}
