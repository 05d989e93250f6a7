import { runTypeScript } from './lib/bootstrap.mjs';

await runTypeScript('./lib/prepare.ts', import.meta.url);
