import { z } from 'zod';
import { UserError } from './errors';

// zod asks once per thread whether it may use eval. The content security policy says no, and the browser reports the
// attempt as a violation.
z.config({ jitless: true });

export { z };

/**
 * Checks a configuration that came from a person or a file.
 * @throws UserError `config/invalid` naming the first offending field, its value's problem and where it stands
 */
export function parseConfig<T extends z.ZodType>(schema: T, value: unknown, what: string): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  const path = issue.path.map(String).join('.') || 'the top level';
  throw new UserError('config/invalid', `The ${what} is not valid at ${path}: ${issue.message}.`, {
    details: { path },
  });
}
