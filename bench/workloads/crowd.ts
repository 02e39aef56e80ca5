import { figuresOf, timed } from '../kit/figures.ts';
import { ask, jmapAsk, jmapResults } from '../kit/http.ts';
import type { Ask, MethodCall } from '../kit/http.ts';
import type { Stage, Workload } from '../kit/stage.ts';

const people = 50;
const milliseconds = 6_000;

type Act = { readonly what: string; readonly next: (accountId: string, index: number, turn: number) => MethodCall[] };

const page = { sort: [{ property: 'fileAs', isAscending: true }], limit: 50 };
const ofQuery = (name: string) => ({ resultOf: 'q', name, path: '/ids' });

function acts(stage: Stage, cardIds: readonly string[]): readonly Act[] {
  const owner = stage.owner.id;
  const got = { accountId: owner, '#ids': ofQuery('ContactCard/query'), properties: ['fileAs', 'name', 'emails'] };
  return [
    {
      what: 'opens a shared folder: first page, its cards, total',
      next: () => [
        ['ContactCard/query', { accountId: owner, ...page, calculateTotal: true }, 'q'],
        ['ContactCard/get', got, 'g'],
      ],
    },
    {
      what: 'scrolls',
      next: (_, index, turn) => [
        ['ContactCard/query', { accountId: owner, ...page, position: ((index * 7 + turn) % 100) * 10 }, 'q'],
        ['ContactCard/get', got, 'g'],
      ],
    },
    {
      what: 'searches',
      next: (_, index, turn) => [
        ['ContactCard/query', { accountId: owner, ...page, filter: { text: syllable(index + turn) } }, 'q'],
        ['ContactCard/get', got, 'g'],
      ],
    },
    {
      what: 'types a name in the sharing dialog',
      next: (accountId, index, turn) => [
        ['Suggestion/query', { accountId, text: syllable(index * 3 + turn), limit: 20 }, 's'],
      ],
    },
    {
      what: 'edits a card',
      next: (_, index, turn) => {
        const update = { [cardIds[index % cardIds.length]!]: { notes: { n: { note: `${index} ${turn}` } } } };
        return [['ContactCard/set', { accountId: owner, update }, 's']];
      },
    },
  ];
}

function syllable(number: number): string {
  return 'ba de fi go lu ma ne pi ro su ta ve'.split(' ')[number % 12]!;
}

/** Fifty people who do one thing after the other without a pause, in one folder; then the same octets to the bare server. */
export const crowd: Workload = {
  name: 'crowd',
  when: 'largest size',
  async run(stage) {
    const members = stage.team!.members.slice(0, people);
    const filter = { inAddressBook: stage.team!.bookId };
    const { ids } = (
      await stage.call<{ ids: string[] }>(['ContactCard/query', { accountId: stage.owner.id, filter, limit: 50 }, 'q'])
    )[0]!;
    const table = acts(stage, ids);
    const octets = new Map<string, number>();
    const ours = await work(table, members.length, async (act, index, turn) => {
      const { id, cookie } = members[index]!;
      const answer = await ask(stage.coterie.url, jmapAsk(stage.coterie.url, cookie, act.next(id, index, turn)));
      octets.set(act.what, answer.body.length);
      return () => jmapResults(answer);
    });
    const bare = await work(table, members.length, async (act, index, turn) => {
      const asked: Ask = jmapAsk(stage.bare.url, members[index]!.cookie, act.next(stage.owner.id, index, turn));
      await ask(stage.bare.url, { ...asked, path: `/${octets.get(act.what)}` });
      return () => undefined;
    });
    for (const { what } of table)
      stage.report.add({
        workload: 'crowd',
        what,
        size: stage.size,
        ours: figuresOf(ours.get(what)!),
        bare: figuresOf(bare.get(what)!),
        octets: octets.get(what)!,
      });
    const count = (times: ReadonlyMap<string, number[]>) =>
      Math.round([...times.values()].reduce((sum, list) => sum + list.length, 0) / (milliseconds / 1000));
    stage.report.note('crowd', `${count(ours)} acts a second by ${people} people; the bare server: ${count(bare)}.`);
  },
};

type Doing = (act: Act, index: number, turn: number) => Promise<() => unknown>;

async function work(table: readonly Act[], many: number, doing: Doing): Promise<Map<string, number[]>> {
  const times = new Map<string, number[]>(table.map(({ what }) => [what, []]));
  const end = performance.now() + milliseconds;
  const person = async (index: number) => {
    for (let turn = 0; performance.now() < end; turn++) {
      const act = table[(index + turn) % table.length]!;
      let check: () => unknown = () => undefined;
      const time = await timed(async () => (check = await doing(act, index, turn)));
      times.get(act.what)!.push(time);
      // What is read is read, but not all of it by one process that plays fifty people.
      if (turn < 2) check();
    }
  };
  await Promise.all(Array.from({ length: many }, (_, index) => person(index)));
  return times;
}
