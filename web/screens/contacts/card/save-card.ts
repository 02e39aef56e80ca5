import { isSetFailure } from '../../../../client/src/errors.ts';
import { call } from '../../../api/jmap.ts';
import { setStrictly } from '../../../api/jmap.ts';
import { sync } from '../../../api/store.ts';
import type { Id } from '../../../../client/src/types.ts';
import type { Draft } from '../../../model/cards/card-values.ts';
import { diffCard, rebaseCard } from '../../../model/cards/diff-card.ts';
import { refreshAccounts } from '../move/card-requests.ts';

type Content = Readonly<Record<string, unknown>>;

/** Saves only what changed, so that what others changed meanwhile stays; throws the server's refusal. */
export async function saveCard(accountId: Id, id: Id, before: Draft, after: Draft): Promise<void> {
  const patch = diffCard(before as Content, after as Content);
  if (Object.keys(patch).length === 0) return;
  try {
    await setStrictly('ContactCard', accountId, { update: { [id]: patch } });
  } catch (error) {
    if (!isSetFailure(error, 'invalidPatch')) throw error;
    // What the patch points into was removed meanwhile: the same changes on the card as it is now.
    const newer = await fetchCard(accountId, id);
    const merged = rebaseCard(before as Content, after as Content, newer);
    await setStrictly('ContactCard', accountId, { update: { [id]: diffCard(newer, merged) } });
  }
  // Before the form closes, so that the old text is not seen once more.
  await sync('ContactCard', accountId);
  void refreshAccounts([accountId]);
}

async function fetchCard(accountId: Id, id: Id): Promise<Content> {
  const { list } = await call('ContactCard/get', { accountId, ids: [id] });
  return list[0] ?? {};
}

/** Makes a card in a folder; throws the server's refusal. */
export async function createCard(accountId: Id, bookId: Id, content: Draft): Promise<Id> {
  const card = { '@type': 'Card', version: '1.0', ...content, addressBookIds: { [bookId]: true } };
  const reply = await setStrictly('ContactCard', accountId, { create: { new: card } });
  void refreshAccounts([accountId]);
  return reply.created?.['new']?.id ?? '';
}

/** The content of a deleted card for a new one: what the server gives anew is left out. */
export function asNewContent(card: Draft): Draft {
  const {
    id: _id,
    uid: _uid,
    fileAs: _fileAs,
    addressBookIds: _books,
    created: _created,
    updated: _updated,
    ...content
  } = card as Content;
  return content as Draft;
}
