import { parseConfig, z } from './zod';

const MAX_NAME = 256;

/** What a person says of a resource. */
export const Description = z.string().max(4000);

const Naming = z.strictObject({
  name: z.string().trim().min(1).max(MAX_NAME).optional(),
  description: Description.optional(),
});
export type Naming = z.infer<typeof Naming>;

/** @throws UserError `config/invalid` for a name that is empty or longer than 256 characters, or a long description */
export function checkNaming(naming: Naming): { readonly name?: string; readonly description?: string } {
  const { name, description } = parseConfig(Naming, naming, 'name or description');
  return { ...(name !== undefined && { name }), ...(description !== undefined && { description }) };
}

/** Name of a copy. */
export function nameOfCopy(name: string): string {
  return `Copy of ${name}`.slice(0, MAX_NAME);
}
