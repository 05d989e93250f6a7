// Runs before anything is installed: Node built-ins only.
import { ensureInstalled } from './install.mjs';

/**
 * Installs what is missing, then runs `main(args)` of a TypeScript module and exits with the code it returns.
 * @param {string} specifier the module, relative to `parent`
 * @param {string} parent `import.meta.url` of the caller
 */
export async function runTypeScript(specifier, parent) {
  ensureInstalled();
  const { tsImport } = await import('tsx/esm/api');
  const { main } = await tsImport(specifier, parent);
  const code = await main(process.argv.slice(2));
  if (typeof code === 'number') process.exitCode = code;
}
