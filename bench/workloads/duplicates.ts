import { inventLines, vCardFile } from '../kit/contactFile.ts';
import { importUpload, uploadFile } from '../kit/importFile.ts';
import type { Workload } from '../kit/stage.ts';

const contacts = 20_000;
const oneIn = 50;

/** « Doublons » among 20,000 contacts of which one in fifty is there twice: the first page after a change, and once more. */
export const duplicates: Workload = {
  name: 'duplicates',
  when: 'largest size',
  async run(stage) {
    const accountId = stage.owner.id;
    const lines = inventLines(3, contacts);
    const twice = lines.filter((_, index) => index % oneIn === 0).map((line) => ({ ...line, title: 'Éditrice' }));
    const text = vCardFile([...lines, ...twice]);
    const upload = await uploadFile(stage, { type: 'text/vcard', text, addressBookId: stage.owner.bookIds[7]! });
    await importUpload(stage, upload, contacts + twice.length);
    const asked = { accountId, limit: 1, filter: { inAddressBook: stage.owner.bookIds[7]! } };
    const [found] = await stage.call<{ ids: string[] }>(['ContactCard/query', asked, 'q']);
    const edit = () => {
      const notes = { n: { note: crypto.randomUUID() } };
      return stage.call(['ContactCard/set', { accountId, update: { [found!.ids[0]!]: { notes } } }, 's']);
    };
    const page = stage.jmap(['Duplicate/query', { accountId, limit: 20, calculateTotal: true }, 'q']);
    await stage.compare('first page, after a change', page, { rounds: 8, after: edit });
    await stage.compare('first page, once more', page);
  },
};
