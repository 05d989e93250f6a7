import fc from 'fast-check';
import type { ModelSpec } from '../network/network-backend';
import { withClasses, withLists } from './samples';

/** The largest network that is drawn. */
export interface SpecLimits {
  readonly cardinality: number;
  readonly dimension: number;
  /** A multiple of 4. */
  readonly hidden: number;
  readonly subColumns: number;
}

/** Networks for properties that hold for any: about half with lists of inputs, about half with classes. */
export function randomSpecs(limits: SpecLimits): fc.Arbitrary<ModelSpec> {
  const perhaps = (change: (spec: ModelSpec, seed: number) => ModelSpec) => (spec: ModelSpec) =>
    fc.option(fc.nat(1e6), { nil: null }).map((seed) => (seed === null ? spec : change(spec, seed)));
  return fc
    .array(
      fc.record({
        cardinality: fc.integer({ min: 1, max: limits.cardinality }),
        dimension: fc.integer({ min: 1, max: limits.dimension }),
        hidden: fc.integer({ min: 1, max: limits.hidden / 4 }).map((fours) => 4 * fours),
        sameColumn: fc.boolean(),
      }),
      { minLength: 1, maxLength: limits.subColumns },
    )
    .map((parts): ModelSpec => {
      let column = 0;
      const subColumns = parts.map(({ sameColumn, ...part }, i) => {
        if (i > 0 && !sameColumn) column++;
        return { ...part, column };
      });
      return { subColumns, columnCount: column + 1 };
    })
    .chain(perhaps(withLists))
    .chain(perhaps(withClasses));
}
