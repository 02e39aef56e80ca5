import type { Workload } from '../kit/stage.ts';

const page = 50;

let notes = 0;
const noted = () => ({ notes: { n: { note: `Note ${++notes}` } } });

/** Pages of a long list, near and deep, as somebody scrolls. */
export const windows: Workload = {
  name: 'windows',
  when: 'each size',
  async run(stage) {
    const accountId = stage.owner.id;
    const sort = [{ property: 'fileAs', isAscending: true }];
    const middle = Math.floor(stage.size / 2);
    const window = (args: object) => stage.jmap(['ContactCard/query', { accountId, sort, limit: page, ...args }, 'q']);
    const [{ ids }] = (await stage.call<{ ids: string[] }>([
      'ContactCard/query',
      { accountId, sort, position: middle, limit: 1 },
      'q',
    ])) as [{ ids: string[] }];
    const byTwo = [
      { property: 'name/surname', isAscending: true },
      { property: 'created', isAscending: false },
    ];
    await stage.compare('first page', window({}));
    await stage.compare('first page with total', window({ calculateTotal: true }));
    await stage.compare('page in the middle', window({ position: middle }));
    await stage.compare('last page', window({ position: stage.size - page }));
    // What was counted is remembered until something changes: here something does, each time.
    const edit = async () => stage.call(['ContactCard/set', { accountId, update: { [ids[0]!]: noted() } }, 's']);
    await stage.compare('page in the middle, after an edit', window({ position: middle }), { after: edit });
    await stage.compare('page around an anchor, after an edit', window({ anchor: ids[0], anchorOffset: -10 }), {
      after: edit,
    });
    await stage.compare('last page, counted from the end', window({ position: -page }));
    await stage.compare('page around an anchor in the middle', window({ anchor: ids[0], anchorOffset: -10 }));
    await stage.compare('last edited first', window({ sort: [{ property: 'updated', isAscending: false }] }));
    await stage.compare('by two comparators', window({ sort: byTwo }));
    await stage.compare('first page of a folder', window({ filter: { inAddressBook: stage.owner.bookIds[0] } }));
    await stage.compare(
      'middle of a folder',
      window({ filter: { inAddressBook: stage.owner.bookIds[0] }, position: Math.floor(middle * 0.9) }),
    );
  },
};
