import { PresenceFilter } from 'ldapts';
import type { Client, Entry } from 'ldapts';
import { searchAll } from './search.ts';

type Range = { readonly name: string; readonly attribute: string; readonly last: number };

/**
 * The entry with all values of each attribute: Active Directory gives 1,500 at a time, as `member;range=0-1499`
 * (MS-ADTS §3.1.1.3.1.3.3), and the last of them as `member;range=3000-*`.
 */
export async function wholeMembers(client: Client, entry: Entry): Promise<Entry> {
  const first = unfinishedRange(entry);
  if (!first) return entry;
  const values: (string | Buffer)[] = [entry[first.name]!].flat();
  let range: Range | undefined = first;
  while (range) {
    const [more] = await searchAll(client, {
      base: entry.dn,
      scope: 'base',
      filter: new PresenceFilter({ attribute: 'objectClass' }),
      attributes: [`${range.attribute};range=${range.last + 1}-*`],
    });
    const name = more && Object.keys(more).find((key) => key.toLowerCase().startsWith(`${first.attribute};range=`));
    if (!more || name === undefined) throw new Error(`The members of ${entry.dn} cannot be read to the end`);
    values.push(...[more[name]!].flat());
    range = unfinishedRange(more);
  }
  const { [first.name]: _part, ...others } = entry;
  return { ...others, dn: entry.dn, [first.attribute]: values as string[] };
}

function unfinishedRange(entry: Entry): Range | undefined {
  for (const name of Object.keys(entry)) {
    const match = /^([\w-]+);range=\d+-(\d+)$/iu.exec(name);
    if (match) return { name, attribute: match[1]!.toLowerCase(), last: Number(match[2]) };
  }
  return undefined;
}
