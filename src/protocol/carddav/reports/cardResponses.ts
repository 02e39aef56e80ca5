import type { CardEntry } from '../../../core/card/cardEntries.ts';
import { escapeXml } from '../../../lib/xml/escapeXml.ts';
import { readAddressData, renderRecord } from '../addressData.ts';
import { carddav } from '../names.ts';
import type { DavContext } from '../oneBook.ts';
import { resourceResponse } from '../propstat.ts';
import type { AnswerForm } from '../propstat.ts';
import type { BookResource } from '../resources.ts';
import { readShownRecords } from '../shown/shownCards.ts';
import { cardResource } from '../tree.ts';

/** Makes the responses of cards of one folder, one after the other, with their content where it is wanted. */
export type CardResponses = (cards: readonly CardEntry[], hrefs?: ReadonlyMap<string, string>) => Promise<string>;

const contentName = carddav('address-data');

/** `hrefs` of a call: how the client spelled the addresses of cards, by name, where that is to be kept. */
export function cardResponses(context: DavContext, book: BookResource, form: AnswerForm): CardResponses {
  const wanted = readAddressData(form.requested);
  return async (cards, hrefs) => {
    const records = wanted ? await readShownRecords(context, cards) : new Map<string, string>();
    let responses = '';
    for (const card of cards) {
      const resource = cardResource(book, card);
      const spelled = hrefs?.get(card.uri);
      const record = records.get(card.id);
      const content = wanted && record !== undefined ? escapeXml(renderRecord(record, wanted)) : undefined;
      const made = resourceResponse(
        context,
        spelled === undefined ? resource : { ...resource, path: spelled },
        form,
        (name) => (name === contentName ? content : undefined),
      );
      responses += typeof made === 'string' ? made : await made;
    }
    return responses;
  };
}
