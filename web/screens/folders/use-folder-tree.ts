import { useMemo } from 'react';
import { type Loaded, useAddressBooks, useSession } from '../../api/hooks.ts';
import { useLanguage, useMessages } from '../../locales/messages.ts';
import { isGuest } from '../../model/outside.ts';
import { buildFolderTree, type FolderNode } from '../../model/folders/folder-tree.ts';

/** Every folder that the person sees, as the left pane shows them. */
export function useFolderTree(): {
  readonly status: Loaded<unknown>['status'];
  readonly error: unknown;
  readonly nodes: readonly FolderNode[];
} {
  const { status, list, error } = useAddressBooks();
  const { session, accountId } = useSession();
  const guest = isGuest(session, accountId);
  const { folders } = useMessages();
  const locale = useLanguage();
  const nodes = useMemo(
    () => buildFolderTree(list, { ownAccountId: accountId, locale, names: folders, isGuest: guest }),
    [list, accountId, locale, folders, guest],
  );
  return { status, error, nodes };
}
