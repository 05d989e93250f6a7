import { runTypeScript } from './lib/bootstrap.mjs';

await runTypeScript('./check/test.ts', import.meta.url);
