import { createChance } from '../../src/demo/chance.ts';
import { figuresOf, timed } from '../kit/figures.ts';
import { ask, jmapResults } from '../kit/http.ts';
import type { Ask } from '../kit/http.ts';
import { inventCard } from '../kit/inventCard.ts';
import type { Stage, Workload } from '../kit/stage.ts';

const cards = 500;

/** Many cards at once: made, edited, thrown away. */
export const set: Workload = {
  name: 'set',
  when: 'each size',
  async run(stage) {
    const accountId = stage.owner.id;
    const chance = createChance(7);
    const addressBookIds = { [stage.owner.bookIds[2]!]: true };
    const one = (index: number) => ({ '@type': 'Card', version: '1.0', ...inventCard(chance, index), addressBookIds });
    const made: string[] = [];
    const creation = () => ({
      accountId,
      create: Object.fromEntries(Array.from({ length: cards }, (_, index) => [`c${index}`, one(index + 1)])),
    });
    await stage.compare('500 cards made', () => stage.jmap(['ContactCard/set', creation(), 's']), {
      rounds: 3,
      after: async (answer) => {
        const [{ created }] = jmapResults<{ created: Record<string, { id: string }> }>(answer) as [
          { created: Record<string, { id: string }> },
        ];
        made.push(...Object.values(created).map(({ id }) => id));
      },
    });
    const edited = made.slice(0, cards);
    const edit = (round: number) => ({
      accountId,
      update: Object.fromEntries(edited.map((id) => [id, { notes: { n: { note: `Note ${round}` } } }])),
    });
    await stage.compare('500 cards edited', (round) => stage.jmap(['ContactCard/set', edit(round), 's']), {
      rounds: 3,
    });
    await meanwhile(stage, stage.jmap(['ContactCard/set', creation(), 's']));
    await destroy(stage, made);
  },
};

/** How long others wait for an answer while all these cards are made: of those who read, and of those who write. */
async function meanwhile(stage: Stage, long: Ask): Promise<void> {
  const { coterie, owner, report, size } = stage;
  const echo = stage.jmap(['Core/echo', {}, 'e']);
  const folder = { accountId: owner.id, update: { [owner.bookIds[4]!]: { sortOrder: 1 } } };
  const others = [
    ['somebody reads meanwhile', echo],
    ['somebody writes meanwhile', stage.jmap(['AddressBook/set', folder, 's'])],
  ] as const;
  for (const [what, asked] of others) {
    const times: number[] = [];
    let isDone = false;
    const making = ask(coterie.url, long).then((answer) => {
      isDone = true;
      return jmapResults(answer);
    });
    while (!isDone) times.push(await timed(async () => jmapResults(await ask(coterie.url, asked))));
    await making;
    report.add({ workload: 'set', what, size, ours: figuresOf(times), bare: null, octets: null });
  }
}

async function destroy(stage: Stage, ids: readonly string[]): Promise<void> {
  const rounds = Math.floor(ids.length / cards) - 1;
  await stage.compare(
    '500 cards thrown away',
    (round) =>
      stage.jmap([
        'ContactCard/set',
        { accountId: stage.owner.id, destroy: ids.slice(round * cards, (round + 1) * cards) },
        's',
      ]),
    { rounds },
  );
}
