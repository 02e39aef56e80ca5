import { readFileSync } from 'node:fs';
import { fromVCard } from '../../src/format/jscontact/fromVCard.ts';
import { toVCard } from '../../src/format/jscontact/toVCard.ts';
import type { Card } from '../../src/format/jscontact/types.ts';
import { validateCard } from '../../src/format/jscontact/validate.ts';
import { convertVCard } from '../../src/format/vcard/convert.ts';
import { parseVCard } from '../../src/format/vcard/parse.ts';
import { serializeVCard } from '../../src/format/vcard/serialize.ts';
import type { VCard } from '../../src/format/vcard/types.ts';
import { figuresOf } from '../kit/figures.ts';
import type { Figures } from '../kit/figures.ts';
import type { Workload } from '../kit/stage.ts';

const everyday: Card = {
  '@type': 'Card',
  version: '1.0',
  uid: 'urn:uuid:5a1f6c1e-6f0b-4a39-9c4c-0d3f7b2a1e10',
  prodId: 'Demo',
  updated: '2026-03-04T05:06:07Z',
  name: {
    full: 'Camille Essai',
    components: [
      { kind: 'surname', value: 'Essai' },
      { kind: 'given', value: 'Camille' },
    ],
  },
  organizations: { o1: { name: 'Commune de Démo', units: [{ name: 'État civil' }] } },
  titles: { t1: { kind: 'title', name: 'Officière d’état civil', organizationId: 'o1' } },
  emails: {
    e1: { address: 'camille.essai@demo.example', contexts: { work: true }, pref: 1 },
    e2: { address: 'camille@demo.example', contexts: { private: true } },
  },
  phones: {
    p1: { number: '+33 6 39 98 00 01', features: { mobile: true } },
    p2: { number: '+33 1 99 00 00 02', contexts: { work: true }, label: 'Standard' },
  },
  addresses: {
    a1: {
      components: [
        { kind: 'name', value: '1 place de la Démo' },
        { kind: 'locality', value: 'Démoville' },
        { kind: 'postcode', value: '99000' },
        { kind: 'country', value: 'France' },
      ],
      contexts: { work: true },
      countryCode: 'FR',
    },
  },
  anniversaries: { b1: { kind: 'birth', date: { month: 2, day: 29 } } },
  notes: { n1: { note: 'Parle français, anglais et espagnol.\nAime recevoir les documents une semaine à l’avance.' } },
  keywords: { Élus: true, Presse: true },
};

const modern = serializeVCard(toVCard(everyday));
const parsed = parseVCard(modern);
const apple = readFileSync(new URL('../../test/fixtures/cards/apple.vcf', import.meta.url), 'utf8');
const old = parseVCard(apple);
const read = fromVCard(parsed);
const edited: Card = { ...read, notes: { ...read.notes, n2: { note: 'Encore' } } };
const oldEdited: Card = { ...fromVCard(old), prodId: 'Editor' };

// What was read once is known: every call gets a card of its own.
const fresh = (card: VCard): VCard => ({ ...card });

const tasks: readonly [name: string, task: () => unknown][] = [
  ['parseVCard', () => parseVCard(modern)],
  ['fromVCard', () => fromVCard(fresh(parsed))],
  ['fromVCard, of an iPhone', () => fromVCard(fresh(old))],
  ['validateCard', () => validateCard(everyday)],
  ['toVCard, new', () => toVCard(everyday)],
  ['toVCard, one note more', () => toVCard(edited, fresh(parsed))],
  ['toVCard, of an iPhone', () => toVCard(oldEdited, fresh(old))],
  ['an edit: read, change, write', () => editOnce(fresh(parsed))],
  ['serializeVCard', () => serializeVCard(parsed)],
  ['convertVCard to 3.0', () => convertVCard(parsed, '3.0')],
];

function editOnce(base: VCard): string {
  const card = fromVCard(base);
  return serializeVCard(toVCard({ ...card, notes: edited.notes! }, base));
}

const callsPerRound = 200;
const rounds = 30;

/** How long the conversion of one everyday card takes, in both directions: without the server. */
export const conversion: Workload = {
  name: 'conversion',
  when: 'largest size',
  async run({ report }) {
    for (const [what, task] of tasks)
      report.add({ workload: 'conversion', what, size: callsPerRound, ours: measure(task), bare: null, octets: null });
    report.note('conversion', `Each figure is of ${callsPerRound} cards: milliseconds × 5 are microseconds per card.`);
  },
};

function measure(task: () => unknown): Figures {
  const round = (): number => {
    const start = performance.now();
    for (let call = 0; call < callsPerRound; call++) task();
    return performance.now() - start;
  };
  return figuresOf(Array.from({ length: rounds }, round));
}
