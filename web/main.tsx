import './styles/tokens.css';
import './styles/base.css';
import { createRoot } from 'react-dom/client';
import { start } from './api/site.ts';
import { App } from './app.tsx';
import { applyRememberedAppearance } from './model/appearance.ts';
import { startOffline } from './api/offline.ts';

applyRememberedAppearance();
void start().then(startOffline);
createRoot(document.getElementById('root')!).render(<App />);
