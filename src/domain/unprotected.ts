import type { GeneratorConfig } from './generators';
import { lacksValueProtection } from './private-training';

/** Said before a training whose value protection is off. */
export const UNPROTECTED_TRAINING =
  'Value protection is off. Rare categories and extreme numbers of single people will appear in the generated rows. Switch it on unless the table holds nobody’s data.';

/** Said of everything that came of such a training. */
export const UNPROTECTED_RESULT =
  'Made without value protection: rare categories and extreme numbers of single people appear as they are. Do not pass these rows on as anonymous.';

/** Whether a table of the configuration is learned without value protection. */
export function isUnprotected({ tables }: Pick<GeneratorConfig, 'tables'>): boolean {
  return tables.some(({ tabularModelConfiguration }) => lacksValueProtection(tabularModelConfiguration));
}

/**
 * Name of a file of generated rows, without its ending: it says what it holds, and where nothing was protected.
 * @param name of the original table; null where the folder says it
 */
export function rowsFileName(name: string | null, unprotected: boolean): string {
  return [name, 'synthetic', unprotected ? 'unprotected' : null].filter((part) => part !== null).join('-');
}
