import { useEffect, useState } from 'react';
import { call } from '../../../api/jmap.ts';
import { reference } from '../../../../client/src/client.ts';
import type { Id } from '../../../../client/src/types.ts';
import { bookIdOf } from '../../../model/cards/card-ref.ts';
import { listName } from '../../../model/cards/card-summary.ts';
import type { FolderNode } from '../../../model/folders/folder-tree.ts';
import type { NamedGroup } from './group-operations.ts';

/** A group that the person may change, and the folder that it is in. */
export interface MyGroup extends NamedGroup {
  readonly folder: FolderNode;
}

/** More groups than anybody chooses among. */
const most = 200;

/** The groups in these folders, by name; undefined while they are looked for. */
export function useMyGroups(folders: readonly FolderNode[]): readonly MyGroup[] | undefined {
  const [groups, setGroups] = useState<readonly MyGroup[]>();
  const accounts = [...new Set(folders.flatMap(({ book }) => book?.accountId ?? []))].join(' ');
  useEffect(() => {
    let isStale = false;
    Promise.all(
      accounts
        .split(' ')
        .filter(Boolean)
        .map((accountId) => groupsIn(accountId, folders)),
    ).then(
      (found) => {
        if (!isStale) setGroups(found.flat());
      },
      () => {
        // A new group can still be made.
        if (!isStale) setGroups([]);
      },
    );
    return () => {
      isStale = true;
    };
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the folders are another list each time
  }, [accounts]);
  return groups;
}

async function groupsIn(accountId: Id, folders: readonly FolderNode[]): Promise<MyGroup[]> {
  const query = call('ContactCard/query', {
    accountId,
    filter: { kind: 'group' },
    sort: [{ property: 'fileAs' }],
    limit: most,
  });
  const got = call('ContactCard/get', {
    accountId,
    '#ids': reference(query, '/ids'),
    properties: ['id', 'fileAs', 'name', 'addressBookIds'],
  });
  const [{ ids }, { list }] = await Promise.all([query, got]);
  return ids.flatMap((id) => {
    const card = list.find((one) => one.id === id);
    const bookId = card && bookIdOf(card);
    const folder = folders.find(({ book }) => book?.accountId === accountId && book.id === bookId);
    return card && folder ? [{ accountId, id, name: listName(card), folder }] : [];
  });
}
