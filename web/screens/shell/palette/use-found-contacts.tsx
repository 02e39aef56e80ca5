import { useEffect, useState } from 'react';
import type { ContactCard } from '../../../../client/src/types.ts';
import { useMessages } from '../../../locales/messages.ts';
import { searchSources } from '../../../model/cards/card-queries.ts';
import { firstEmail, listName, photoUrl, spokenName } from '../../../model/cards/card-summary.ts';
import { findCards } from '../../../model/cards/find-cards.ts';
import { navigate } from '../../../model/navigation.ts';
import { contactsPath } from '../../../model/route.ts';
import { readSearch } from '../../../model/search/search-query.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { useSession } from '../../../api/hooks.ts';
import { visibleRows } from '../../../model/folders/folder-tree.ts';
import { useFolderTree } from '../../folders/use-folder-tree.ts';
import { type Command, matchingCommands } from './commands.ts';

const typingPause = 120;
const perAccount = 5;
const properties = ['uid', 'fileAs', 'name', 'emails', 'organizations', 'media', 'kind', 'addressBookIds'];

interface Found {
  readonly accountId: string;
  readonly card: ContactCard;
}

const nobody = { key: null, list: [] };

/**
 * The contacts that a text finds, in every folder that the person sees. Until they are there, those found before that are
 * called so, too: Enter must not open somebody whom only the first letters meant.
 */
export function useFoundContacts(text: string): readonly Command[] {
  const { contacts } = useMessages();
  const { accountId } = useSession();
  const { nodes } = useFolderTree();
  const [found, setFound] = useState<{ readonly key: string | null; readonly list: readonly Found[] }>(nobody);
  const { filter } = readSearch(text);
  const books = visibleRows(nodes, new Set()).flatMap(({ book }) => book ?? []);
  const sources = searchSources(readSearch(text), books, { ownAccountId: accountId, isLimited: false });
  const key = filter === null ? null : JSON.stringify(sources);
  useEffect(() => {
    if (key === null) {
      setFound(nobody);
      return undefined;
    }
    let isWanted = true;
    const timer = setTimeout(() => {
      const asked = (JSON.parse(key) as typeof sources).map(async (source) => {
        const cards = await findCards(source.accountId, { filter: source.filter, limit: perAccount, properties });
        return cards.map((card) => ({ accountId: source.accountId, card }));
      });
      // What cannot be reached is not offered; the search of the top bar tells why.
      void Promise.allSettled(asked).then((replies) => {
        const list = replies.flatMap((reply) => (reply.status === 'fulfilled' ? reply.value : []));
        if (isWanted) setFound({ key, list });
      });
    }, typingPause);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [key]);
  const commands = found.list.map(({ accountId: owner, card }) => ({
    id: `contact-${owner}-${card.id}`,
    label: listName(card) || contacts.unnamed,
    hint: firstEmail(card),
    icon: <Avatar name={spokenName(card)} seed={card.uid} photo={photoUrl(owner, card, 'list')} size={22} />,
    run: () => navigate(contactsPath({ kind: 'search', text }, { accountId: owner, cardId: card.id })),
  }));
  return found.key === key ? commands : matchingCommands(commands, text);
}
