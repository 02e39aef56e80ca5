import { IdCard } from 'lucide-react';
import { useMessages } from '../../locales/messages.ts';
import type { CardPlace, ContactsView } from '../../model/route.ts';
import { EmptyState } from '../../ui/states.tsx';

export interface CardPaneProps {
  readonly view: ContactsView;
  readonly card: CardPlace;
}

/** The right pane: one card, or the form for a new one. */
export function CardPane(_: CardPaneProps) {
  const { contacts } = useMessages();
  return <EmptyState icon={<IdCard size={24} />} title={contacts.chooseTitle} text={contacts.chooseText} />;
}
