import { writeFileSync } from 'node:fs';
import { ROOT } from '../lib/paths';
import { hostFiles } from './host-files';

/** Run with `npx tsx scripts/serve/write-host-files.ts` after a change to headers.ts; a test compares. */
for (const [path, content] of hostFiles()) writeFileSync(`${ROOT}public/${path}`, content);
