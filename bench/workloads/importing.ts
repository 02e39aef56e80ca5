import { setTimeout as pause } from 'node:timers/promises';
import { inventLines, outlookTable, vCardFile } from '../kit/contactFile.ts';
import { figuresOf, timed } from '../kit/figures.ts';
import type { Figures } from '../kit/figures.ts';
import { importUpload, takeBack, uploadFile } from '../kit/importFile.ts';
import type { Stage, Workload } from '../kit/stage.ts';

const contacts = 50_000;
const files = [
  { kind: 'a table of Outlook', type: 'text/csv', write: outlookTable },
  { kind: 'vCards', type: 'text/vcard', write: vCardFile },
];

/** A file of 50,000 contacts: looked at, taken, and taken back, while others read and write. */
export const importing: Workload = {
  name: 'import',
  when: 'largest size',
  async run(stage) {
    for (const [index, { kind, type, write }] of files.entries()) {
      const text = write(inventLines(index, contacts));
      const upload = await uploadFile(stage, { type, text, addressBookId: stage.owner.bookIds[8 + index]! });
      await measure(stage, `preview of 50,000, ${kind}`, () =>
        stage.call(['ContactImport/preview', { accountId: stage.owner.id, ...upload }, 'p']),
      );
      let id = '';
      await measure(stage, `import of 50,000, ${kind}`, async () => {
        id = await importUpload(stage, upload, contacts);
      });
      await measure(stage, `50,000 taken back, ${kind}`, () => takeBack(stage, id, contacts));
    }
  },
};

/** The time that something long takes, and how long somebody who reads and somebody who writes wait meanwhile. */
async function measure(stage: Stage, what: string, task: () => Promise<unknown>): Promise<void> {
  const { coterie, owner, report, size } = stage;
  let isDone = false;
  const waiting = async (next: () => Promise<unknown>, every: number) => {
    const times: number[] = [];
    while (!isDone) {
      times.push(await timed(next));
      await pause(every);
    }
    return figuresOf(times);
  };
  const folder = { accountId: owner.id, update: { [owner.bookIds[4]!]: { sortOrder: 1 } } };
  const before = await coterie.cpu();
  const others = [
    waiting(() => stage.call(['ContactCard/query', { accountId: owner.id, limit: 1 }, 'q']), 50),
    waiting(() => stage.call(['AddressBook/set', folder, 's']), 200),
  ];
  const took = await timed(task).finally(() => (isDone = true));
  const cpu = (await coterie.cpu()) - before;
  const [reads, writes] = await Promise.all(others);
  const add = (line: string, ours: Figures) =>
    report.add({ workload: 'import', what: line, size, ours, bare: null, octets: null });
  add(what, { median: took, p95: took, count: 1, cpu });
  add(`${what}: somebody reads meanwhile`, reads!);
  add(`${what}: somebody writes meanwhile`, writes!);
}
