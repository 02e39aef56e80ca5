import './styles/tokens.css';
import './styles/base.css';
import { createRoot } from 'react-dom/client';
import { start } from './api/site.ts';
import { App } from './app.tsx';
import { applyRememberedAppearance } from './model/appearance.ts';
import { startOffline } from './api/offline.ts';

// Who is signed in is asked while the sentences of their language are on their way.
const appearance = applyRememberedAppearance();
void start().then(startOffline);
void appearance.then(() => createRoot(document.getElementById('root')!).render(<App />));
