import { snakeCase } from '../../src/domain/metrics';
import type { CheckResult } from '../../src/domain/recipe-checks';
import type { RecipeDifference } from '../../src/domain/recipe-match';

/** The recipe of a run, and what came of it. */
export interface RecipeFacts {
  readonly name: string;
  readonly version: number;
  readonly differences: readonly RecipeDifference[];
  readonly checks: readonly CheckResult[];
}

/** What `run.json` says of the recipe; nothing where there was none. */
export function describeRecipe(facts: RecipeFacts | null): object {
  if (!facts) return {};
  const { name, version, differences, checks } = facts;
  return {
    recipe: {
      name,
      version,
      differences: differences.map(({ kind, column, sentence }) => ({ kind, column, sentence })),
    },
    checks: checks.map(({ check, limit, value, passed }) => ({
      check: Object.keys(snakeCase({ [check]: 0 }))[0],
      limit,
      value,
      passed,
    })),
  };
}
