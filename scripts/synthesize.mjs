import { runTypeScript } from './lib/bootstrap.mjs';

await runTypeScript('./synthesize/main.ts', import.meta.url);
