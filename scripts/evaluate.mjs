import { runTypeScript } from './lib/bootstrap.mjs';

await runTypeScript('./evaluate/main.ts', import.meta.url);
