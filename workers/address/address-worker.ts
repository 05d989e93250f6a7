/**
 * Fetches one file from another address, for the page. Its script alone is served with a policy that allows connections to
 * other origins (`scripts/serve/headers.ts`), so it is kept so small that everybody can read it: it imports nothing, is given
 * one address, asks for it with GET, without cookies and without a referrer, and ends. It holds no data but that file.
 */
import type { FetchAnswer, FetchRequest } from './protocol';

let isForbidden = false;
self.addEventListener('securitypolicyviolation', () => {
  isForbidden = true;
});

const tell = (answer: FetchAnswer) => self.postMessage(answer);

async function fetchFile({ address, maxBytes }: FetchRequest): Promise<FetchAnswer> {
  let response: Response;
  try {
    response = await fetch(address, {
      method: 'GET',
      mode: 'cors',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
    });
  } catch {
    // The event of a refusal may come after the error.
    await new Promise((resolve) => setTimeout(resolve, 50));
    return { type: 'failed', reason: isForbidden ? 'forbidden' : 'unreachable' };
  }
  if (!response.ok || !response.body) return { type: 'failed', reason: 'status', status: response.status };
  const { headers } = response;
  const said = Number(headers.get('content-length') ?? Number.NaN);
  // Of a packed response it is the length of the packed bytes; whether it is packed, other sites are not told.
  const length = Number.isFinite(said) ? said : null;
  if (length !== null && length > maxBytes) return { type: 'failed', reason: 'too-large' };
  const disposition = headers.get('content-disposition');
  const contentType = headers.get('content-type');
  tell({ type: 'head', disposition, contentType, bytes: length, address: response.url });
  const parts: Blob[] = [];
  let bytes = 0;
  const reader = response.body.getReader();
  for (;;) {
    const part = await reader.read().catch(() => null);
    if (part === null) return { type: 'failed', reason: 'cut' };
    if (part.done) break;
    bytes += part.value.length;
    if (bytes > maxBytes) {
      await reader.cancel();
      return { type: 'failed', reason: 'too-large' };
    }
    parts.push(new Blob([part.value]));
    tell({ type: 'progress', bytes });
  }
  return { type: 'file', content: new Blob(parts) };
}

self.addEventListener(
  'message',
  (event: MessageEvent<FetchRequest>) => {
    void fetchFile(event.data).then((answer) => {
      tell(answer);
      self.close();
    });
  },
  { once: true },
);
