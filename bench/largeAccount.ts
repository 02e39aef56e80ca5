import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAddressBook } from '../src/core/addressbook/createAddressBook.ts';
import { ensureAccount } from '../src/core/addressbook/ensureAccount.ts';
import { createCard } from '../src/core/card/createCard.ts';
import { createChanges } from '../src/core/change/hub.ts';
import { transact, within } from '../src/core/change/transact.ts';
import type { Context, World } from '../src/core/context.ts';
import { createPerson } from '../src/core/principal/createPerson.ts';
import { openSqlite } from '../src/db/sqlite.ts';
import { createChance } from '../src/demo/chance.ts';
import type { Chance } from '../src/demo/chance.ts';
import { cities, streets } from '../src/demo/words.ts';

/** One person with very many cards, in a database that is gone afterwards. */
export type LargeAccount = AsyncDisposable & {
  readonly context: Context;
  /** The folders; the first holds nine cards of ten. */
  readonly bookIds: readonly string[];
  readonly millisecondsPerCard: number;
};

const cardsPerTransaction = 1000;

/** Fills an account through the same operations that the program uses. */
export async function createLargeAccount(cards: number): Promise<LargeAccount> {
  const folder = await mkdtemp(join(tmpdir(), 'coterie-bench-'));
  const db = await openSqlite(join(folder, 'coterie.db'));
  const world: World = {
    db,
    now: () => new Date(),
    hub: createChanges(() => undefined),
    settings: {
      publicUrl: 'https://contacts.demo.example',
      trashDays: 30,
      linkKey: new Uint8Array(32),
      maxCardSize: 1_000_000,
      maxCardsPerAccount: 1_000_000,
      organisation: 'Demo',
      mailEnabled: false,
      mailFrom: 'contacts@demo.example',
    },
  };
  const { id } = await createPerson(world, { name: 'Camille Essai', email: 'camille.essai@demo.example' });
  const context: Context = { ...world, actor: { principalId: id, language: 'fr' } };
  await ensureAccount(context);
  const bookIds: string[] = [];
  for (let index = 0; index < 10; index++)
    bookIds.push(await createAddressBook(context, id, { name: `Dossier ${index}` }));
  const chance = createChance(1);
  const start = performance.now();
  for (let made = 0; made < cards;) {
    await transact(context, async (tx) => {
      const inside = within(context, tx);
      const end = Math.min(cards, made + cardsPerTransaction);
      for (; made < end; made++)
        await createCard(inside, bookIds[chance.percent(90) ? 0 : chance.below(10)]!, inventCard(chance, made));
    });
  }
  return {
    context,
    bookIds,
    millisecondsPerCard: (performance.now() - start) / cards,
    async [Symbol.asyncDispose]() {
      await db.close();
      await rm(folder, { recursive: true });
    },
  };
}

const houseChance = createChance(3);
const syllables =
  'ba be bi bo bu da de di do du fa fe fi fo ga go la le li lo lu ma me mi mo mu na ne ni no pa pe pi po ra re ri ro sa se si so ta te ti to va ve vi vo'.split(
    ' ',
  );

function inventWord(chance: Chance, length: number): string {
  const word = Array.from({ length }, () => chance.pick(syllables)).join('');
  return word[0]!.toUpperCase() + word.slice(1);
}

const houses = Array.from({ length: 200 }, () => `${inventWord(houseChance, 2)} Éditions`);

const dates = (index: number) =>
  new Date(Date.UTC(2015, 0, 1) + ((index * 7919) % 100_000) * 3_600_000).toISOString().slice(0, 19) + 'Z';

/** A card as they are: a name of one's own, a house that hundreds share, some fields more. */
export function inventCard(chance: Chance, index: number): Readonly<Record<string, unknown>> {
  const [given, surname] = [inventWord(chance, 2), inventWord(chance, 3)];
  const house = houses[chance.below(houses.length)]!;
  const [postcode, city] = chance.pick(cities);
  return {
    ...(index % 500 === 0 ? { kind: 'group' } : {}),
    created: dates(index),
    updated: dates(index * 3),
    name: {
      components: [
        { kind: 'given', value: given },
        { kind: 'surname', value: surname },
      ],
      full: `${given} ${surname}`,
    },
    organizations: { o: { name: house } },
    titles: { t: { name: chance.pick(['Directrice', 'Chargé de mission', 'Libraire', 'Correctrice']) } },
    emails: {
      e: {
        address: `${given}.${surname}@${house.replace(' ', '-')}.example`.toLowerCase().replace('é', 'e'),
        contexts: { work: true },
      },
    },
    phones: {
      p: {
        number: `+33 6 39 98 ${String(index % 100).padStart(2, '0')} ${String(chance.below(100)).padStart(2, '0')}`,
      },
    },
    addresses: {
      a: {
        components: [
          { kind: 'number', value: String(1 + chance.below(180)) },
          { kind: 'name', value: chance.pick(streets) },
          { kind: 'postcode', value: postcode },
          { kind: 'locality', value: city },
        ],
      },
    },
    ...(chance.percent(25)
      ? {
          notes: {
            n: { note: 'Parle français, anglais et espagnol. Aime recevoir les documents une semaine à l’avance.' },
          },
        }
      : {}),
  };
}
