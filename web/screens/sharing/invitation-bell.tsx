import { Bell } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Dialog, DialogTrigger, Heading, Popover } from 'react-aria-components';
import { useMessages } from '../../locales/messages.ts';
import { navigate } from '../../model/navigation.ts';
import { classes, IconButton } from '../../ui/button.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import popover from '../../ui/popover.module.css';
import { InvitationCard, NewsCard } from '../invitation/inbox-cards.tsx';
import styles from '../invitation/inbox.module.css';
import { preloadSharingDialogs } from './open-dialogs.tsx';
import { type ShareInbox, useShareInbox } from '../invitation/use-share-inbox.ts';

/** The bell of the top bar: how many shares wait for an answer or have changed, and what they are. */
export function InvitationBell() {
  const { sharing } = useMessages();
  const inbox = useShareInbox();
  const [isOpen, setOpen] = useState(false);
  useEffect(preloadSharingDialogs, []);
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <span className={styles['bell']}>
        <IconButton label={sharing.bell.label(inbox.count)}>
          <Bell size={18} aria-hidden />
        </IconButton>
        {inbox.count > 0 ? (
          <span className={styles['count']} aria-hidden>
            {inbox.count > 99 ? '99+' : inbox.count}
          </span>
        ) : null}
      </span>
      <Popover placement="bottom end" offset={6} className={classes(popover['popover'], styles['popover'])}>
        <Dialog className={styles['dialog']!}>
          <Panel inbox={inbox} onLeave={() => setOpen(false)} />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function Panel({ inbox, onLeave }: { readonly inbox: ShareInbox; readonly onLeave: () => void }) {
  const { sharing } = useMessages();
  const { waiting, news, count } = inbox;
  const leaveFor = (address: string) => {
    onLeave();
    navigate(address);
  };
  return (
    <>
      <div className={styles['head']}>
        <Heading slot="title" level={2}>
          {sharing.bell.heading}
        </Heading>
        <LinkButton label={sharing.bell.all} onPress={() => leaveFor('/preferences/sharing')}>
          {sharing.bell.all}
        </LinkButton>
      </div>
      {count === 0 ? (
        <div className={styles['empty']}>
          <strong>{sharing.bell.empty}</strong>
          <span>{sharing.bell.emptyText}</span>
        </div>
      ) : (
        <ul className={styles['list']}>
          {waiting.map((invitation) => (
            <InvitationCard key={invitation.id} invitation={invitation} onOpen={leaveFor} />
          ))}
          {news.map((item) => (
            <NewsCard key={item.notification.id} news={item} />
          ))}
        </ul>
      )}
    </>
  );
}
