import type { CardPlace, ContactsView } from '../../model/route.ts';
import { CardPane } from './card-pane.tsx';
import { ListPane } from './list-pane.tsx';

/** « Contacts »: folders, list and card. */
export function ContactsScreen({ view, card }: { readonly view: ContactsView; readonly card: CardPlace }) {
  return (
    <>
      <ListPane view={view} card={card} />
      <CardPane view={view} card={card} />
    </>
  );
}
