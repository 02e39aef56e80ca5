import { fromVCard } from '../../format/jscontact/fromVCard.ts';
import { freeKey } from '../../format/jscontact/edited.ts';
import { toVCard } from '../../format/jscontact/toVCard.ts';
import type { Card } from '../../format/jscontact/types.ts';
import { parseVCard } from '../../format/vcard/parse.ts';
import { serializeVCard } from '../../format/vcard/serialize.ts';
import type { Context } from '../context.ts';
import { visibleNotes } from '../privateNote/visibleNotes.ts';

/** A card that is written to a file, as it is shown or as it is kept. */
export type WrittenCard = { readonly id: string; readonly text: string };

const words = { fr: 'Note privée\u00a0: ', en: 'Private note: ' } as const;

/** The texts of cards, with what the person who exports them noted about them among their notes. */
export async function withNotes(
  context: Context,
  column: 'data' | 'vcard',
  cards: readonly WrittenCard[],
): Promise<string[]> {
  const ids = cards.map(({ id }) => id);
  const notes = new Map((await visibleNotes(context.db, context, ids)).map(({ id, text }) => [id, text]));
  const prefix = words[context.actor.language];
  return cards.map(({ id, text }) => {
    const note = notes.get(id);
    if (note === undefined) return text;
    if (column === 'data') return JSON.stringify(noted(JSON.parse(text) as Card, prefix + note));
    const record = parseVCard(text);
    return serializeVCard(toVCard(noted(fromVCard(record), prefix + note), record));
  });
}

function noted(card: Card, note: string): Card {
  return { ...card, notes: { ...card.notes, [freeKey(card.notes, 'n')]: { note } } };
}
