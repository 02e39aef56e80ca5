import { Users } from 'lucide-react';
import type { ContactCard, Id } from '../../../../client/src/types.ts';
import { useLanguage, useMessages } from '../../../locales/messages.ts';
import { bookIdOf } from '../../../model/cards/card-ref.ts';
import { contentOf, firstEmail, listName, photoUrl, position } from '../../../model/cards/card-summary.ts';
import { type FoundMember, sortMembers } from '../../../model/cards/group-members.ts';
import { folderPath } from '../../../model/route.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { Link } from '../../../ui/link.tsx';
import styles from './group-members.module.css';
import { useGroupMembers } from './use-group-members.ts';

/** Who is in a group, from every account that the person reads, each with a way to their card. */
export function GroupMembers({ accountId, card }: { readonly accountId: Id; readonly card: ContactCard }) {
  const {
    contacts: { card: words },
  } = useMessages();
  const language = useLanguage();
  const uids = Object.keys(contentOf(card).members ?? {});
  const found = useGroupMembers(accountId, card);
  const { members, missing } = sortMembers(uids, found ?? new Map(), language);
  return (
    <section className={styles['members']} aria-labelledby="group-members" aria-busy={found === undefined}>
      <h3 id="group-members" className={styles['title']}>
        {words.members(uids.length)}
      </h3>
      <ul className={styles['list']}>
        {members.map((member) => (
          <MemberLine key={member.card.uid} member={member} />
        ))}
      </ul>
      {found && missing > 0 ? <p className={styles['missing']}>{words.missingMembers(missing)}</p> : null}
    </section>
  );
}

function MemberLine({ member: { accountId, card } }: { readonly member: FoundMember }) {
  const {
    contacts: { card: words },
  } = useMessages();
  const name = listName(card) || words.untitled;
  const bookId = bookIdOf(card);
  const isGroup = contentOf(card).kind === 'group';
  const rest = position(card) || firstEmail(card);
  return (
    <li>
      <Link to={folderPath(accountId, bookId ?? '', { accountId, cardId: card.id })} className={styles['member'] ?? ''}>
        <Avatar
          name={name}
          seed={card.uid}
          photo={photoUrl(accountId, card)}
          size={36}
          {...(isGroup ? { icon: <Users size={18} /> } : {})}
        />
        <span className={styles['words']}>
          <span className={styles['name']}>{name}</span>
          {rest ? <span className={styles['rest']}>{rest}</span> : null}
        </span>
      </Link>
    </li>
  );
}
