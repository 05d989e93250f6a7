import { fileURLToPath } from 'node:url';

/** One line of JSON per violation of the content security policy, of workers too, over all journeys. */
export const VIOLATIONS = fileURLToPath(new URL('../test-results/violations.jsonl', import.meta.url));
