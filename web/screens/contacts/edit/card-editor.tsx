import { useState } from 'react';
import { isSetFailure } from '../../../../client/src/errors.ts';
import type { ContactCard, Id } from '../../../../client/src/types.ts';
import { messages, useMessages } from '../../../locales/messages.ts';
import { cardKey } from '../../../model/cards/card-ref.ts';
import { contentOf, spokenName } from '../../../model/cards/card-summary.ts';
import { resumeDraft } from '../../../model/cards/drafts.ts';
import { setEditing } from '../../../model/cards/editing.ts';
import { currentAddress, navigate } from '../../../model/navigation.ts';
import { type ContactsView, folderPath } from '../../../model/route.ts';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { showToast } from '../../../ui/toasts.tsx';
import { useFolderTree } from '../../folders/use-folder-tree.ts';
import { CardForm } from './card-form.tsx';
import { asNewContent } from '../../../model/cards/jmap-properties.ts';
import { createCard, saveCard } from './save-card.ts';
import { useCardForm } from './use-card-form.ts';

export interface CardEditorProps {
  readonly accountId: Id;
  /** As it is now: others may be changing it. */
  readonly card: ContactCard;
  readonly isGone: boolean;
  readonly view: ContactsView;
}

/** « Modifier contact ». */
export function CardEditor({ accountId, card, isGone, view }: CardEditorProps) {
  const { contacts } = useMessages();
  const { nodes } = useFolderTree();
  const [isLost, setLost] = useState(false);
  const key = cardKey({ accountId, id: card.id });
  const home = nodes.find((node) => node.kind === 'contacts')?.book;
  const form = useCardForm({
    draftKey: key,
    card: contentOf(card),
    save: async (before, after) => {
      try {
        await saveCard(accountId, card.id, before, after);
      } catch (error) {
        if (isSetFailure(error, 'notFound')) setLost(true);
        throw error;
      }
      setEditing(null);
      showToast(contacts.done.saved);
    },
    onLeft: () => {
      const address =
        view.kind === 'folder'
          ? folderPath(view.accountId, view.bookId, { accountId, cardId: card.id })
          : currentAddress();
      setEditing(null);
      tellDraftKept(contacts.edit.draftKept(spokenName(card) || contacts.card.untitled), () => {
        navigate(address);
        resumeDraft(key);
        setEditing(key);
      });
    },
  });

  const saveAsNew = async () => {
    const target = view.kind === 'folder' ? view : home && { accountId: home.accountId, bookId: home.id };
    if (!target) return;
    const id = await createCard(target.accountId, target.bookId, asNewContent(form.draft));
    form.release();
    setEditing(null);
    showToast(contacts.done.created);
    navigate(folderPath(target.accountId, target.bookId, { accountId: target.accountId, cardId: id }), {
      replace: true,
    });
  };
  return (
    <CardForm
      title={contentOf(card).kind === 'group' ? contacts.edit.groupTitle : contacts.edit.title}
      accountId={accountId}
      card={card}
      form={form}
      onClose={() => setEditing(null)}
    >
      {isGone || isLost ? (
        <Banner
          tone="warning"
          isInline
          isLive
          actions={
            <Button size="small" onPress={() => void saveAsNew()}>
              {contacts.edit.saveAsNew}
            </Button>
          }
        >
          <strong>{contacts.edit.goneTitle}</strong> {contacts.edit.goneText}
        </Banner>
      ) : null}
      {form.isMerged && form.conflicts.length === 0 && !isGone ? (
        <Banner isInline isLive>
          {contacts.edit.changedMeanwhile}
        </Banner>
      ) : null}
    </CardForm>
  );
}

/** What was typed is not lost by going elsewhere. */
export function tellDraftKept(text: string, onResume: () => void): void {
  showToast(text, { action: { label: messages().contacts.edit.resume, onAction: onResume } });
}
