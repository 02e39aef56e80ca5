import { Heading } from 'react-aria-components';
import { useMessages } from '../../locales/messages.ts';
import { navigate } from '../../model/navigation.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { RequestCards } from '../handover/request-cards.tsx';
import { InvitationCard, NewsCard } from './inbox-cards.tsx';
import styles from './inbox.module.css';
import type { ShareInbox } from './use-share-inbox.ts';

/** What waits for an answer, and what has changed. */
export function InboxPanel({ inbox, onLeave }: { readonly inbox: ShareInbox; readonly onLeave: () => void }) {
  const { sharing } = useMessages();
  const { waiting, news, requests, count } = inbox;
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
          <RequestCards news={requests} onOpen={leaveFor} />
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
