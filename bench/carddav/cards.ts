/** Invented cards as vCards: the same for every server. */

const givenNames = ['Ada', 'Ben', 'Chloé', 'Driss', 'Émile', 'Fanny', 'Gaël', 'Hélène', 'Inès', 'Jeanne'];
const houses = ['Éditions Démo', 'Commune de Démoville', 'Université de Démonstration', 'Orchestre de Démo'];
const filler = 'Parle français, anglais et espagnol. Aime recevoir les documents une semaine à l’avance. ';

/** A word that stands in ten of ten thousand cards. */
export const rareWord = 'Quetzal';

/** About as many octets as are asked for, 1 kB by default; the larger part of a larger one is a photo. */
export function benchCard(index: number, { octets = 1_000, edition = 0 } = {}): string {
  const given = givenNames[index % givenNames.length]!;
  const surname = `Nom${index.toString(36)}${index % 1_000 === 7 ? ` ${rareWord}` : ''}`;
  const head = [
    'BEGIN:VCARD',
    'VERSION:3.0',
    `UID:bench-${index}`,
    `FN:${given} ${surname}`,
    `N:${surname};${given};;;`,
    `ORG:${houses[index % houses.length]};Service ${index % 17}`,
    `EMAIL;TYPE=WORK:p${index}@demo.example`,
    `EMAIL;TYPE=HOME:p${index}@maison.demo.example`,
    `TEL;TYPE=CELL:+33 6 39 98 ${String(index % 100).padStart(2, '0')} ${String((index >> 6) % 100).padStart(2, '0')}`,
    `ADR;TYPE=WORK:;;${1 + (index % 180)} place de la Démo;Démoville;;99000;France`,
    `NOTE:Édition ${edition}`,
  ].join('\r\n');
  const missing = octets - Buffer.byteLength(head) - 40;
  if (octets > 5_000) return `${head}\r\nPHOTO;ENCODING=b;TYPE=JPEG:${photo(missing)}\r\nEND:VCARD\r\n`;
  return `${head} ${filler.repeat(Math.ceil(Math.max(0, missing) / Buffer.byteLength(filler)))}\r\nEND:VCARD\r\n`;
}

/** Octets that look like a JPEG's beginning and are not one, in Base64. */
function photo(length: number): string {
  const octets = Buffer.alloc(Math.floor((length * 3) / 4), 7);
  octets.set([0xff, 0xd8, 0xff, 0xe0], 0);
  return octets.toString('base64');
}
