import { AtSign, Globe, UserRoundX, UsersRound } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Share } from '../../../client/src/types.ts';
import { type Messages, useLanguage, useMessages } from '../../locales/messages.ts';
import { dayInWords } from '../../model/sharing/end-date.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Badge, type BadgeProps } from '../../ui/badge.tsx';
import rows from '../../ui/rows.module.css';
import styles from './grantee-line.module.css';

const icons: Partial<Record<Share['granteeKind'], ReactNode>> = {
  group: <UsersRound size={17} aria-hidden />,
  guest: <AtSign size={16} aria-hidden />,
  public: <Globe size={17} aria-hidden />,
  unknown: <UserRoundX size={17} aria-hidden />,
};

/** What a share's grantee is called. */
export function granteeName({ granteeKind, name, email }: Share, sharing: Messages['sharing']): string {
  if (granteeKind === 'public') return sharing.publicName;
  return name || email || sharing.unknownGrantee;
}

interface GranteeLineProps {
  readonly share: Share;
  /** Stands below: from where a share is inherited. */
  readonly children?: ReactNode;
}

/** With whom a folder is shared: picture, name, address or size, role, answer and end date. */
export function GranteeLine({ share, children }: GranteeLineProps) {
  const { sharing, common } = useMessages();
  const language = useLanguage();
  const name = granteeName(share, sharing);
  const icon = icons[share.granteeKind];
  return (
    <div className={styles['line']}>
      <Avatar name={name} seed={share.email ?? share.id} size={36} {...(icon ? { icon } : {})} />
      <div className={styles['who']}>
        <span className={rows['name']}>{name}</span>
        <span className={rows['detail']}>{detailOf(share, sharing)}</span>
        <span className={styles['facts']}>
          <span className={styles['role']}>{common.roles[share.role]}</span>
          <ShareStatus share={share} />
          <GuestFacts share={share} />
          {share.expiresAt ? (
            <span className={styles['end']}>{sharing.ends(dayInWords(share.expiresAt, language))}</span>
          ) : null}
        </span>
        {children}
      </div>
    </div>
  );
}

function detailOf({ granteeKind, email, name, memberCount }: Share, sharing: Messages['sharing']): string {
  if (granteeKind === 'public') return sharing.publicDetail;
  if (granteeKind === 'unknown') return sharing.unknownGranteeHint;
  if (granteeKind === 'guest')
    return email && email !== name ? `${email} · ${sharing.guestDetail}` : sharing.guestDetail;
  const address = email && email !== name ? email : '';
  const size = memberCount === null ? '' : sharing.members(memberCount);
  return [address, size].filter(Boolean).join(' · ');
}

const tones = { waiting: 'warning', accepted: 'success', declined: 'danger' } as const satisfies Record<
  string,
  BadgeProps['tone']
>;

/** Of a guest: when they came, or until when the link in their mail is good. */
function GuestFacts({ share }: { readonly share: Share }) {
  const { sharing } = useMessages();
  const language = useLanguage();
  if (share.granteeKind !== 'guest') return null;
  const { status, answeredAt, linkExpiresAt } = share;
  if (status === 'accepted' && answeredAt)
    return <span className={styles['end']}>{sharing.guestCame(dayInWords(answeredAt, language))}</span>;
  if (status !== 'waiting' || !linkExpiresAt) return null;
  const isOver = Date.parse(linkExpiresAt) <= Date.now();
  return (
    <span className={styles['end']}>
      {isOver ? sharing.guestLinkEnded : sharing.guestLinkEnds(dayInWords(linkExpiresAt, language))}
    </span>
  );
}

/** How the person answered, or how many of the group did what. */
function ShareStatus({ share }: { readonly share: Share }) {
  const { sharing } = useMessages();
  if (share.status) return <Badge tone={tones[share.status]}>{sharing.statuses[share.status]}</Badge>;
  if (!share.responses) return null;
  const { responses } = share;
  const parts = (['accepted', 'declined', 'waiting'] as const).filter((answer) => responses[answer] > 0);
  return (
    <span className={styles['responses']}>
      {parts.map((answer) => sharing.responses[answer](responses[answer])).join(', ')}
    </span>
  );
}
