import type { Chance } from './chance.ts';
import { portrait } from './portrait.ts';
import { inventPerson } from './university.ts';
import { cities, streets } from './words.ts';

/** A house outside of the university that people there deal with. */
export type House = {
  readonly name: string;
  readonly domain: string;
  readonly titles: readonly string[];
  readonly country?: string;
};

/** A card to be made. */
export type NewContact = Readonly<Record<string, unknown>>;

const work = { work: true };
const home = { private: true };

const notes = [
  'Rencontre au salon de l’étudiant.',
  'À appeler plutôt le matin.',
  'Ne travaille pas le mercredi.',
  'Parle français, anglais et espagnol.\nAime recevoir les documents une semaine à l’avance.',
  'A repris le dossier en septembre.',
];

/** The name of a person, in parts and whole. */
export function nameOf(given: string, surname: string): object {
  const components = [
    { kind: 'given', value: given },
    { kind: 'surname', value: surname },
  ];
  return { components, full: `${given} ${surname}` };
}

/** Somebody who works at that house, with as many fields as one happens to know. */
export function inventContact(chance: Chance, taken: Set<string>, house: House): NewContact {
  const { given, surname, email } = inventPerson(chance, taken, house.domain);
  const privateEmail = email.replace(/@.*/u, '@courrier.example');
  return {
    name: nameOf(given, surname),
    organizations: { o1: { name: house.name } },
    titles: { t1: { name: chance.pick(house.titles) } },
    emails: {
      e1: { address: email, contexts: work },
      ...(chance.percent(25) ? { e2: { address: privateEmail, contexts: home } } : {}),
    },
    ...(chance.percent(85) ? { phones: inventPhones(chance) } : {}),
    ...(chance.percent(60) ? { addresses: { a1: inventAddress(chance, house) } } : {}),
    ...(chance.percent(20) ? { anniversaries: { b1: { kind: 'birth', date: inventDate(chance) } } } : {}),
    ...(chance.percent(25) ? { notes: { n1: { note: chance.pick(notes) } } } : {}),
    ...(chance.percent(30) ? { links: { l1: { uri: `https://www.${house.domain}/`, contexts: work } } } : {}),
    ...(chance.percent(25)
      ? { media: { photo: { kind: 'photo', uri: portrait(chance), mediaType: 'image/png' } } }
      : {}),
  };
}

/** The house itself, as one card: its switchboard, its address. */
export function houseCard(chance: Chance, house: House): NewContact {
  return {
    kind: 'org',
    name: { full: house.name },
    organizations: { o1: { name: house.name } },
    emails: { e1: { address: `contact@${house.domain}`, contexts: work } },
    phones: {
      p1: { number: phoneNumber(chance, '3'), features: { 'main-number': true, voice: true }, contexts: work },
    },
    addresses: { a1: inventAddress(chance, house) },
    links: { l1: { uri: `https://www.${house.domain}/`, contexts: work } },
  };
}

function inventPhones(chance: Chance): Record<string, unknown> {
  return {
    p1: { number: phoneNumber(chance, '3'), features: { voice: true }, contexts: work },
    ...(chance.percent(60)
      ? { p2: { number: phoneNumber(chance, '6'), features: { mobile: true, voice: true, text: true } } }
      : {}),
    ...(chance.percent(8) ? { p3: { number: phoneNumber(chance, '3'), features: { fax: true }, contexts: work } } : {}),
  };
}

/** In the ranges that Arcep keeps free for works of fiction: 03 53 01, and 06 39 98 for mobiles. */
function phoneNumber(chance: Chance, kind: '3' | '6'): string {
  const last = String(chance.below(10_000)).padStart(4, '0');
  return `+33 ${kind === '6' ? '6 39 98' : '3 53 01'} ${last.slice(0, 2)} ${last.slice(2)}`;
}

function inventAddress(chance: Chance, house: House): Record<string, unknown> {
  const [postcode, city] = chance.pick(cities);
  return {
    contexts: work,
    components: [
      { kind: 'number', value: String(1 + chance.below(180)) },
      { kind: 'name', value: chance.pick(streets) },
      ...(house.country
        ? []
        : [
            { kind: 'postcode', value: postcode },
            { kind: 'locality', value: city },
          ]),
      { kind: 'country', value: house.country ?? 'France' },
    ],
  };
}

function inventDate(chance: Chance): Record<string, unknown> {
  const day = { month: 1 + chance.below(12), day: 1 + chance.below(28) };
  return chance.percent(70) ? { year: 1958 + chance.below(45), ...day } : day;
}
