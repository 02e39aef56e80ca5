import type { CardColumn } from '../../../core/card/cardEntries.ts';
import type { OctetText } from '../../../lib/octetText.ts';
import { readAddressData } from '../addressData.ts';
import { cardTemplate } from '../cardTemplate.ts';
import type { CardInList } from '../cardTemplate.ts';
import type { DavContext } from '../oneBook.ts';
import type { AnswerForm } from '../propstat.ts';
import type { BookResource } from '../resources.ts';
import { readShownRecords } from '../shown/shownCards.ts';

/** Makes the responses of cards of one folder, one after the other, with their content where it is wanted. */
export type CardResponses = {
  /** What it has to know of cards. */
  readonly columns: readonly CardColumn[];
  /** Whether their records may come along, as octets; else they are read here where they are wanted. */
  readonly takesRecords: boolean;
  /** `paths`: the addresses of these cards as the client spelled them, where that is to be kept. With content: pieces of octets. */
  respond(cards: readonly CardInList[], paths?: readonly string[]): Promise<string | readonly OctetText[]>;
};

/** Content is told in the form that the program gets it in: for a few of them with smaller photos. */
export async function cardResponses(context: DavContext, book: BookResource, form: AnswerForm): Promise<CardResponses> {
  const content = readAddressData(form.requested);
  const { columns, respond } = await cardTemplate(context, book, { ...form, content });
  const isAsStored = context.photoRule === undefined;
  return {
    columns: content ? [...columns, 'id', 'size'] : columns,
    takesRecords: content !== null && isAsStored,
    async respond(cards, paths) {
      const isAtHand = ({ vcard, octets }: CardInList) => isAsStored && (vcard !== undefined || octets !== undefined);
      const bare = content ? cards.filter((card) => !isAtHand(card)) : [];
      const wanted = bare as readonly Required<CardInList>[];
      const { account_id: accountId } = book.book.seen.book;
      const records = bare.length > 0 ? await readShownRecords(context, accountId, wanted) : null;
      const responses: string[] = [];
      for (const [index, card] of cards.entries()) {
        const vcard = records?.get(card.id!);
        if (vcard !== undefined) responses.push(respond({ ...card, vcard }, paths?.[index]));
        // What has gone in this moment is left out: the next question will say so.
        else if (!content || isAtHand(card)) responses.push(respond(card, paths?.[index]));
      }
      return content ? responses : responses.join('');
    },
  };
}
