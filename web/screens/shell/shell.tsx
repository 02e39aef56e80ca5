import { type ReactNode, useEffect, useRef } from 'react';
import { useIsConnected } from '../../api/hooks.ts';
import { useSiteContext } from '../../api/site.ts';
import { useLanguage, useMessages } from '../../locales/messages.ts';
import { useAppearance } from '../../model/appearance.ts';
import { askWorker, isKeptOffline, useOfflineStatus } from '../../api/offline.ts';
import type { Route } from '../../model/route.ts';
import { Banner } from '../../ui/banner.tsx';
import { DialogHost } from '../../ui/dialog-host.tsx';
import { keepFocusAfterRemoval } from '../../ui/focus-after-removal.ts';
import { Link } from '../../ui/link.tsx';
import { preloadPopups } from '../../ui/popups/use-popups.ts';
import { closeToasts } from '../../ui/toasts.tsx';
import { InvitationBell } from '../sharing/invitation-bell.tsx';
import { AccountMenu } from './account-menu.tsx';
import { GlobalSearch } from './global-search.tsx';
import { preloadShortcutsDialog } from './open-shortcuts.tsx';
import styles from './shell.module.css';
import { useShortcuts } from './use-shortcuts.tsx';
import { WordMark } from './word-mark.tsx';

interface ShellProps {
  readonly route: Route;
  readonly children: ReactNode;
}

/** The frame around every signed-in screen: banner, top bar, content. */
export function Shell({ route, children }: ShellProps) {
  const { shell } = useMessages();
  const search = useRef<HTMLInputElement>(null);
  const isPushed = useIsConnected();
  const isConnected = useOfflineStatus()?.isAway !== true && isPushed;
  useAppearance();
  useShortcuts(route, search);
  useEffect(keepStrayFilesOut, []);
  useEffect(keepFocusAfterRemoval, []);
  useEffect(() => closeToasts, []);
  useEffect(preloadPopups, []);
  useEffect(preloadShortcutsDialog, []);
  return (
    <div className={styles['frame']}>
      <a href="#content" className={styles['skip']}>
        {shell.skipToContent}
      </a>
      <header>
        <DemoBanner />
        <div className={styles['bar']}>
          <div className={styles['start']}>
            <Link to="/" className={styles['brand']!}>
              <WordMark />
            </Link>
            <nav aria-label={shell.mainNavigation}>
              <Link to="/" className={styles['tab']!} isCurrent={route.screen === 'contacts'}>
                {shell.contactsTab}
              </Link>
            </nav>
          </div>
          <GlobalSearch route={route} inputRef={search} />
          <div className={styles['end']}>
            <InvitationBell />
            <AccountMenu />
          </div>
        </div>
      </header>
      {isConnected ? null : <OfflineBanner />}
      <main id="content" className={styles['main']} tabIndex={-1}>
        {children}
      </main>
      <DialogHost />
    </div>
  );
}

/** A file that is dropped where nothing takes it would be opened in place of the app. */
function keepStrayFilesOut(): () => void {
  const refuse = (event: DragEvent) => {
    if (event.defaultPrevented || !event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'none';
  };
  addEventListener('dragover', refuse);
  addEventListener('drop', refuse);
  return () => {
    removeEventListener('dragover', refuse);
    removeEventListener('drop', refuse);
  };
}

/** Says of when the contacts are that are shown, and that changes are not lost. */
function OfflineBanner() {
  const { shell } = useMessages();
  const language = useLanguage();
  const status = useOfflineStatus();
  useEffect(() => void (isKeptOffline() && askWorker('status')), []);
  const syncedAt = status?.syncedAt;
  return (
    <Banner tone="warning" isLive>
      {syncedAt ? shell.offlineKept(momentText(syncedAt, language), status.waiting) : shell.offline}
    </Banner>
  );
}

function momentText(moment: string, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(moment));
}

/** Says that everything here is made up, and how to make it real. */
function DemoBanner() {
  const { shell } = useMessages();
  const site = useSiteContext();
  if (!site?.demo) return null;
  return (
    <div className={styles['demo']} role="note">
      <strong>{shell.demo}</strong>
      <span className={styles['long']}>
        {shell.demoHow} <code>COTERIE_DEMO=off</code>.
      </span>
      <a href="/demo/mail" target="_blank" rel="noreferrer">
        {shell.demoMail}
      </a>
    </div>
  );
}
