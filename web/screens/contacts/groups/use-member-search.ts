import { useEffect, useState } from 'react';
import { useSession } from '../../../api/hooks.ts';
import { call } from '../../../api/jmap.ts';
import { reference } from '../../../../client/src/client.ts';
import type { Id } from '../../../../client/src/types.ts';
import { bookIdOf } from '../../../model/cards/card-ref.ts';
import { firstEmail, listName } from '../../../model/cards/card-summary.ts';
import { type FolderNode, visibleRows } from '../../../model/folders/folder-tree.ts';
import { useFolderTree } from '../../folders/use-folder-tree.ts';

/** Somebody who can be put into a group. */
export interface MemberOption {
  /** As the group will name them. */
  readonly key: string;
  readonly name: string;
  readonly email: string;
  readonly folder: FolderNode;
}

const perAccount = 6;
const askAfter = 120;

/** People of every folder that the person sees, the directory's too, while a name is typed. */
export function useMemberSearch(text: string): {
  readonly options: readonly MemberOption[];
  readonly isLoading: boolean;
} {
  const { accountId: own } = useSession();
  const { nodes } = useFolderTree();
  const [found, setFound] = useState<{ readonly text: string; readonly options: readonly MemberOption[] }>();
  const wanted = text.trim();
  useEffect(() => {
    if (wanted === '') return undefined;
    let isStale = false;
    const rows = visibleRows(nodes, new Set()).filter(({ book }) => book !== null);
    const accounts = [...new Set([own, ...rows.flatMap(({ book }) => book?.accountId ?? [])])];
    const timer = setTimeout(() => {
      Promise.allSettled(accounts.map((accountId) => search(accountId, wanted, rows))).then(
        (answers) => {
          const options = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
          if (!isStale) setFound({ text: wanted, options: withoutRepetition(options) });
        },
        () => {},
      );
    }, askAfter);
    return () => {
      isStale = true;
      clearTimeout(timer);
    };
  }, [wanted, own, nodes]);
  const isCurrent = found?.text === wanted;
  return { options: wanted && found ? found.options : [], isLoading: wanted !== '' && !isCurrent };
}

async function search(accountId: Id, text: string, rows: readonly FolderNode[]): Promise<MemberOption[]> {
  const inAddressBooks = rows.flatMap(({ book }) => (book?.accountId === accountId ? book.id : []));
  const query = call('ContactCard/query', {
    accountId,
    filter: { text, inAddressBooks },
    sort: [{ property: 'fileAs' }],
    limit: perAccount,
  });
  const got = call('ContactCard/get', {
    accountId,
    '#ids': reference(query, '/ids'),
    properties: ['id', 'uid', 'fileAs', 'name', 'emails', 'addressBookIds'],
  });
  const [{ ids }, { list }] = await Promise.all([query, got]);
  return ids.flatMap((id) => {
    const card = list.find((one) => one.id === id);
    const bookId = card && bookIdOf(card);
    const folder = rows.find(({ book }) => book?.accountId === accountId && book.id === bookId);
    return card && folder ? [{ key: card.uid, name: listName(card), email: firstEmail(card), folder }] : [];
  });
}

function withoutRepetition(options: readonly MemberOption[]): readonly MemberOption[] {
  return [...new Map(options.toReversed().map((option) => [option.key, option])).values()].toReversed();
}
