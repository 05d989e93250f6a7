import { createRoot } from 'react-dom/client';
import { App } from './app/app';
import { followPreferences } from './app/follow-preferences';
import './app/theme.css';
import { createClient } from './client/client';
import { isPrivatePage } from './client/private-page';
import { watchNetwork } from './components/network-watch';
import { showToast } from './components/toasts';
import { errorText } from './domain/errors';
import { startOfflineCopy } from './offline/offline-copy';

watchNetwork();
followPreferences();
const client = createClient(undefined, undefined, {
  // What writes files is loaded when one is asked for.
  report: async (report, name) => (await import('./pages/reports/report-html')).reportHtml(report, name),
  comparison: async (comparison) =>
    (await import('./pages/evaluate/comparison-html')).comparisonHtml(comparison),
});
window.doppelgrid = client;
client.workspace.open().catch((error: unknown) => showToast(errorText(error)));
createRoot(document.getElementById('root')!).render(<App client={client} />);
startOfflineCopy(isPrivatePage());
