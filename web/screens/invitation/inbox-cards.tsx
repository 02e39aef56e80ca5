import { ShieldCheck, UserRoundX, X } from 'lucide-react';
import { useSession } from '../../api/hooks.ts';
import type { ShareInvitation } from '../../../client/src/types.ts';
import { type Messages, useLanguage, useMessages } from '../../locales/messages.ts';
import { dayInWords } from '../../model/sharing/end-date.ts';
import type { ShareNews } from '../../model/sharing/share-news.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { attempt } from '../sharing/share-operations.ts';
import styles from './inbox.module.css';
import { answerAtOnce, dismissNotifications } from './invitation-operations.ts';

/** The page of an invitation. */
export function invitationPath(
  { ownerAccountId, addressBookId }: ShareInvitation,
  answer: 'accept' | 'decline',
): string {
  return `/share/${encodeURIComponent(ownerAccountId)}/${encodeURIComponent(addressBookId)}/${answer}`;
}

interface InvitationCardProps {
  readonly invitation: ShareInvitation;
  /** Goes to an address of the app. */
  readonly onOpen: (address: string) => void;
}

/** A share that waits: who, what, which role, and the answer at once. */
export function InvitationCard({ invitation, onOpen }: InvitationCardProps) {
  const { sharing, common } = useMessages();
  const { accountId } = useSession();
  const { ownerName, ownerEmail, sharedName, role, cardCount, via } = invitation;
  const { bell } = sharing;
  return (
    <li className={styles['card']}>
      <Avatar name={ownerName} seed={ownerEmail} size={36} />
      <div className={styles['content']}>
        <span className={styles['quiet']}>{bell.waiting(ownerName)}</span>
        <strong className={styles['what']}>{sharedName}</strong>
        <span className={styles['quiet']}>
          {common.roles[role]} · {common.contactCount(cardCount)}
        </span>
        <span className={styles['quiet']}>{sharing.roleHints[role]}</span>
        {via.length > 0 ? (
          <span className={styles['quiet']}>{sharing.invitation.via(via.map(({ name }) => name).join(', '))}</span>
        ) : null}
        <div className={styles['actions']}>
          <Button
            variant="primary"
            size="small"
            aria-label={bell.acceptOf(sharedName)}
            onPress={() => answerAtOnce(accountId, invitation, 'accepted')}
          >
            {bell.accept}
          </Button>
          <Button
            size="small"
            aria-label={bell.declineOf(sharedName)}
            onPress={() => answerAtOnce(accountId, invitation, 'declined')}
          >
            {bell.decline}
          </Button>
          <Button
            variant="quiet"
            size="small"
            aria-label={bell.detailsOf(sharedName)}
            onPress={() => onOpen(invitationPath(invitation, 'accept'))}
          >
            {bell.details}
          </Button>
        </div>
      </div>
    </li>
  );
}

/** A change of one's rights, until it is put away. */
export function NewsCard({ news }: { readonly news: ShareNews }) {
  const { sharing, common } = useMessages();
  const language = useLanguage();
  const { accountId } = useSession();
  const { notification, ids, kind, before, after } = news;
  const Icon = kind === 'changed' ? ShieldCheck : UserRoundX;
  return (
    <li className={styles['card']}>
      <span className={styles['icon']} aria-hidden>
        <Icon size={18} />
      </span>
      <div className={styles['content']}>
        <span className={styles['what']}>{newsText(news, sharing.bell, accountId)}</span>
        <span className={styles['quiet']}>
          {kind === 'changed' ? `${sharing.bell.fromTo(common.roles[before], common.roles[after])} · ` : null}
          {dayInWords(notification.created, language)}
        </span>
      </div>
      <IconButton
        size="small"
        label={sharing.bell.dismissOf(notification.name)}
        onPress={() => attempt(dismissNotifications(accountId, ids))}
      >
        <X size={16} aria-hidden />
      </IconButton>
    </li>
  );
}

function newsText(
  { kind, notification: { name, changedBy } }: ShareNews,
  bell: Messages['sharing']['bell'],
  ownId: string,
): string {
  // An end date that came is nobody's doing.
  if (kind === 'ended' && (!changedBy.name || changedBy.principalId === ownId)) return bell.endedByItself(name);
  return bell[kind](changedBy.name, name);
}
