import { createPeople } from '../../src/core/principal/createPerson.ts';
import { openBenchWorld } from '../kit/benchWorld.ts';
import { figuresOf } from '../kit/figures.ts';
import type { Part } from '../kit/part.ts';
import { seedPeople, signedIn } from '../kit/seed.ts';
import { startCoterie } from '../kit/servers.ts';
import { typeAllAtOnce } from '../kit/typing.ts';
import type { Typist } from '../kit/typing.ts';
import { signInAll } from './signIns.ts';
import type { Login } from './signIns.ts';

const typists = 50;
const milliseconds = 8_000;
const withPassword = 40;
const password = 'mot de passe';

/** The local directory: completion while fifty people type, and sign-in with a password that is kept here. */
export async function localDirectory({ folder, size, report }: Part): Promise<void> {
  const people = await seedPeople(folder, size, null);
  const logins = await seedLogins(folder);
  const typing: Typist[] = [];
  {
    await using bench = await openBenchWorld(folder);
    for (const id of people.ids.slice(0, typists)) typing.push({ id, cookie: await signedIn(bench.world, id) });
  }
  const server = await startCoterie(folder);
  try {
    const before = await server.cpu();
    const times = await typeAllAtOnce(server.url, typing, milliseconds);
    const cpu = ((await server.cpu()) - before) / times.length;
    const what = `${typists} people type, local directory`;
    report.add({ workload: 'completion', what, size, ours: { ...figuresOf(times), cpu }, bare: null, octets: null });
    await signInAll({ report, server, size }, 'password kept here, first time', logins);
    const again = Array.from({ length: 10 }, () => logins).flat();
    await signInAll({ report, server, size }, 'password kept here, remembered', again);
  } finally {
    await server.stop();
  }
}

async function seedLogins(folder: string): Promise<Login[]> {
  await using bench = await openBenchWorld(folder);
  const names = Array.from({ length: withPassword }, (_, index) => `essai${index}@demo.example`);
  const wanted = names.map((email, index) => ({ name: `Essai ${index}`, email, password }));
  await createPeople(bench.world, wanted);
  return names.map((name) => ({ name, password }));
}
