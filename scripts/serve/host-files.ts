import {
  FETCH_POLICY,
  FETCH_SCRIPT,
  FRESH_CACHE,
  HASHED_CACHE,
  HASHED_FOLDER,
  SECURITY_HEADERS,
} from './headers';

/** The same headers in the words of static hosts: path below public/ and content. */
export function hostFiles(): ReadonlyMap<string, string> {
  return new Map([
    ['_headers', underscoreHeaders()],
    ['vercel.json', vercelJson()],
    ['nginx.conf', nginxConf()],
  ]);
}

const entries = Object.entries(SECURITY_HEADERS);

/** Netlify and Cloudflare Pages; where two rules match, Cloudflare joins their values, hence the detachment. */
function underscoreHeaders(): string {
  const all = [...entries, ['Cache-Control', FRESH_CACHE]].map(([name, value]) => `  ${name}: ${value}`);
  const hashed = ['  ! Cache-Control', `  Cache-Control: ${HASHED_CACHE}`];
  const fetching = ['  ! Content-Security-Policy', `  Content-Security-Policy: ${FETCH_POLICY}`];
  return `/*\n${all.join('\n')}\n\n${HASHED_FOLDER}*\n${hashed.join('\n')}\n\n${FETCH_SCRIPT}*\n${fetching.join('\n')}\n`;
}

function vercelJson(): string {
  const all = [...entries, ['Cache-Control', FRESH_CACHE]].map(([key, value]) => ({ key, value }));
  const headers = [
    { source: '/(.*)', headers: all },
    { source: `${HASHED_FOLDER}(.*)`, headers: [{ key: 'Cache-Control', value: HASHED_CACHE }] },
    { source: `${FETCH_SCRIPT}(.*)`, headers: [{ key: 'Content-Security-Policy', value: FETCH_POLICY }] },
  ];
  return `${JSON.stringify({ headers }, null, 2)}\n`;
}

/** `add_header` in a location drops those of the levels above, so both locations carry all of them. */
function nginxConf(): string {
  const location = (path: string, cache: string, policy = SECURITY_HEADERS['Content-Security-Policy']) =>
    [`location ${path} {`, ...linesOf(policy), `  add_header Cache-Control "${cache}" always;`, '}'].join(
      '\n',
    );
  const linesOf = (policy: string | undefined) =>
    entries.map(
      ([name, value]) =>
        `  add_header ${name} "${name === 'Content-Security-Policy' ? policy : value}" always;`,
    );
  const head = '# Include inside a server block whose root is the built app.\n';
  const types =
    'gzip on;\ngzip_types text/css text/javascript application/json application/wasm image/svg+xml;\n';
  return `${head}${types}\n${location('/', FRESH_CACHE)}\n\n${location(HASHED_FOLDER, HASHED_CACHE)}\n\n${location(FETCH_SCRIPT, HASHED_CACHE, FETCH_POLICY)}\n`;
}
