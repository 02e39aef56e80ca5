import type { Chance } from '../../src/demo/chance.ts';
import { createChance } from '../../src/demo/chance.ts';
import { cities, streets } from '../../src/demo/words.ts';
import { inventWord } from './inventWord.ts';

const houseChance = createChance(3);
const houses = Array.from({ length: 200 }, () => `${inventWord(houseChance.below(2_000), 2)} Éditions`);

const dates = (index: number) =>
  new Date(Date.UTC(2015, 0, 1) + ((index * 7919) % 100_000) * 3_600_000).toISOString().slice(0, 19) + 'Z';

/** A card as they are: a name of one's own, a house that hundreds share, some fields more. */
export function inventCard(chance: Chance, index: number): Readonly<Record<string, unknown>> {
  const [given, surname] = [inventWord(chance.below(2_000), 2), inventWord(index)];
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
