import { Button } from '../../components/button';
import { Card, Section } from '../../components/card';
import { SwitchField } from '../../components/field';
import { formatBytes } from '../../components/format';
import { ProgressBar } from '../../components/progress-bar';
import { fetchAllNow, keepOfflineCopy } from '../../offline/offline-copy';
import { type NoCopyReason, type OfflineCopy, useOffline } from '../../offline/state';
import { showError } from '../actions';

/** Whether the app works without a network, what that takes, and the way to switch it off. */
export function OfflineSection() {
  const copy = useOffline((state) => state.copy);
  const canSwitch = copy.status !== 'none' || copy.reason === 'off';
  return (
    <Section id="offline" title="Without a network">
      <Card>
        <div className="space-y-4">
          <p className="text-sm">{offlineSentence(copy)}</p>
          {copy.status === 'fetching' && (
            <ProgressBar label="Files of the app" value={copy.fetched} max={copy.total} />
          )}
          {(copy.status === 'on-use' || copy.status === 'incomplete') && (
            <Button onClick={fetchAllNow}>Fetch the rest now</Button>
          )}
          {canSwitch && (
            <SwitchField
              label="Keep the app on this device"
              help="Its program files, not your data. Switched off, they are removed and loaded again at every visit."
              value={copy.status !== 'none'}
              onChange={(on) => void keepOfflineCopy(on).catch(showError)}
            />
          )}
        </div>
      </Card>
    </Section>
  );
}

const REASONS: Readonly<Record<NoCopyReason, string>> = {
  development: 'The app is served for development: nothing is kept for use without a network.',
  unsupported: 'This browser keeps no apps for use without a network, or not for pages without HTTPS.',
  private: 'In a private session nothing is kept for use without a network.',
  off: 'The app is not kept on this device. It needs a network when it is opened.',
  refused: 'The browser did not let the app be kept on this device. It needs a network when it is opened.',
};

/** What a person reads of the copy of the app on their device. */
export function offlineSentence(copy: OfflineCopy): string {
  switch (copy.status) {
    case 'starting':
      return 'Looking at what of the app is on this device…';
    case 'none':
      return REASONS[copy.reason];
    case 'fetching':
      return `The app is being fetched for use without a network: ${formatBytes(copy.fetched)} of ${formatBytes(copy.total)}.`;
    case 'kept':
      return `Everything works without a network, from reading a table to the report. The app takes ${formatBytes(copy.bytes)} on this device and can be installed from the browser's menu.`;
    case 'on-use':
      return `Your browser asks to save data, so ${formatBytes(copy.missing)} of the app are fetched when they are used. Without a network, what you have used works.`;
    case 'incomplete':
      return `${copy.missing === null ? 'Files' : formatBytes(copy.missing)} of the app could not be fetched or kept: no network, or no space on the disk. They are fetched at the next visit.`;
  }
}
