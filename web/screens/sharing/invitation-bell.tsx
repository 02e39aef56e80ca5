import { Bell } from 'lucide-react';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useMessages } from '../../locales/messages.ts';
import { IconButton } from '../../ui/button.tsx';
import { preloadWhenIdle } from '../../ui/loading/preload.ts';
import { usePopups } from '../../ui/popups/use-popups.ts';
import styles from '../invitation/inbox.module.css';
import { useShareInbox } from '../invitation/use-share-inbox.ts';
import { preloadSharingDialogs } from './open-dialogs.tsx';

const loadPanel = () => import('../invitation/inbox-panel.tsx');
const InboxPanel = lazy(() => loadPanel().then((file) => ({ default: file.InboxPanel })));

/** The bell of the top bar: how many shares wait for an answer or have changed, and what they are. */
export function InvitationBell() {
  const { sharing } = useMessages();
  const inbox = useShareInbox();
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const popups = usePopups(isOpen);
  useEffect(() => preloadWhenIdle(loadPanel), []);
  useEffect(preloadSharingDialogs, []);
  return (
    <>
      <span className={styles['bell']}>
        <IconButton
          ref={button}
          label={sharing.bell.label(inbox.count)}
          aria-haspopup="dialog"
          aria-expanded={isOpen}
          onPress={() => setOpen(true)}
        >
          <Bell size={18} aria-hidden />
        </IconButton>
        {inbox.count > 0 ? (
          <span className={styles['count']} aria-hidden>
            {inbox.count > 99 ? '99+' : inbox.count}
          </span>
        ) : null}
      </span>
      {popups ? (
        <popups.DialogPopup
          anchor={button}
          label={sharing.bell.heading}
          popoverClass={styles['popover']}
          dialogClass={styles['dialog']}
          onClose={() => setOpen(false)}
        >
          <Suspense>
            <InboxPanel inbox={inbox} onLeave={() => setOpen(false)} />
          </Suspense>
        </popups.DialogPopup>
      ) : null}
    </>
  );
}
