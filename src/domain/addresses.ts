import { UserError } from './errors';

/** Characters of an address at most; signed ones have some hundred. */
const MAX_LENGTH = 4_000;
const MAX_NAME = 200;

/**
 * An address that a file may be fetched from.
 * @throws UserError `config/invalid`
 */
export function readAddress(text: string): URL {
  const trimmed = text.trim();
  const invalid = (sentence: string) => new UserError('config/invalid', sentence);
  if (trimmed.length > MAX_LENGTH)
    throw invalid(
      `The address has more than ${MAX_LENGTH.toLocaleString('en')} characters. Use a shorter one.`,
    );
  const url = URL.canParse(trimmed) ? new URL(trimmed) : null;
  if (!url) throw invalid(`“${cut(trimmed)}” is no address. It begins with https:// and names a file.`);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw invalid(
      `Addresses begin with https:// or http://, and this one with ${url.protocol}. Download the file with a program that knows it, and drop it here.`,
    );
  if (url.username !== '' || url.password !== '')
    throw invalid(
      'The address holds a name or password before “@”, which browsers do not send. Use a signed address, or download the file and drop it here.',
    );
  return url;
}

/** An address without what may be secret: the signature or token of its query, and its fragment. */
export function plainAddress({ origin, pathname }: URL): string {
  return `${origin}${pathname}`;
}

/**
 * What a file is called: as the server says (RFC 6266), else by the last part of its path, else by its host.
 * @param disposition value of Content-Disposition
 */
export function fetchedName(url: URL, disposition: string | null): string {
  const coded = /filename\*\s*=\s*(?:utf-8|iso-8859-1)'[^']*'([^;\s]+)/i.exec(disposition ?? '')?.[1];
  const quoted = /filename\s*=\s*"((?:[^"\\]|\\.)*)"/i.exec(disposition ?? '')?.[1]?.replace(/\\(.)/g, '$1');
  const bare = /filename\s*=\s*([^";\s]+)/i.exec(disposition ?? '')?.[1];
  const path = url.pathname.split('/').filter(Boolean).at(-1);
  const candidates = [coded && decoded(coded), quoted, bare, path && decoded(path)];
  const names = candidates.map((name) => baseName(name ?? '')).filter((name) => name !== '');
  return names[0] ?? url.hostname;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Without folders and controls, however a server writes them. */
function baseName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  return [...last]
    .filter((mark) => mark >= ' ' && mark !== '\x7f')
    .join('')
    .trim()
    .slice(-MAX_NAME);
}

function cut(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

/** Why a file did not come, as the worker that fetches it tells. */
export type FetchFailure = 'unreachable' | 'forbidden' | 'status' | 'cut' | 'too-large';

/** The error of a file that did not come. @param address without its query */
export function fetchError(address: string, reason: FetchFailure, status = 0): UserError {
  const code = reason === 'too-large' ? 'source/too-large' : 'source/unreadable';
  return new UserError(code, sentenceOf(address, reason, status), { details: { address, reason, status } });
}

const BY_HAND = 'download the file there and drop it here';

function sentenceOf(address: string, reason: FetchFailure, status: number): string {
  switch (reason) {
    case 'unreachable':
      return `Nothing could be read from ${address}. Either the server cannot be reached – check the address and your connection – or it does not let other sites read the file (CORS): a browser does not tell which. If the address opens in a tab of its own, ${BY_HAND}, or ask its owner to allow this site with the header Access-Control-Allow-Origin.`;
    case 'forbidden':
      return `This copy of the app does not fetch files: its server sends the strict policy for that script, too. Open ${address} in a tab of its own, ${BY_HAND}.`;
    case 'cut':
      return `The connection to ${address} broke before the whole file was there. Nothing was kept of it: try again.`;
    case 'too-large':
      return `The file at ${address} is larger than 2 GB, which is the most that is fetched. Open the address in a tab of its own, ${BY_HAND}.`;
    case 'status':
      return `${address} ${statusWords(status)}`;
  }
}

function statusWords(status: number): string {
  if (status === 401 || status === 403)
    return `may not be read (status ${status}): it needs a signature, or the signature is no longer valid. Get a new address, or ${BY_HAND.replace(' there', '')}.`;
  if (status === 404 || status === 410) return `leads to no file (status ${status}). Check the address.`;
  if (status === 429) return 'was asked for too often (status 429). Wait a while, and try again.';
  if (status >= 500) return `could not be sent by its server (status ${status}). Try again later.`;
  return `answered with status ${status} instead of a file. Check the address.`;
}

/** The error of an address that leads to a page instead of a file. */
export function pageError(address: string): UserError {
  return new UserError(
    'source/unreadable',
    `${address} leads to a web page, not to a file: perhaps one to sign in, or one about the file. Use the address of the download itself.`,
    { details: { address } },
  );
}
