import { z } from '../domain/zod';
import { LICENCES_FILE } from './names';

const ShippedPackage = z.object({
  name: z.string(),
  version: z.string(),
  /** SPDX expression. */
  licence: z.string(),
  /** The whole licence, with notices. */
  text: z.string(),
});
/** A package of which something is in the app. */
export type ShippedPackage = z.infer<typeof ShippedPackage>;

/** What the build wrote of the packages in the app. @throws Error where there is no such file, as in development */
export async function loadLicences(): Promise<readonly ShippedPackage[]> {
  const response = await fetch(new URL(LICENCES_FILE, document.baseURI));
  const type = response.headers.get('Content-Type') ?? '';
  // A server for development answers with the page.
  if (!response.ok || !type.includes('json')) throw new Error(`There is no ${LICENCES_FILE} here.`);
  return z.array(ShippedPackage).parse(await response.json());
}
