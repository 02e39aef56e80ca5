import { Users } from 'lucide-react';
import { useMessages } from '../../locales/messages.ts';
import type { CardPlace, ContactsView } from '../../model/route.ts';
import { EmptyState } from '../../ui/states.tsx';

export interface ListPaneProps {
  /** Never "home": the screen has put the person's « Contacts » there. */
  readonly view: ContactsView;
  readonly card: CardPlace;
}

/** The middle pane: the cards of a folder, of a search, or the trash. */
export function ListPane(_: ListPaneProps) {
  const { folders } = useMessages();
  return <EmptyState icon={<Users size={24} />} title={folders.contacts} />;
}
