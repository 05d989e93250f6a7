/** What a server says that it has at an address. */

/** Names that are taken of a listing at most. */
const MAX_NAMES = 2_000;

/**
 * Paths below an address that a listing names: links of a folder's page (Apache, nginx, `python -m http.server`), keys of an
 * S3 bucket, a JSON array of names or of objects with a `name`, `path` or `key`, or lines.
 * @param address of the listing, as it ends with "/"
 */
export function namesInListing(text: string, address: string): string[] {
  const trimmed = text.trimStart();
  const names = trimmed.startsWith('<')
    ? /^<\?xml|<ListBucketResult/i.test(trimmed.slice(0, 500)) && /<Key>/.test(trimmed)
      ? keysOf(trimmed, address)
      : linksOf(trimmed, address)
    : trimmed.startsWith('[') || trimmed.startsWith('{')
      ? namesInJson(trimmed)
      : trimmed.split(/\r?\n/);
  const plain = names.map((name) => name.trim().replace(/^\.\//, '')).filter(isBelow);
  return [...new Set(plain)].slice(0, MAX_NAMES);
}

function isBelow(name: string): boolean {
  return (
    name !== '' && !name.startsWith('/') && !name.split('/').includes('..') && !/[?#\0]|:\/\//.test(name)
  );
}

/** The document is parsed, and nothing in it runs or is loaded. */
function linksOf(html: string, address: string): string[] {
  const links = new DOMParser().parseFromString(html, 'text/html').querySelectorAll('a[href]');
  return [...links].flatMap((link) => {
    const href = link.getAttribute('href') ?? '';
    const url = URL.canParse(href, address) ? new URL(href, address) : null;
    // Other ones sort the page, or lead elsewhere.
    if (!url?.href.startsWith(address) || url.search !== '') return [];
    return [decoded(url.href.slice(address.length))];
  });
}

function keysOf(xml: string, address: string): string[] {
  const keys = [...new DOMParser().parseFromString(xml, 'text/xml').querySelectorAll('Key')];
  const folder = decoded(new URL(address).pathname.slice(1));
  return keys.flatMap(({ textContent }) => {
    const key = textContent ?? '';
    return key.startsWith(folder) ? [key.slice(folder.length)] : [];
  });
}

function namesInJson(text: string): string[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return [];
  }
  const list = Array.isArray(parsed) ? parsed : (parsed as { files?: unknown }).files;
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry: unknown) => {
    if (typeof entry === 'string') return [entry];
    if (typeof entry !== 'object' || entry === null) return [];
    const { path, key, name } = entry as Record<string, unknown>;
    const named = [path, key, name].find((field) => typeof field === 'string');
    return typeof named === 'string' ? [named] : [];
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
