import { Copy, Ellipsis, FolderInput, History, Mail, Pencil, Printer, QrCode, Trash2, Users } from 'lucide-react';
import { lazy, Suspense, useEffect, useRef } from 'react';
import type { ContactCard, Id } from '../../../../client/src/types.ts';
import { useLanguage, useMessages } from '../../../locales/messages.ts';
import { bookIdOf, cardKey, type CardRef } from '../../../model/cards/card-ref.ts';
import { contentOf, firstEmail, photoUrl, position, spokenName } from '../../../model/cards/card-summary.ts';
import { setEditing } from '../../../model/cards/editing.ts';
import { findNode, folderKey, type FolderNode } from '../../../model/folders/folder-tree.ts';
import { mayChange } from '../../../model/rights.ts';
import { contactsPath, folderPath } from '../../../model/route.ts';
import { searchFor } from '../../../model/search/completions.ts';
import { areShortcutsOn, isTyping } from '../../../model/shortcuts.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { Button, IconButton } from '../../../ui/button.tsx';
import { Link } from '../../../ui/link.tsx';
import { Menu } from '../../../ui/menu.tsx';
import { FolderIcon } from '../../folders/folder-icon.tsx';
import { useFolderTree } from '../../folders/use-folder-tree.ts';
import { openCardHistory } from '../../history/open-history-dialogs.tsx';
import { deleteCards } from '../move/card-operations.ts';
import { openMoveDialog } from '../move/open-move.tsx';
import { openPrintDialog, openQrDialog } from '../send/open-send.tsx';
import { mailUrl } from '../send/write-to.tsx';
import styles from './card.module.css';
import transferStyles from '../../transfer/transfer.module.css';
import { useFileDrop } from '../../transfer/use-file-drop.ts';
import { useEditTexts } from '../edit/edit-texts.ts';
import { leavePhoto } from '../../../model/photo/left-photo.ts';
import { CardDetails } from './card-details.tsx';
import { TagChip } from '../tags/tag-chip.tsx';

const GroupMembers = lazy(() => import('../groups/group-members.tsx').then((file) => ({ default: file.GroupMembers })));

const PrivateNote = lazy(() => import('../note/private-note.tsx').then((file) => ({ default: file.PrivateNote })));

const LinkedCopy = lazy(() => import('../linked/linked-copy.tsx').then((file) => ({ default: file.LinkedCopy })));

/** A card to read, with what may be done with it. */
export function CardView({ accountId, card }: { readonly accountId: Id; readonly card: ContactCard }) {
  const { contacts } = useMessages();
  const { nodes } = useFolderTree();
  const bookId = bookIdOf(card);
  const folder = bookId ? findNode(nodes, folderKey(accountId, bookId)) : undefined;
  const ref: CardRef = { accountId, id: card.id, bookId };
  const name = spokenName(card) || contacts.card.untitled;
  const isGroup = contentOf(card).kind === 'group';
  const mayWrite = mayChange(folder?.book, card);
  const heading = useFocusFromNowhere();
  // « Annuaire » is the directory's: it has no history here.
  const hasHistory = folder !== undefined && folder.kind !== 'directory';
  const edit = useEditTexts();
  const photo = useFileDrop(
    mayWrite
      ? (file) => {
          leavePhoto(file);
          setEditing(cardKey(ref));
        }
      : undefined,
  );
  const openHistory = () => openCardHistory({ accountId, cardId: card.id, name, mayWrite });

  const onKeyDown = (event: React.KeyboardEvent) => {
    if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    // As in the list: after an edit the focus stands on the name, and one means this contact still.
    if (event.key === 'Delete' && mayWrite) void deleteCards([ref]);
    else if (!areShortcutsOn()) return;
    else if (event.key === 'c') openMoveDialog({ refs: [ref], operation: 'copy', onDone: () => {} });
    else if (event.key === 'h' && hasHistory) openHistory();
    else if (!mayWrite) return;
    else if (event.key === 'e') setEditing(cardKey(ref));
    else if (event.key === 'm') openMoveDialog({ refs: [ref], operation: 'move', onDone: () => {} });
    else return;
    event.preventDefault();
  };

  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- shortcuts of what stands in it
    <div {...photo.dropProps} className={styles['page']} onKeyDown={onKeyDown}>
      {photo.isOver ? <div className={transferStyles['dropHint']}>{edit.dropOnCard}</div> : null}
      <div className={styles['head']}>
        <div className={styles['identity']}>
          <Avatar
            name={name}
            seed={card.uid}
            photo={photoUrl(accountId, card, 'card')}
            size={76}
            {...(isGroup ? { icon: <Users size={32} /> } : {})}
          />
          <div className={styles['names']}>
            <h2 ref={heading} tabIndex={-1} className={styles['name']}>
              {name}
            </h2>
            {position(card) ? <p className={styles['position']}>{position(card)}</p> : null}
            {folder ? <FolderLink folder={folder} /> : null}
            <Tags card={card} />
          </div>
        </div>
        <CardButtons
          card={card}
          reference={ref}
          email={firstEmail(card)}
          mayWrite={mayWrite}
          onHistory={hasHistory ? openHistory : null}
        />
      </div>
      {hasHistory ? (
        <Suspense fallback={null}>
          <LinkedCopy accountId={accountId} card={card} />
        </Suspense>
      ) : null}
      {isGroup ? (
        <Suspense fallback={null}>
          <GroupMembers accountId={accountId} card={card} mayWrite={mayWrite} />
        </Suspense>
      ) : null}
      <CardDetails card={card} />
      <Suspense fallback={null}>
        <PrivateNote accountId={accountId} cardId={card.id} />
      </Suspense>
    </div>
  );
}

/** On a phone the list disappears below the card: the focus that was in it goes to the name. */
function useFocusFromNowhere() {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true });
    });
    return () => cancelAnimationFrame(frame);
  }, []);
  return heading;
}

function FolderLink({ folder }: { readonly folder: FolderNode }) {
  const { contacts } = useMessages();
  if (!folder.book) return null;
  return (
    <p className={styles['folder']}>
      <Link to={folderPath(folder.book.accountId, folder.book.id)}>
        <FolderIcon kind={folder.kind} color={folder.color} size={16} />
        <span className="visually-hidden">{contacts.card.folder(folder.name)}</span>
        <span aria-hidden>{folder.name}</span>
      </Link>
    </p>
  );
}

/** Each leads to whoever has it, in all folders. */
function Tags({ card }: { readonly card: ContactCard }) {
  const language = useLanguage();
  const keywords = Object.keys(contentOf(card).keywords ?? {});
  if (keywords.length === 0) return null;
  return (
    <div className={styles['tags']}>
      {keywords.map((keyword) => (
        <Link
          key={keyword}
          to={contactsPath({ kind: 'search', text: searchFor('keyword', keyword, language) })}
          className={styles['tag'] ?? ''}
        >
          <TagChip keyword={keyword} />
        </Link>
      ))}
    </div>
  );
}

interface CardButtonsProps {
  readonly card: ContactCard;
  readonly reference: CardRef;
  readonly email: string;
  readonly mayWrite: boolean;
  readonly onHistory: (() => void) | null;
}

function CardButtons({ card, reference, email, mayWrite, onHistory }: CardButtonsProps) {
  const {
    common,
    contacts: { actions, send },
  } = useMessages();
  const dialog = (operation: 'move' | 'copy') => () =>
    openMoveDialog({ refs: [reference], operation, onDone: () => {} });
  const rest = [
    ...(email ? [{ id: 'mail', label: actions.newMail, icon: <Mail size={16} />, href: mailUrl(email) }] : []),
    { id: 'copy', label: actions.copy, icon: <Copy size={16} />, onAction: dialog('copy') },
    ...(onHistory
      ? [{ id: 'history', label: actions.history, icon: <History size={16} />, shortcut: 'H', onAction: onHistory }]
      : []),
    { id: 'qr', label: send.qr, icon: <QrCode size={16} />, onAction: () => openQrDialog(card) },
    { id: 'print', label: send.printEntry, icon: <Printer size={16} />, onAction: () => openPrintDialog([reference]) },
  ];
  return (
    <div className={styles['buttons']} data-bottom-bar>
      {mayWrite ? (
        <>
          <Button icon={<Pencil size={16} aria-hidden />} onPress={() => setEditing(cardKey(reference))}>
            {common.edit}
          </Button>
          <IconButton label={actions.move} onPress={dialog('move')}>
            <FolderInput size={18} aria-hidden />
          </IconButton>
          <IconButton label={actions.remove} onPress={() => void deleteCards([reference])}>
            <Trash2 size={18} aria-hidden />
          </IconButton>
        </>
      ) : (
        <Button icon={<Copy size={16} aria-hidden />} onPress={dialog('copy')}>
          {actions.copy}
        </Button>
      )}
      <Menu label={common.more} entries={rest}>
        <IconButton label={common.more}>
          <Ellipsis size={18} aria-hidden />
        </IconButton>
      </Menu>
    </div>
  );
}
