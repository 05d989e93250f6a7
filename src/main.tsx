import { createRoot } from 'react-dom/client';
import { App } from './app/app';
import { applyTheme, storedTheme } from './app/theme';
import './app/theme.css';
import { createClient } from './client/client';
import { watchNetwork } from './components/network-watch';

watchNetwork();
applyTheme(storedTheme());
const client = createClient();
window.doppelgrid = client;
createRoot(document.getElementById('root')!).render(<App client={client} />);
