import { describeError } from '../../api/errors.ts';
import { useInvitations, useSession } from '../../api/hooks.ts';
import { load } from '../../api/store.ts';
import type { InvitationStatus, ShareInvitation } from '../../../client/src/types.ts';
import { useLanguage, useMessages } from '../../locales/messages.ts';
import { dayInWords } from '../../model/sharing/end-date.ts';
import { folderPath } from '../../model/route.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { Link } from '../../ui/link.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { SkeletonLines } from '../../ui/loading/skeleton.tsx';
import { ErrorState } from '../../ui/states.tsx';
import { invitationPath } from '../invitation/inbox-cards.tsx';
import { answerAtOnce } from '../invitation/invitation-operations.ts';
import styles from './sharing-section.module.css';

const statuses: readonly InvitationStatus[] = ['waiting', 'accepted', 'declined'];

/** « Dossiers partagés avec moi »: waiting, accepted, declined, each with what can be done. */
export function SharedWithMe() {
  const { sharing } = useMessages();
  const { accountId } = useSession();
  const locale = useLanguage();
  const { status, list, error } = useInvitations();
  const texts = sharing.preferences;
  if (status === 'loading') return <SkeletonLines count={3} label={texts.withMe} />;
  if (status === 'failed') {
    return (
      <ErrorState
        title={texts.loadFailed}
        text={describeError(error)}
        onRetry={() => void load('ShareInvitation', accountId, true)}
      />
    );
  }
  if (list.length === 0) return <p className={styles['empty']}>{texts.withMeEmpty}</p>;
  const { compare } = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });
  const byStatus = Map.groupBy(
    list.toSorted((a, b) => compare(shownName(a), shownName(b))),
    (invitation) => invitation.status,
  );
  return statuses
    .filter((one) => byStatus.has(one))
    .map((one) => (
      <div key={one}>
        <h4 className={styles['group']}>{texts[one]}</h4>
        <ul className={styles['list']}>
          {byStatus.get(one)?.map((invitation) => (
            <InvitationRow key={invitation.id} invitation={invitation} />
          ))}
        </ul>
      </div>
    ));
}

function shownName({ status, name, sharedName }: ShareInvitation): string {
  return status === 'accepted' ? (name ?? sharedName) : sharedName;
}

function InvitationRow({ invitation }: { readonly invitation: ShareInvitation }) {
  const { sharing, common } = useMessages();
  const language = useLanguage();
  const { ownerName, ownerEmail, role, cardCount, expiresAt, via, status, sharedName, ownerAccountId, addressBookId } =
    invitation;
  const name = shownName(invitation);
  const facts = [
    ownerName,
    common.roles[role],
    common.contactCount(cardCount),
    ...(via.length > 0 ? [sharing.invitation.via(via.map((group) => group.name).join(', '))] : []),
    ...(expiresAt ? [sharing.ends(dayInWords(expiresAt, language))] : []),
  ];
  return (
    <li className={styles['row']}>
      <Avatar name={ownerName} seed={ownerEmail} size={36} />
      <div className={styles['what']}>
        <span className={styles['name']}>
          {status === 'accepted' ? <Link to={folderPath(ownerAccountId, addressBookId)}>{name}</Link> : name}
        </span>
        <span className={styles['detail']}>{facts.join(' · ')}</span>
        {name === sharedName ? null : (
          <span className={styles['detail']}>{sharing.preferences.ownerName(sharedName)}</span>
        )}
      </div>
      <div className={styles['actions']}>
        <Actions invitation={invitation} name={name} />
      </div>
    </li>
  );
}

function Actions({ invitation, name }: { readonly invitation: ShareInvitation; readonly name: string }) {
  const { sharing } = useMessages();
  const { accountId } = useSession();
  const { bell, preferences } = sharing;
  const answer = (status: 'accepted' | 'declined') => () => answerAtOnce(accountId, invitation, status);
  if (invitation.status === 'accepted') {
    return (
      <LinkButton label={preferences.leaveOf(name)} onPress={answer('declined')}>
        {preferences.leave}
      </LinkButton>
    );
  }
  if (invitation.status === 'declined') {
    return (
      <LinkButton label={preferences.changeMindOf(name)} onPress={answer('accepted')}>
        {preferences.changeMind}
      </LinkButton>
    );
  }
  return (
    <>
      <Button size="small" variant="primary" aria-label={bell.acceptOf(name)} onPress={answer('accepted')}>
        {bell.accept}
      </Button>
      <Button size="small" aria-label={bell.declineOf(name)} onPress={answer('declined')}>
        {bell.decline}
      </Button>
      <Link to={invitationPath(invitation, 'accept')} className={styles['details']!}>
        {bell.details}
        <span className="visually-hidden"> – {name}</span>
      </Link>
    </>
  );
}
