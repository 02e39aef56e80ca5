import { IdCard, UserX } from 'lucide-react';
import { lazy, Suspense, useEffect } from 'react';
import { describeError } from '../../api/errors.ts';
import { useMessages } from '../../locales/messages.ts';
import { cardKey } from '../../model/cards/card-ref.ts';
import { useEditing } from '../../model/cards/editing.ts';
import { navigate } from '../../model/navigation.ts';
import { type CardPlace, type ContactsView, contactsPath } from '../../model/route.ts';
import { Button } from '../../ui/button.tsx';
import { preloadWhenIdle } from '../../ui/loading/preload.ts';
import { EmptyState, ErrorState } from '../../ui/states.tsx';
import { CardSkeleton } from './card/card-skeleton.tsx';
import { useCard } from './card/use-card.ts';
import { loadEditor } from './load-editor.ts';

const loadView = () => import('./card/card-view.tsx');
const CardView = lazy(() => loadView().then(({ CardView: View }) => ({ default: View })));
const CardEditor = lazy(() => loadEditor().then(({ CardEditor: Editor }) => ({ default: Editor })));
const NewCard = lazy(() => loadEditor().then(({ NewCard: New }) => ({ default: New })));

interface CardPaneProps {
  readonly view: ContactsView;
  readonly card: CardPlace;
}

/** The right pane: one card, or the form for a new one. */
export function CardPane({ view, card }: CardPaneProps) {
  const { contacts } = useMessages();
  useEffect(() => preloadWhenIdle(loadView, loadEditor), []);
  if (card === 'new' && view.kind === 'folder')
    return (
      <Suspense fallback={<CardSkeleton />}>
        <NewCard key={contactsPath(view)} view={view} />
      </Suspense>
    );
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
  useEffect(() => {
    // While the card itself is on its way; what fails here is tried again when it is needed.
    loadView().catch(() => {});
  }, []);
  const toList = () => navigate(contactsPath(view));
  if (card && isEditing)
    return (
      <Suspense fallback={<CardSkeleton />}>
        <CardEditor accountId={place.accountId} card={card} isGone={status === 'gone'} view={view} />
      </Suspense>
    );
  if (status === 'gone') {
    return (
      <EmptyState icon={<UserX size={24} />} title={words.goneTitle} text={words.goneText}>
        <Button onPress={toList}>{words.backToList}</Button>
      </EmptyState>
    );
  }
  if (status === 'failed') return <ErrorState text={`${words.failed} ${describeError(error)}`} onRetry={retry} />;
  if (!card) return <CardSkeleton />;
  return (
    <Suspense fallback={<CardSkeleton />}>
      <CardView accountId={place.accountId} card={card} />
    </Suspense>
  );
}
