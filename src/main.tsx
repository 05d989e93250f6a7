import { createRoot } from 'react-dom/client';
import { App } from './app/app';
import { followPreferences } from './app/follow-preferences';
import './app/theme.css';
import { createClient } from './client/client';
import { watchNetwork } from './components/network-watch';

watchNetwork();
followPreferences();
const client = createClient();
window.doppelgrid = client;
createRoot(document.getElementById('root')!).render(<App client={client} />);
