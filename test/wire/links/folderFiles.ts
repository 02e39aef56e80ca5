import { createAddressBook } from '../../../src/core/addressbook/createAddressBook.ts';
import { createCard } from '../../../src/core/card/createCard.ts';
import type { Context } from '../../../src/core/context.ts';
import { createShare } from '../../../src/core/share/createShare.ts';
import { noMail } from '../../../src/core/share/types.ts';
import { rightsOfRole } from '../../../src/core/sharing/rights.ts';
import type { Person } from '../../kit/person.ts';
import type { TestApp } from '../../kit/world.ts';

/** What this person does, without a door. */
export function contextOf(app: TestApp, person: Person): Context {
  return { ...app.world, actor: { principalId: person.id, language: 'fr' } };
}

/** A folder of this person with contacts of these names. */
export async function makeFolder(
  app: TestApp,
  person: Person,
  name: string,
  contacts: readonly string[] = [],
  parentId: string | null = null,
): Promise<string> {
  const context = contextOf(app, person);
  const id = await createAddressBook(context, person.id, { name, parentId });
  for (const contact of contacts) {
    const [given = '', surname = ''] = contact.split(' ');
    const components = [
      { kind: 'given', value: given },
      { kind: 'surname', value: surname },
    ];
    await createCard(context, id, {
      name: { components, full: contact },
      emails: { e: { address: `${given.toLowerCase()}@x.example` } },
    });
  }
  return id;
}

/** Shares a folder without mail; the id of the share. */
export function shareWith(
  app: TestApp,
  owner: Person,
  addressBookId: string,
  grantee: { readonly type: 'principal' | 'guest'; readonly email: string } | { readonly type: 'public' },
  more: { readonly role?: 'none' | 'viewer' | 'manager'; readonly expiresAt?: string } = {},
): Promise<string> {
  const { role = 'viewer', expiresAt = null } = more;
  return createShare(
    contextOf(app, owner),
    { addressBookId, ...grantee, rights: rightsOfRole[role], expiresAt },
    noMail,
  );
}
