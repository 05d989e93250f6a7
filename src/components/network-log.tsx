import { useEffect, useState } from 'react';
import { formatCount, formatPlural } from './format';
import { isOwn, useNetwork } from './network-watch';

/** What this page has asked the network for, by origin. */
export function RequestTable() {
  const { requests } = useNetwork();
  const origins = [...requests].sort(
    ([a, many], [b, few]) => Number(isOwn(b)) - Number(isOwn(a)) || few - many,
  );
  const others = origins.filter(([origin]) => !isOwn(origin)).length;
  return (
    <>
      <table className="w-full text-left">
        <thead className="text-ink-soft">
          <tr>
            <th className="py-1 pr-4 font-normal">Origin</th>
            <th className="py-1 text-right font-normal">Requests</th>
          </tr>
        </thead>
        <tbody>
          {origins.map(([origin, count]) => (
            <tr key={origin} className="border-t border-line">
              <td className="py-1.5 pr-4 break-words">
                {origin}
                <span className="text-ink-soft">
                  {isOwn(origin) ? ' – this app itself' : ' – somebody else'}
                </span>
              </td>
              <td className="py-1.5 text-right">{formatCount(count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="mt-2">
        {others === 0
          ? 'No request went to any other origin.'
          : `${formatPlural(others, 'other origin')} appear above; an extension of your browser may be the cause.`}
      </p>
    </>
  );
}

/** What the browser was told to refuse, and what it has refused. */
export function PolicyReport() {
  const { violations, violationCount } = useNetwork();
  const policy = useConnectPolicy();
  return (
    <>
      <p>{policy}</p>
      <p className="mt-1">Refused so far: {formatCount(violationCount)}.</p>
      {violations.length > 0 && (
        <ul className="mt-1 list-disc pl-5 text-ink-soft">
          {[...new Set(violations)].map((violation) => (
            <li key={violation} className="break-words">
              {violation}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** Reads the policy this page was served with. */
function useConnectPolicy(): string {
  const [text, setText] = useState('Asking for the policy of this page…');
  useEffect(() => {
    const controller = new AbortController();
    // Without a network the copy that is kept for use offline answers, with the headers it came with.
    fetch(new URL('./', document.baseURI), { signal: controller.signal })
      .then((response) => {
        const policy = response.headers.get('content-security-policy') ?? '';
        const connect = policy.split(';').find((part) => part.trim().startsWith('connect-src'));
        setText(
          connect
            ? `This page was served with “${connect.trim()}”: the browser refuses connections to anywhere else, from the page and from its workers.`
            : 'This page was served without a content security policy, so the browser enforces nothing here. The list above still tells what was asked for.',
        );
      })
      .catch(() => {
        if (!controller.signal.aborted) setText('You are offline: the policy cannot be read again.');
      });
    return () => controller.abort();
  }, []);
  return text;
}
