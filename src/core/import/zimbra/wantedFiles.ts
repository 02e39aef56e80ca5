import { mostContacts } from '../importEntries.ts';
import type { ContactFile } from './fileOf.ts';
import { contactFiles } from './readAccount.ts';
import type { ZimbraAccount } from './readAccount.ts';
import { isGroupFile } from './readContact.ts';

/** The contacts, or the groups, that lie in folders which come. */
export async function* wantedFiles(
  account: Pick<ZimbraAccount, 'data' | 'folders'>,
  groups: boolean,
): AsyncGenerator<ContactFile> {
  const planned = new Set(account.folders.map(({ id }) => id));
  let count = 0;
  for await (const file of contactFiles(account)) {
    if (!planned.has(file.folderId) || isGroupFile(file) !== groups) continue;
    count += 1;
    if (count > mostContacts) return;
    yield file;
  }
}
