import { lazy } from 'react';
import type { CardPlace, ContactsView } from '../../model/route.ts';
import { CardListPane } from './list/card-list-pane.tsx';

const TrashPane = lazy(() => import('./trash/trash-pane.tsx').then((file) => ({ default: file.TrashPane })));

export interface ListPaneProps {
  /** Never "home": the screen has put the person's « Contacts » there. */
  readonly view: ContactsView;
  readonly card: CardPlace;
}

/** The middle pane: the cards of a folder, of a search, or the trash. */
export function ListPane({ view, card }: ListPaneProps) {
  if (view.kind === 'trash') return <TrashPane />;
  if (view.kind === 'home') return null;
  const key = view.kind === 'folder' ? `${view.accountId}/${view.bookId}` : 'search';
  return <CardListPane key={key} view={view} card={card} />;
}
