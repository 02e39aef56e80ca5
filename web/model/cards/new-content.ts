import type { Draft } from './card-values.ts';

/** The content of a deleted card for a new one: what the server gives anew is left out. */
export function asNewContent(card: Draft): Draft {
  const {
    id: _id,
    uid: _uid,
    fileAs: _fileAs,
    addedByMe: _addedByMe,
    addressBookIds: _books,
    created: _created,
    updated: _updated,
    ...content
  } = card as Readonly<Record<string, unknown>>;
  return content as Draft;
}
