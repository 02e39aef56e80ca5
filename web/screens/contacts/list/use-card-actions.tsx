import {
  ClipboardCopy,
  Copy,
  FolderInput,
  Mail,
  Merge,
  Pencil,
  Printer,
  Tag,
  Trash2,
  Upload,
  Users,
} from 'lucide-react';
import { type Messages, useMessages } from '../../../locales/messages.ts';
import type { CardRef } from '../../../model/cards/card-ref.ts';
import type { MenuEntry } from '../../../ui/menu.tsx';
import { type RefusedActions, refusedActions } from './refused-actions.ts';
import { openAddToGroup } from '../groups/open-groups.tsx';
import { deleteCards } from '../move/card-operations.ts';
import { openMoveDialog } from '../move/open-move.tsx';
import { openMergeDialog } from '../../duplicates/open-merge.tsx';
import { openPrintDialog } from '../send/open-send.tsx';
import { openExportDialog } from '../../transfer/open-transfer.tsx';
import { openTags } from '../tags/open-tags.tsx';
import { copyAddresses, mailUrl, writeTo } from '../send/write-to.tsx';

/** What is known of the cards that an action would be done with. */
export interface ActionTargets {
  readonly count: number;
  readonly mayWrite: boolean;
  /** Of a single card: undefined when it is not known. */
  readonly email: string | undefined;
  /** Of a single card: whether it is a group, whose members have the addresses. */
  readonly isGroup: boolean;
  /** Where a new group is offered to be. */
  readonly folderKey: string | null;
  readonly refs: () => Promise<readonly CardRef[]>;
  readonly onEdit: (ref: CardRef) => void;
  readonly onDone: () => void;
}

/** What can be done with contacts, the same from menu, toolbar and keyboard. */
export interface CardActions {
  readonly edit: () => void;
  readonly move: () => void;
  readonly copy: () => void;
  readonly remove: () => void;
  readonly mayEdit: boolean;
  readonly mayChange: boolean;
  readonly entries: readonly MenuEntry[];
}

/** The actions on some contacts, as far as the rights go. */
export function useCardActions(targets: ActionTargets): CardActions {
  const {
    contacts: { actions, send },
    transfer,
  } = useMessages();
  const { count, mayWrite, email, isGroup, onEdit, onDone } = targets;
  const mayChange = mayWrite && count > 0;
  const mayEdit = mayWrite && count === 1;
  const withRefs = (run: (refs: readonly CardRef[]) => void) => () => {
    void targets.refs().then((refs) => refs.length > 0 && run(refs));
  };
  const edit = withRefs(([ref]) => ref && mayEdit && onEdit(ref));
  const move = withRefs((refs) => mayChange && openMoveDialog({ refs, operation: 'move', onDone }));
  const copy = withRefs((refs) => openMoveDialog({ refs, operation: 'copy', onDone }));
  const remove = withRefs((refs) => {
    if (!mayChange) return;
    onDone();
    void deleteCards(refs);
  });
  const mayMail = count > 1 || (count === 1 && (isGroup || email !== ''));
  const refused = refusedActions({ count, mayWrite, mayMail }, actions.refused);
  const entries: MenuEntry[] = [
    {
      id: 'edit',
      label: actions.edit,
      icon: <Pencil size={16} />,
      shortcut: 'E',
      unavailable: refused.edit,
      onAction: edit,
    },
    {
      id: 'mail',
      label: actions.newMail,
      icon: <Mail size={16} />,
      unavailable: refused.mail,
      ...(count === 1 && email ? { href: mailUrl(email) } : { onAction: withRefs((refs) => void writeTo(refs)) }),
    },
    { id: 'line', separator: true },
    {
      id: 'move',
      label: actions.move,
      icon: <FolderInput size={16} />,
      shortcut: 'M',
      unavailable: refused.change,
      onAction: move,
    },
    {
      id: 'copy',
      label: actions.copy,
      icon: <Copy size={16} />,
      shortcut: 'C',
      unavailable: refused.choose,
      onAction: copy,
    },
    { id: 'line2', separator: true },
    ...groupingEntries({ actions, targets, refused, withRefs }),
    { id: 'line4', separator: true },
    ...takingEntries({ send, transfer, refused, withRefs }),
    { id: 'line3', separator: true },
    {
      id: 'remove',
      label: actions.remove,
      icon: <Trash2 size={16} />,
      unavailable: refused.change,
      isDangerous: true,
      onAction: remove,
    },
  ];
  return { edit, move, copy, remove, mayEdit, mayChange, entries };
}

interface GroupingContext {
  readonly actions: Messages['contacts']['actions'];
  readonly targets: ActionTargets;
  readonly refused: RefusedActions;
  readonly withRefs: (run: (refs: readonly CardRef[]) => void) => () => void;
}

/** What puts contacts together: groups, merging, and tags. */
function groupingEntries({ actions, targets, refused, withRefs }: GroupingContext): readonly MenuEntry[] {
  const { folderKey, onDone } = targets;
  return [
    {
      id: 'group',
      label: actions.addToGroup,
      icon: <Users size={16} />,
      unavailable: refused.choose,
      onAction: withRefs((refs) => openAddToGroup(refs, folderKey, onDone)),
    },
    {
      id: 'merge',
      label: actions.merge,
      icon: <Merge size={16} />,
      unavailable: refused.merge,
      onAction: withRefs((refs) => openMergeDialog(refs, onDone)),
    },
    {
      id: 'tags',
      label: actions.tags,
      icon: <Tag size={16} />,
      unavailable: refused.change,
      onAction: withRefs(openTags),
    },
  ];
}

interface TakingContext {
  readonly send: Messages['contacts']['send'];
  readonly transfer: Messages['transfer'];
  readonly refused: RefusedActions;
  readonly withRefs: (run: (refs: readonly CardRef[]) => void) => () => void;
}

/** What is taken along of contacts: their addresses, a file, paper. */
function takingEntries({ send, transfer, refused, withRefs }: TakingContext): readonly MenuEntry[] {
  return [
    {
      id: 'addresses',
      label: send.copyAddresses,
      icon: <ClipboardCopy size={16} />,
      unavailable: refused.mail,
      onAction: withRefs((refs) => void copyAddresses(refs)),
    },
    {
      id: 'export',
      label: transfer.exportEntry,
      icon: <Upload size={16} />,
      unavailable: refused.choose,
      onAction: withRefs((refs) => openExportDialog({ refs, hasAccount: false })),
    },
    {
      id: 'print',
      label: send.printEntry,
      icon: <Printer size={16} />,
      unavailable: refused.choose,
      onAction: withRefs(openPrintDialog),
    },
  ];
}
