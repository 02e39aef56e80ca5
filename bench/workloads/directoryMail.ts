import { createGroup } from '../../src/core/principal/createGroup.ts';
import { openBenchWorld } from '../kit/benchWorld.ts';
import { figuresOf, timed } from '../kit/figures.ts';
import { ask, jmapAsk, jmapResults } from '../kit/http.ts';
import { openMailSink } from '../kit/mailSink.ts';
import type { Part } from '../kit/part.ts';
import { seedOwner, seedPeople } from '../kit/seed.ts';
import { startCoterie } from '../kit/servers.ts';

const groups = 2;
const membersEach = 500;

/** Two folders are shared with five hundred people each: a thousand mails, into a mail server that takes them all. */
export async function directoryMail({ folder, report }: Part): Promise<void> {
  const mails = groups * membersEach;
  const people = await seedPeople(folder, mails, null);
  const owner = await seedOwner(folder, 'Camille Essai');
  const groupIds = await seedGroups(folder, people.ids);
  const sink = await openMailSink();
  const server = await startCoterie(folder, {
    COTERIE_SMTP_URL: sink.url,
    COTERIE_MAIL_FROM: 'contacts@demo.example',
    COTERIE_MAILS_PER_HOUR: '100000',
    COTERIE_MAILS_PER_DAY: '100000',
  });
  try {
    const before = await server.cpu();
    const start = performance.now();
    const shares: number[] = [];
    for (const [index, principalId] of groupIds.entries()) {
      const create = { s: { addressBookId: owner.bookIds[index], principalId, role: 'viewer' } };
      const asked = jmapAsk(server.url, owner.cookie, [
        ['Share/set', { accountId: owner.id, create, mail: { message: 'standard' } }, 's'],
      ]);
      shares.push(await timed(async () => requireCreated(jmapResults(await ask(server.url, asked)))));
    }
    await sink.received(mails);
    const seconds = (performance.now() - start) / 1000;
    const cpu = ((await server.cpu()) - before) / mails;
    const workload = 'notifications';
    report.add({
      workload,
      what: `sharing with ${membersEach}`,
      size: mails,
      ours: figuresOf(shares),
      bare: null,
      octets: null,
    });
    report.note(
      workload,
      `- ${mails} mails have arrived after ${seconds.toFixed(1)} s: ${Math.round(mails / seconds)} a second, ${cpu.toFixed(2)} ms of processor time each.`,
    );
  } finally {
    await server.stop();
    await sink.close();
  }
}

function requireCreated([result]: { created?: object | null }[]): void {
  if (!result?.created) throw new Error(`Nothing was shared: ${JSON.stringify(result)}`);
}

async function seedGroups(folder: string, ids: readonly string[]): Promise<string[]> {
  await using bench = await openBenchWorld(folder);
  const made: string[] = [];
  for (let index = 0; index < groups; index++) {
    const memberIds = Array.from(
      { length: membersEach },
      (_, place) => ids[(index * membersEach + place) % ids.length]!,
    );
    made.push((await createGroup(bench.world, { name: `Équipe ${index}`, memberIds })).id);
  }
  return made;
}
