import { randomBytes } from 'node:crypto';
import type { Workload } from '../kit/stage.ts';

const sizes: readonly (readonly [string, number])[] = [
  ['10 kB', 10_000],
  ['1 MB', 1_000_000],
  ['10 MB', 10_000_000],
];

/** Files up and down. */
export const blobs: Workload = {
  name: 'blobs',
  when: 'largest size',
  async run(stage) {
    const { id, cookie } = stage.owner;
    const headers = { Cookie: cookie, Origin: stage.coterie.url, 'Content-Type': 'application/octet-stream' };
    for (const [name, size] of sizes) {
      let blobId = '';
      await stage.compare(`upload, ${name}`, () => ({ path: `/jmap/upload/${id}`, headers, body: randomBytes(size) }), {
        rounds: 10,
        after: async ({ body }) => {
          ({ blobId } = JSON.parse(body.toString()) as { blobId: string });
        },
      });
      const path = `/jmap/download/${id}/${blobId}/file?accept=application/octet-stream`;
      await stage.compare(`download, ${name}`, { path, headers: { Cookie: cookie } }, { rounds: 10 });
    }
  },
};
