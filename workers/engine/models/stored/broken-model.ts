import { UserError } from '../../../../src/domain/errors';
import type { z } from '../../../../src/domain/zod';

/** The error of a stored model that cannot be used. @param how what is wrong with it, after "The stored model" */
export function brokenModel(how: string): UserError {
  return new UserError('not-found', `The stored model ${how}. Train the generator again.`);
}

/** What a schema makes of a part of a stored model. @throws UserError `not-found` that names the field */
export function checkedPart<T extends z.ZodType>(schema: T, part: string, value: unknown): z.infer<T> {
  const checked = schema.safeParse(value);
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  const at = [part, ...issue!.path].join('.');
  throw brokenModel(`has a field “${at}” that cannot be used (${issue!.message})`);
}

/** @throws UserError `not-found` unless it holds */
export function must(holds: boolean, how: string): asserts holds {
  if (!holds) throw brokenModel(how);
}
