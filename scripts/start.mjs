import { runTypeScript } from './lib/bootstrap.mjs';

await runTypeScript('./serve/start.ts', import.meta.url);
