import { snakeCase } from '../../src/domain/metrics';
import type { CheckResult } from '../../src/domain/recipe-checks';
import type { RecipeDifference } from '../../src/domain/recipe-match';

/** The recipe of a run, and how its file differs. */
export interface RecipeFacts {
  readonly name: string;
  readonly version: number;
  readonly differences: readonly RecipeDifference[];
}

/** What `run.json` says of the recipe and of checks; nothing where there was none. */
export function describeRecipe(facts: RecipeFacts | null, checks: readonly CheckResult[]): object {
  if (!facts) return checks.length > 0 ? { checks: describeChecks(checks) } : {};
  const { name, version, differences } = facts;
  return {
    recipe: {
      name,
      version,
      differences: differences.map(({ kind, column, sentence }) => ({ kind, column, sentence })),
    },
    checks: describeChecks(checks),
  };
}

/** What became of checks, in the names of `run.json`. */
export function describeChecks(checks: readonly CheckResult[]): object[] {
  return checks.map(({ check, limit, value, passed }) => ({
    check: Object.keys(snakeCase({ [check]: 0 }))[0],
    limit,
    value,
    passed,
  }));
}
