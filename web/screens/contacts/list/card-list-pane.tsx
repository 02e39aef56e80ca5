import { useEffect, useState } from 'react';
import { describeError } from '../../../api/errors.ts';
import type { ContactCard } from '../../../../client/src/types.ts';
import { type Messages, useMessages } from '../../../locales/messages.ts';
import { sortsIn } from '../../../model/cards/card-queries.ts';
import { cardKey, type CardRef } from '../../../model/cards/card-ref.ts';
import { contentOf, firstEmail, listName } from '../../../model/cards/card-summary.ts';
import { setEditing } from '../../../model/cards/editing.ts';
import { folderKey } from '../../../model/folders/folder-tree.ts';
import { listenToOperations } from '../../../model/cards/leaving-cards.ts';
import { navigate } from '../../../model/navigation.ts';
import { mayChange } from '../../../model/rights.ts';
import { type CardPlace, contactsPath } from '../../../model/route.ts';
import { announce } from '../../../ui/announce.ts';
import { ContextMenu, type MenuPlace } from '../../../ui/menu.tsx';
import { ErrorState } from '../../../ui/states.tsx';
import { preloadMoveDialog } from '../move/open-move.tsx';
import { CardGrid, type CardGridProps } from './card-grid.tsx';
import { ListEmpty } from './list-empty.tsx';
import { ListHeader } from './list-header.tsx';
import { useCardActions } from './use-card-actions.tsx';
import { useCardList } from './use-card-list.ts';
import { type ListSelection, useListSelection } from './use-list-selection.ts';
import { type CardView, type ListSource, useListSource } from './use-list-source.ts';

interface CardListPaneProps {
  readonly view: CardView;
  readonly card: CardPlace;
}

/** The contacts of a folder or of a search: header, grid, and the menu of what is selected. */
export function CardListPane({ view, card }: CardListPaneProps) {
  const { contacts } = useMessages();
  const source = useListSource(view);
  const shown = useCardList(source.sources, source.order, view.kind === 'search');
  const { list, state } = shown;
  const selection = useListSelection(list, state.total);
  const [menu, setMenu] = useState<MenuPlace>();
  const mayWrite = mayWriteAll(source, selection, list.at(selection.current)?.ref);
  const current = list.at(selection.current)?.card;
  const count = selection.count || (current ? 1 : 0);
  const actions = useCardActions({
    count,
    mayWrite,
    email: selection.count > 1 ? undefined : current && firstEmail(current),
    isGroup: current !== undefined && contentOf(current).kind === 'group',
    folderKey: view.kind === 'folder' ? folderKey(view.accountId, view.bookId) : null,
    refs: selection.targets,
    onEdit: (ref) => {
      navigate(contactsPath(view, { accountId: ref.accountId, cardId: ref.id }));
      setEditing(cardKey(ref));
    },
    onDone: selection.clear,
  });
  useAnnouncedCount(selection.count);
  useEffect(preloadMoveDialog, []);
  useCloseLeavingCard(view, card);

  const open = (index: number) => {
    const ref = list.at(index)?.ref;
    if (ref) navigate(contactsPath(view, { accountId: ref.accountId, cardId: ref.id }));
  };
  // The cards of a share that has ended do not stay on the screen.
  const isGone = view.kind === 'folder' && source.folder === undefined && source.areFoldersReady;
  const label = source.folder
    ? contacts.list.label(source.folder.name)
    : contacts.list.searchLabel(view.kind === 'search' ? view.text : '');
  return (
    <>
      <ListHeader
        view={view}
        source={source}
        total={isGone ? 0 : state.total}
        isReady={!isGone && state.status === 'ready'}
        selection={selection}
        actions={actions}
      />
      {isGone ? (
        <ListEmpty view={view} source={source} />
      ) : state.status === 'failed' ? (
        <ErrorState text={`${contacts.list.failed} ${describeError(state.error)}`} onRetry={() => list.refresh()} />
      ) : state.status === 'ready' && state.total === 0 ? (
        <ListEmpty view={view} source={source} />
      ) : (
        <CardGrid
          {...shown}
          state={state.status === 'loading' ? { ...state, total: skeletonRows } : state}
          label={label}
          selection={selection}
          open={card}
          commands={{ open, edit: actions.edit, move: actions.move, copy: actions.copy, remove: actions.remove }}
          dragEffect={isTouch ? undefined : mayWrite ? 'copyMove' : 'copy'}
          sought={source.sought}
          mayChange={(ref) => isWritable(source, ref)}
          folderOf={view.kind === 'search' ? source.folderOf : undefined}
          ownFolder={source.folder ?? undefined}
          onMenu={setMenu}
          sorting={sortingOf(view, source)}
        />
      )}
      {menu ? (
        <ContextMenu
          place={menu}
          label={menuLabel(contacts.list, selection.count, current)}
          entries={actions.entries}
          onClose={() => setMenu(undefined)}
        />
      ) : null}
    </>
  );
}

/** What the headers of columns sort by. */
function sortingOf(view: CardView, { order, setOrder }: ListSource): CardGridProps['sorting'] {
  return { order, sorts: sortsIn(view.kind === 'folder' ? view.accountId : null), onOrder: setOrder };
}

function menuLabel(words: Messages['contacts']['list'], count: number, current: ContactCard | undefined): string {
  return count > 1 ? words.menuOfMany(count) : words.menu(current ? listName(current) : '');
}

const skeletonRows = 12;

// On a touch screen the long press is the menu's.
const isTouch = matchMedia('(pointer: coarse)').matches;

/** Whether all of these may be changed; of what was selected without being loaded the server knows. */
function mayWriteAll(source: ListSource, { selection, count }: ListSelection, current?: CardRef): boolean {
  const rights = source.folder?.book?.myRights;
  if (rights && (selection.isAll || rights.mayWrite)) return rights.mayWrite;
  if (count === 0) return current !== undefined && isWritable(source, current);
  return selection.isAll || [...selection.picked.values()].every((ref) => isWritable(source, ref));
}

function isWritable({ folder, folderOf }: ListSource, ref: CardRef): boolean {
  if (folder) return mayChange(folder.book, ref);
  return ref.bookId === null || mayChange(folderOf(folderKey(ref.accountId, ref.bookId))?.book, ref);
}

function useAnnouncedCount(count: number): void {
  const { contacts } = useMessages();
  const [told, setTold] = useState(0);
  useEffect(() => {
    if (count === told) return undefined;
    const timer = setTimeout(() => {
      setTold(count);
      announce(contacts.list.selected(count));
    }, 300);
    return () => clearTimeout(timer);
  }, [count, told, contacts]);
}

/** A card that leaves the list does not stay open beside it. */
function useCloseLeavingCard(view: CardView, card: CardPlace): void {
  useEffect(() => {
    if (!card || card === 'new') return undefined;
    const key = cardKey({ accountId: card.accountId, id: card.cardId });
    return listenToOperations({
      onLeaving: ({ keys, why }) => {
        if (keys.has(key) && (why === 'deleted' || view.kind === 'folder'))
          navigate(contactsPath(view), { replace: true });
      },
      onChanged: () => {},
    });
  }, [view, card]);
}
