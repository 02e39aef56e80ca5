import type { Chance } from '../../src/demo/chance.ts';
import { createChance } from '../../src/demo/chance.ts';
import { cities, streets } from '../../src/demo/words.ts';
import { writeCsv } from '../../src/format/csv/writeCsv.ts';
import { inventWord } from './inventWord.ts';

const headings =
  'Prénom;Nom;Société;Titre;Rue (bureau);Code postal (bureau);Ville (bureau);Téléphone (bureau);Tél. mobile;Adresse de messagerie;Catégories;Notes'.split(
    ';',
  );

/** A contact as a line of a file to import. */
export type Line = ReturnType<typeof inventLine>;

/** Somebody else for each index: one of 160 given names, every fifth with a surname that many have and with the number of the house alone. */
function inventLine(chance: Chance, index: number) {
  const given = inventWord(chance.below(160), 2);
  const surname = inventWord(chance.percent(20) ? chance.below(100) : index);
  const [postcode, city] = chance.pick(cities);
  const company = chance.below(200);
  return {
    given,
    surname,
    company: `${inventWord(company, 2)} Éditions`,
    title: chance.pick(['Directrice', 'Chargé de mission', 'Libraire', 'Correctrice']),
    street: `${1 + chance.below(180)} ${chance.pick(streets)}`,
    postcode,
    city,
    phone: `01 99 ${String(chance.percent(20) ? company : index).padStart(6, '0')}`,
    mobile: `07 00 ${String(index).padStart(6, '0')}`,
    email: `${given}.${surname}.${index}@demo.example`.toLowerCase(),
    tag: chance.pick(['Presse', 'Auteurs', 'Salons']),
    note: chance.percent(25) ? 'Aime recevoir les documents une semaine à l’avance.' : '',
  };
}

/** So many contacts. */
export function inventLines(seed: number, count: number): Line[] {
  const chance = createChance(seed);
  return Array.from({ length: count }, (_, index) => inventLine(chance, index));
}

/** As a French Outlook exports them. */
export const outlookTable = (lines: readonly Line[]): string =>
  writeCsv([headings, ...lines.map((line) => Object.values(line))], ';');

/** As vCards of about half a kilobyte. */
export const vCardFile = (lines: readonly Line[]): string => lines.map(vCard).join('');

function vCard(line: Line, index: number): string {
  const { given, surname, company, title, street, city, postcode, phone, mobile, email, tag, note } = line;
  const properties = [
    'BEGIN:VCARD',
    'VERSION:3.0',
    `UID:${index}@bench.example`,
    `N:${surname};${given};;;`,
    `FN:${given} ${surname}`,
    `ORG:${company}`,
    `TITLE:${title}`,
    `ADR;TYPE=WORK:;;${street};${city};;${postcode};France`,
    `TEL;TYPE=WORK,VOICE:${phone}`,
    `TEL;TYPE=CELL:${mobile}`,
    `EMAIL;TYPE=INTERNET,WORK:${email}`,
    `CATEGORIES:${tag}`,
    ...(note === '' ? [] : [`NOTE:${note}`]),
    'END:VCARD',
  ];
  return properties.map((property) => `${property}\r\n`).join('');
}
