import { AtSign, EyeOff, Users, X } from 'lucide-react';
import { useMessages } from '../../../locales/messages.ts';
import { bookIdOf } from '../../../model/cards/card-ref.ts';
import { contentOf, firstEmail, listName, photoUrl, position } from '../../../model/cards/card-summary.ts';
import type { FoundMember, GroupMember } from '../../../model/cards/group-members.ts';
import { findNode, folderKey } from '../../../model/folders/folder-tree.ts';
import { folderPath } from '../../../model/route.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { IconButton } from '../../../ui/button.tsx';
import { Link } from '../../../ui/link.tsx';
import { FolderIcon } from '../../folders/folder-icon.tsx';
import { useFolderTree } from '../../folders/use-folder-tree.ts';
import { mailUrl } from '../send/write-to.tsx';
import styles from './group-members.module.css';
import { useGroupsTexts } from './groups-texts.ts';

interface MemberLineProps {
  readonly member: GroupMember;
  /** Whether it is known already who can be read. */
  readonly isKnown: boolean;
  readonly onRemove: (() => void) | undefined;
}

/** Somebody in a group, where they come from, and the way out of the group. */
export function MemberLine({ member: { key, found, address }, isKnown, onRemove }: MemberLineProps) {
  const {
    contacts: { card: words },
  } = useMessages();
  const texts = useGroupsTexts();
  if (!found && address === undefined && !isKnown) return null;
  const name = found ? listName(found.card) || words.untitled : (address ?? texts.unreadable);
  return (
    <li className={styles['line']}>
      {found ? <Card found={found} name={name} /> : address ? <Address address={address} /> : <Unreadable uid={key} />}
      {onRemove ? (
        <IconButton size="small" label={texts.removeOne(name)} onPress={onRemove}>
          <X size={16} aria-hidden />
        </IconButton>
      ) : null}
    </li>
  );
}

function Card({ found: { accountId, card }, name }: { readonly found: FoundMember; readonly name: string }) {
  const { nodes } = useFolderTree();
  const bookId = bookIdOf(card) ?? '';
  const folder = findNode(nodes, folderKey(accountId, bookId));
  const isGroup = contentOf(card).kind === 'group';
  return (
    <Link to={folderPath(accountId, bookId, { accountId, cardId: card.id })} className={styles['member'] ?? ''}>
      <Avatar
        name={name}
        seed={card.uid}
        photo={photoUrl(accountId, card, 'list')}
        size={36}
        {...(isGroup ? { icon: <Users size={18} /> } : {})}
      />
      <span className={styles['words']}>
        <span className={styles['name']}>{name}</span>
        <span className={styles['rest']}>{position(card) || firstEmail(card)}</span>
      </span>
      {folder ? (
        <span className={styles['origin']}>
          <FolderIcon kind={folder.kind} color={folder.color} size={14} />
          <span className={styles['rest']}>{folder.name}</span>
        </span>
      ) : null}
    </Link>
  );
}

function Address({ address }: { readonly address: string }) {
  const texts = useGroupsTexts();
  return (
    <a href={mailUrl(address)} className={styles['member']}>
      <Avatar name={address} size={36} icon={<AtSign size={18} />} />
      <span className={styles['words']}>
        <span className={styles['name']}>{address}</span>
        <span className={styles['rest']}>{texts.address}</span>
      </span>
    </a>
  );
}

function Unreadable({ uid }: { readonly uid: string }) {
  const texts = useGroupsTexts();
  return (
    <span className={styles['member']} title={uid}>
      <Avatar name="" seed={uid} size={36} icon={<EyeOff size={18} />} />
      <span className={styles['words']}>
        <span className={styles['name']}>{texts.unreadable}</span>
        <span className={styles['hint']}>{texts.unreadableHint}</span>
      </span>
    </span>
  );
}
