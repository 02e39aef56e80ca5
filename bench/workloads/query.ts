import type { Stage, Workload } from '../kit/stage.ts';

const page = 50;
const byName = [{ property: 'fileAs', isAscending: true }];

/** What is looked for; `more` are other arguments of ContactCard/query. */
type Search = readonly [what: string, filter: object, more?: object];

function searches(stage: Stage, email: string): readonly Search[] {
  const phrase = { text: '"chargé de mission"' };
  return [
    ['beginning of a word, frequent (« ma »)', { text: 'ma' }],
    ['frequent, with total', { text: 'ma' }, { calculateTotal: true }],
    ['frequent, deep page', { text: 'ma' }, { position: Math.floor(stage.size / 20) }],
    ['two words, both frequent (« ma li »)', { text: 'ma li' }],
    ['in every card (« edition »)', { text: 'edition' }],
    ['in every card, with total', { text: 'edition' }, { calculateTotal: true }],
    ['rare (name as in an address)', { text: email.split('@')[0]! }],
    ['phrase, in every fourth card', phrase],
    ['phrase, with total', phrase, { calculateTotal: true }],
    ['nothing found', { text: 'xyzzy' }],
    ['frequent in a small folder', { text: 'ma', inAddressBook: stage.owner.bookIds[3]! }],
    ['email: an address', { email }],
    ['name/surname: beginning (« ma »)', { 'name/surname': 'ma' }],
    ['phone: a number', { phone: '06 39 98 12 34' }],
  ];
}

/** Searches as people type them, a page of fifty at a time. */
export const query: Workload = {
  name: 'query',
  when: 'each size',
  async run(stage) {
    const accountId = stage.owner.id;
    const first = { accountId, position: Math.floor(stage.size / 2), limit: 1 };
    const got = { accountId, '#ids': { resultOf: 'q', name: 'ContactCard/query', path: '/ids' } };
    const [, cards] = await stage.call<{ list: { id: string; emails: { e: { address: string } } }[] }>(
      ['ContactCard/query', first, 'q'],
      ['ContactCard/get', got, 'g'],
    );
    const email = Object.values(cards!.list[0]!.emails)[0]!.address;
    const { id } = cards!.list[0]!;
    for (const [what, filter, more] of searches(stage, email)) {
      const args = { accountId, filter, sort: byName, limit: page, ...more };
      await stage.compare(what, stage.jmap(['ContactCard/query', args, 'q']));
    }
    let note = 0;
    const edit = async () =>
      stage.call([
        'ContactCard/set',
        { accountId, update: { [id]: { notes: { n: { note: `Note ${++note}` } } } } },
        's',
      ]);
    const total = { accountId, sort: byName, limit: page, calculateTotal: true };
    for (const text of ['ma', 'edition']) {
      const asked = stage.jmap(['ContactCard/query', { ...total, filter: { text } }, 'q']);
      await stage.compare(`« ${text} » with total, after an edit`, asked, { after: edit });
    }
  },
};
