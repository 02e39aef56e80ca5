import { setTimeout as pause } from 'node:timers/promises';
import { timed } from './figures.ts';
import { ask, jmapAsk, jmapResults } from './http.ts';

/** Somebody who types. */
export type Typist = { readonly id: string; readonly cookie: string };

const keyPause = 120;
const words = 'élodie ba|marius fe|noémie|jean-bap|anne-ch|solène ma|yann lo|demir|gaspard ti|chiara|benoît no|zoé';

/** Everybody types names into the sharing dialog, a key every 120 ms, for so long; how long each answer took. */
export async function typeAllAtOnce(url: string, typists: readonly Typist[], milliseconds: number): Promise<number[]> {
  const times: number[] = [];
  const end = performance.now() + milliseconds;
  const names = words.split('|');
  const type = async ({ id: accountId, cookie }: Typist, index: number) => {
    // Nobody begins at the same moment as the others.
    await pause((index * 37) % keyPause);
    for (let turn = index; performance.now() < end; turn++) {
      const name = names[turn % names.length]!;
      for (let keys = 1; keys <= name.length && performance.now() < end; keys++) {
        const asked = jmapAsk(url, cookie, [
          ['Suggestion/query', { accountId, text: name.slice(0, keys), limit: 20 }, 's'],
        ]);
        times.push(await timed(async () => jmapResults(await ask(url, asked))));
        await pause(keyPause);
      }
    }
  };
  await Promise.all(typists.map(type));
  return times;
}
