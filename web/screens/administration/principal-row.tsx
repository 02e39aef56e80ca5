import {
  Ellipsis,
  FolderSymlink,
  KeyRound,
  Link2,
  PencilLine,
  ShieldCheck,
  ShieldMinus,
  Trash2,
  UserCheck,
  Users,
  UserX,
} from 'lucide-react';
import type { ManagedPrincipal } from '../../../client/src/types.ts';
import { type Messages, useMessages } from '../../locales/messages.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Badge } from '../../ui/badge.tsx';
import { IconButton } from '../../ui/button.tsx';
import { Menu, type MenuEntry } from '../../ui/menu.tsx';
import { showToast } from '../../ui/toasts.tsx';
import { attempt, change, destroy } from './administration-operations.ts';
import rows from '../../ui/rows.module.css';
import styles from './administration.module.css';
import { openGiveDialog } from './give-dialog.tsx';
import { openMembersDialog } from './members-dialog.tsx';
import { openLinkDialog, openPasswordDialog } from './password-dialogs.tsx';
import { openPrincipalDialog } from './principal-dialog.tsx';

interface RowProps {
  readonly principal: ManagedPrincipal;
  readonly onChanged: () => void;
}

/** Somebody in the list of administrators. */
export function PrincipalRow({ principal, onChanged }: RowProps) {
  const { administration: words, common } = useMessages();
  const { name, email, kind, source, memberCount } = principal;
  const isGroup = kind === 'group';
  const label = `${common.more}\u00a0: ${name}`;
  const entries = isGroup ? groupEntries(principal, words, onChanged) : personEntries(principal, words, onChanged);
  return (
    <li className={rows['row']} data-kept-out={!principal.isActive || undefined}>
      <Avatar name={name} seed={email ?? name} size={36} {...(isGroup ? { icon: <Users size={18} /> } : {})} />
      <div className={rows['what']}>
        <span className={rows['name']}>{name}</span>
        <span className={rows['detail']}>
          {[email, isGroup ? words.memberCount(memberCount ?? 0) : null].filter(Boolean).join(' · ')}
        </span>
      </div>
      <div className={styles['badges']}>
        {principal.isAdministrator ? <Badge tone="accent">{words.badges.administrator}</Badge> : null}
        {principal.isActive ? null : <Badge tone="warning">{words.badges.keptOut}</Badge>}
        {principal.isListed ? null : <Badge>{words.badges.unlisted}</Badge>}
        {source === 'directory' ? <Badge>{words.badges.directory}</Badge> : null}
        {!isGroup && source === 'local' && !principal.hasPassword ? <Badge>{words.badges.noPassword}</Badge> : null}
      </div>
      <Menu label={label} entries={entries}>
        <IconButton label={label}>
          <Ellipsis size={18} aria-hidden />
        </IconButton>
      </Menu>
    </li>
  );
}

type Words = Messages['administration'];

/** Changes somebody, says it, and offers the way back. */
async function toggle(
  { id }: ManagedPrincipal,
  patch: { readonly isActive: boolean } | { readonly isAdministrator: boolean },
  { said, onChanged }: { readonly said: string; readonly onChanged: () => void },
): Promise<void> {
  if (!(await attempt(() => change(id, patch)))) return;
  onChanged();
  const back = Object.fromEntries(Object.entries(patch).map(([name, value]) => [name, !value]));
  const undo = async () => {
    if (await attempt(() => change(id, back))) onChanged();
  };
  showToast(said, { undo: () => void undo() });
}

function personEntries(person: ManagedPrincipal, words: Words, onChanged: () => void): readonly MenuEntry[] {
  const { name, isActive, isAdministrator } = person;
  const isMirrored = person.source === 'directory';
  const fixed = { unavailable: isMirrored ? words.fromDirectory : null };
  return [
    {
      id: 'edit',
      label: words.edit,
      icon: <PencilLine size={16} />,
      ...fixed,
      onAction: () => openPrincipalDialog({ kind: 'individual', principal: person, onDone: onChanged }),
    },
    {
      id: 'link',
      label: words.passwordLink,
      icon: <Link2 size={16} />,
      unavailable: fixed.unavailable ?? (isActive ? null : words.accountOff),
      onAction: () => openLinkDialog(person),
    },
    {
      id: 'password',
      label: words.setPassword,
      icon: <KeyRound size={16} />,
      ...fixed,
      onAction: () => openPasswordDialog(person, onChanged),
    },
    { id: 'line', separator: true },
    {
      id: 'administrator',
      label: isAdministrator ? words.unmakeAdministrator : words.makeAdministrator,
      icon: isAdministrator ? <ShieldMinus size={16} /> : <ShieldCheck size={16} />,
      ...fixed,
      onAction: () =>
        void toggle(
          person,
          { isAdministrator: !isAdministrator },
          {
            said: isAdministrator ? words.noLongerAdministrator(name) : words.becameAdministrator(name),
            onChanged,
          },
        ),
    },
    {
      id: 'active',
      label: isActive ? words.disable : words.enable,
      icon: isActive ? <UserX size={16} /> : <UserCheck size={16} />,
      ...fixed,
      onAction: () =>
        void toggle(
          person,
          { isActive: !isActive },
          {
            said: isActive ? words.disabled(name) : words.enabled(name),
            onChanged,
          },
        ),
    },
    { id: 'line2', separator: true },
    {
      id: 'give',
      label: words.give,
      icon: <FolderSymlink size={16} />,
      onAction: () => openGiveDialog(person),
    },
  ];
}

function groupEntries(group: ManagedPrincipal, words: Words, onChanged: () => void): readonly MenuEntry[] {
  const fixed = { unavailable: group.source === 'directory' ? words.fromDirectory : null };
  const remove = async () => {
    if (!(await attempt(() => destroy(group.id)))) return;
    onChanged();
    showToast(words.groupRemoved(group.name));
  };
  return [
    {
      id: 'members',
      label: words.members,
      icon: <Users size={16} />,
      onAction: () => openMembersDialog(group, onChanged),
    },
    {
      id: 'edit',
      label: words.edit,
      icon: <PencilLine size={16} />,
      ...fixed,
      onAction: () => openPrincipalDialog({ kind: 'group', principal: group, onDone: onChanged }),
    },
    { id: 'line', separator: true },
    {
      id: 'remove',
      label: words.removeGroup,
      icon: <Trash2 size={16} />,
      isDangerous: true,
      ...fixed,
      onAction: () => void remove(),
    },
  ];
}
