import { IdCard, UserX } from 'lucide-react';
import { describeError } from '../../api/errors.ts';
import { useMessages } from '../../locales/messages.ts';
import { cardKey } from '../../model/cards/card-ref.ts';
import { useEditing } from '../../model/cards/editing.ts';
import { navigate } from '../../model/navigation.ts';
import { type CardPlace, type ContactsView, contactsPath } from '../../model/route.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState, ErrorState } from '../../ui/states.tsx';
import { CardEditor } from './card/card-editor.tsx';
import { CardSkeleton } from './card/card-skeleton.tsx';
import { CardView } from './card/card-view.tsx';
import { NewCard } from './card/new-card.tsx';
import { useCard } from './card/use-card.ts';

export interface CardPaneProps {
  readonly view: ContactsView;
  readonly card: CardPlace;
}

/** The right pane: one card, or the form for a new one. */
export function CardPane({ view, card }: CardPaneProps) {
  const { contacts } = useMessages();
  if (card === 'new' && view.kind === 'folder') return <NewCard key={contactsPath(view)} view={view} />;
  if (view.kind === 'trash') return null;
  if (card === null || card === 'new') {
    return <EmptyState icon={<IdCard size={24} />} title={contacts.chooseTitle} text={contacts.chooseText} />;
  }
  return <OpenCard key={`${card.accountId}/${card.cardId}`} view={view} card={card} />;
}

function OpenCard({
  view,
  card: place,
}: {
  readonly view: ContactsView;
  readonly card: Exclude<CardPlace, null | 'new'>;
}) {
  const {
    contacts: { card: words },
  } = useMessages();
  const key = cardKey({ accountId: place.accountId, id: place.cardId });
  const isEditing = useEditing() === key;
  const { status, card, error, retry } = useCard(place.accountId, place.cardId);
  const toList = () => navigate(contactsPath(view));
  if (card && isEditing)
    return <CardEditor accountId={place.accountId} card={card} isGone={status === 'gone'} view={view} />;
  if (status === 'gone') {
    return (
      <EmptyState icon={<UserX size={24} />} title={words.goneTitle} text={words.goneText}>
        <Button onPress={toList}>{words.backToList}</Button>
      </EmptyState>
    );
  }
  if (status === 'failed') return <ErrorState text={`${words.failed} ${describeError(error)}`} onRetry={retry} />;
  if (!card) return <CardSkeleton />;
  return <CardView accountId={place.accountId} card={card} />;
}
