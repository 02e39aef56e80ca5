import type { Stage, Workload } from '../kit/stage.ts';

/** One card is edited; then the list and the cards follow it. */
export const changes: Workload = {
  name: 'changes',
  when: 'each size',
  async run(stage) {
    const accountId = stage.owner.id;
    const sort = [{ property: 'fileAs', isAscending: true }];
    const query = { accountId, sort, position: Math.floor(stage.size / 2), limit: 1 };
    const { ids } = (await stage.call<{ ids: string[] }>(['ContactCard/query', query, 'q']))[0]!;
    const edit = (round: number) => ({ accountId, update: { [ids[0]!]: { notes: { n: { note: `Note ${round}` } } } } });
    await stage.compare('the edit itself', (round) => stage.jmap(['ContactCard/set', edit(round), 's']));

    const since = await stateBefore(stage, edit(1_000));
    await stage.compare(
      'ContactCard/changes',
      stage.jmap(['ContactCard/changes', { accountId, sinceState: since }, 'c']),
    );
    const follow = (args: object) =>
      stage.jmap(['ContactCard/queryChanges', { accountId, sinceQueryState: since, ...args }, 'c']);
    await stage.compare('queryChanges', follow({ sort }));
    await stage.compare('queryChanges, with total', follow({ sort, calculateTotal: true }));
    await stage.compare('queryChanges, with a frequent text', follow({ sort, filter: { text: 'edition' } }));
    await stage.compare(
      'queryChanges, last edited first',
      follow({ sort: [{ property: 'updated', isAscending: false }] }),
    );
  },
};

/** The state before an edit that is then made. */
async function stateBefore(stage: Stage, edit: object): Promise<string> {
  const [result] = await stage.call<{ oldState: string }>(['ContactCard/set', edit, 's']);
  return result!.oldState;
}
