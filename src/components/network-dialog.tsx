import { useEffect, useState } from 'react';
import { Dialog } from './dialog';
import { formatCount, formatPlural } from './format';
import { isOwn, useNetwork } from './network-watch';

/** The promise that nothing leaves the browser, with what a person can check about it. */
export function NetworkDialog({ onClose }: { onClose: () => void }) {
  const { requests, violations, violationCount } = useNetwork();
  const policy = useConnectPolicy();
  const origins = [...requests].sort(
    ([a, many], [b, few]) => Number(isOwn(b)) - Number(isOwn(a)) || few - many,
  );
  const others = origins.filter(([origin]) => !isOwn(origin)).length;
  return (
    <Dialog title="Nothing leaves your browser" onClose={onClose}>
      <div className="space-y-4 text-sm">
        <p>
          Reading, training, generating and comparing run in this tab. Your rows are never uploaded: there is
          no server that could take them.
        </p>
        <div>
          <h3 className="font-medium">What this page has asked the network for</h3>
          <table className="mt-2 w-full text-left">
            <thead className="text-ink-soft">
              <tr>
                <th className="py-1 pr-4 font-normal">Origin</th>
                <th className="py-1 text-right font-normal">Requests</th>
              </tr>
            </thead>
            <tbody>
              {origins.map(([origin, count]) => (
                <tr key={origin} className="border-t border-line">
                  <td className="py-1.5 pr-4 break-all">
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
        </div>
        <div>
          <h3 className="font-medium">What the browser enforces</h3>
          <p className="mt-1">{policy}</p>
          <p className="mt-1">Refused so far: {formatCount(violationCount)}.</p>
          {violations.length > 0 && (
            <ul className="mt-1 list-disc pl-5 text-ink-soft">
              {[...new Set(violations)].map((violation) => (
                <li key={violation} className="break-all">
                  {violation}
                </li>
              ))}
            </ul>
          )}
        </div>
        <div>
          <h3 className="font-medium">See for yourself</h3>
          <p className="mt-1">
            Open the network tab of your browser's developer tools, or go offline after a first synthetic
            dataset: the next ones need no network.
          </p>
        </div>
      </div>
    </Dialog>
  );
}

/** Reads the policy this page was served with. */
function useConnectPolicy(): string {
  const [text, setText] = useState('Asking for the policy of this page…');
  useEffect(() => {
    const controller = new AbortController();
    fetch(document.baseURI, { method: 'HEAD', signal: controller.signal })
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
