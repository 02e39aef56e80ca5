import { createCardFromVCard } from '../core/card/createCard.ts';
import { transact, within } from '../core/change/transact.ts';
import type { World } from '../core/context.ts';
import { createChance } from './chance.ts';
import { inventPerson } from './university.ts';

const cardsPerTransaction = 2000;

/** Puts so many plain contacts into a folder of this person: for benchmarks, so without photos. */
export async function seedContacts(world: World, personId: string, folderId: string, count: number): Promise<void> {
  const chance = createChance(7);
  const taken = new Set<string>();
  for (let start = 0; start < count; start += cardsPerTransaction) {
    await transact(world, async (tx) => {
      const context = { ...within(world, tx), actor: { principalId: personId, language: 'fr' as const } };
      for (let number = start; number < Math.min(count, start + cardsPerTransaction); number++) {
        const { given, surname, email } = inventPerson(chance, taken, `maison${number % 977}.example`);
        await createCardFromVCard(context, folderId, vcard(number, given, surname, email));
      }
    });
  }
}

function vcard(number: number, given: string, surname: string, email: string): string {
  const digits = String(number).padStart(6, '0').slice(-4);
  const lines = [
    'BEGIN:VCARD',
    'VERSION:4.0',
    `UID:urn:uuid:00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`,
    `FN:${given} ${surname}`,
    `N:${surname};${given};;;`,
    `ORG:Maison ${number % 977}`,
    `EMAIL;TYPE=work:${email}`,
    `TEL;VALUE=text;TYPE="cell":+33 6 39 98 ${digits.slice(0, 2)} ${digits.slice(2)}`,
    'END:VCARD',
  ];
  return `${lines.join('\r\n')}\r\n`;
}
