import { createAddressBook } from '../core/addressbook/createAddressBook.ts';
import { ensureAccount } from '../core/addressbook/ensureAccount.ts';
import { createCard } from '../core/card/createCard.ts';
import { transact, within } from '../core/change/transact.ts';
import type { Context, World } from '../core/context.ts';
import { answerInvitation } from '../core/invitation/answerInvitation.ts';
import { createShare } from '../core/share/createShare.ts';
import { noMail } from '../core/share/types.ts';
import type { MailChoice } from '../core/share/types.ts';
import { visibleBooks } from '../core/sharing/access.ts';
import { rightsOfRole } from '../core/sharing/rights.ts';
import { createChance } from './chance.ts';
import type { Chance } from './chance.ts';
import { houseCard, inventContact } from './contacts.ts';
import type { House, NewContact } from './contacts.ts';
import { folders, shares } from './folders.ts';
import type { DemoFolder } from './folders.ts';
import { houses } from './houses.ts';
import { twins } from './twins.ts';
import { createUniversity, demoPassword, signIns } from './university.ts';
import type { University } from './university.ts';

/** What the sign-in page offers. */
export type SignIns = {
  readonly people: readonly { readonly name: string; readonly email: string; readonly description: string }[];
  readonly password: string;
};

/**
 * Fills a new world with an openly fictional university: its directory, three people who can sign in, their folders
 * and shares. The same every time. Returns what the sign-in page offers.
 */
export async function seedDemo(world: World): Promise<SignIns> {
  const university = await createUniversity(world);
  const bookIds = new Map<string, string>();
  for (const index of signIns.keys()) {
    await transact(world, (tx) =>
      fillAccount(contextOf(within(world, tx), university, index), university, index, bookIds),
    );
  }
  for (const share of shares) await shareFolder(world, university, bookIds.get(share.folder)!, share);
  return {
    people: signIns.map(({ name, email, description }) => ({ name, email, description })),
    password: demoPassword,
  };
}

function contextOf(world: World, university: University, index: number): Context {
  return { ...world, actor: { principalId: university.signedUp[index]!, language: 'fr' } };
}

async function fillAccount(
  context: Context,
  university: University,
  index: number,
  bookIds: Map<string, string>,
): Promise<void> {
  const chance = createChance(100 + index);
  const taken = new Set<string>();
  await ensureAccount(context);
  const { principalId } = context.actor;
  const books = await visibleBooks(context.db, context, principalId);
  const bookOf = (role: 'contacts' | 'collected') => books.find(({ book }) => book.role === role)!.book.id;
  const fill = async (bookId: string, contacts: readonly NewContact[]) => {
    for (const contact of contacts) await createCard(context, bookId, contact);
  };
  const everybody = Object.values(houses).flat();
  await fill(bookOf('contacts'), inventContacts(chance, taken, everybody, 9));
  await fill(bookOf('collected'), inventCollected(chance, taken, university, index === 0 ? 40 : 14));
  const make = async (folder: DemoFolder, parentId: string | null) => {
    const id = await createAddressBook(context, principalId, {
      name: folder.name,
      color: folder.color ?? null,
      parentId,
    });
    bookIds.set(folder.name, id);
    const organisations = folder.houses.map((house) => houseCard(chance, house));
    await fill(id, [...organisations, ...inventContacts(chance, taken, folder.houses, folder.size)]);
    for (const below of folder.folders ?? []) await make(below, id);
  };
  for (const folder of folders[index]!) await make(folder, null);
  if (index > 0) return;
  for (const { folder, contact } of twins) await fill(bookIds.get(folder) ?? bookOf('contacts'), [contact]);
}

function inventContacts(chance: Chance, taken: Set<string>, from: readonly House[], count: number): NewContact[] {
  return Array.from({ length: count }, () => inventContact(chance, taken, chance.pick(from)));
}

/** Whom one has written to: colleagues, and people of whom one knows little more than the address. */
function inventCollected(chance: Chance, taken: Set<string>, university: University, count: number): NewContact[] {
  return Array.from({ length: count }, (_, index) => {
    if (index % 3 === 0) {
      const colleague = university.people[(index * 7 + chance.below(7)) % university.people.length]!;
      const [given = '', ...rest] = colleague.name.split(' ');
      return collected(given, rest.join(' '), colleague.email);
    }
    const house = chance.pick(Object.values(houses).flat());
    const { name, emails } = inventContact(chance, taken, house) as {
      name: { components: { value: string }[] };
      emails: { e1: { address: string } };
    };
    const [given, surname] = name.components.map(({ value }) => value);
    // Some mail programs leave the name out.
    return index % 8 === 5 ? { emails: { e1: emails.e1 } } : collected(given!, surname!, emails.e1.address);
  });
}

function collected(given: string, surname: string, address: string): NewContact {
  const components = [
    { kind: 'given', value: given },
    { kind: 'surname', value: surname },
  ];
  return { name: { components, full: `${given} ${surname}` }, emails: { e1: { address } } };
}

async function shareFolder(
  world: World,
  university: University,
  addressBookId: string,
  share: (typeof shares)[number],
): Promise<void> {
  const owner = contextOf(world, university, share.by);
  const mail: MailChoice = share.note === undefined ? noMail : { message: 'note', note: share.note };
  await createShare(
    owner,
    { addressBookId, type: 'principal', email: share.with, rights: rightsOfRole[share.role] },
    mail,
  );
  if (share.acceptedBy === undefined) return;
  const grantee = contextOf(world, university, share.acceptedBy);
  await ensureAccount(grantee);
  await answerInvitation(grantee, addressBookId, { status: 'accepted', color: share.color ?? null });
}
