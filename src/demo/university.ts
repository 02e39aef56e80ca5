import type { World } from '../core/context.ts';
import { createGroup } from '../core/principal/createGroup.ts';
import { createPeople } from '../core/principal/createPerson.ts';
import type { NewPerson } from '../core/principal/createPerson.ts';
import { foldText } from '../lib/fold.ts';
import { createChance } from './chance.ts';
import { units } from './units.ts';
import { givenNames, surnames } from './words.ts';

/** The domain of all addresses of the demonstration. */
export const demoDomain = 'demo.example';
/** The password of everybody in the demonstration. */
export const demoPassword = 'demo';

/** Those who can sign in, as the sign-in page offers them. */
export const signIns = [
  { name: 'Ada Démo', email: `ada@${demoDomain}`, unit: 'communication', description: 'Chargée de communication' },
  { name: 'Ben Démo', email: `ben@${demoDomain}`, unit: 'communication', description: 'Attaché de presse' },
  {
    name: 'Chloé Démo',
    email: `chloe@${demoDomain}`,
    unit: 'international',
    description: 'Responsable des partenariats',
  },
] as const;

const size = 300;

/** Who works at the invented university, with ids. */
export type University = {
  /** The three who can sign in, in the order of `signIns`. */
  readonly signedUp: readonly string[];
  readonly groups: ReadonlyMap<string, string>;
  readonly people: readonly { readonly id: string; readonly name: string; readonly email: string }[];
};

/** Makes the people and groups of the demonstration. Only three have a password. */
export async function createUniversity(world: World): Promise<University> {
  const staff = inventStaff();
  const signedUp = signIns.map(({ name, email, description, unit }, index) => ({
    name,
    email,
    description,
    details: { title: description, department: units.find(({ key }) => key === unit)!.name },
    password: demoPassword,
    isAdministrator: index === 0,
  }));
  const rows = await createPeople(world, [...signedUp, ...staff]);
  const members = new Map<string, string[]>();
  const join = (unit: string, id: string) => members.set(unit, [...(members.get(unit) ?? []), id]);
  for (const [index, { unit }] of [...signIns, ...staff].entries()) join(unit, rows[index]!.id);
  // One in twenty-five sits on the council.
  for (const [index, { id }] of rows.entries()) if (index % 25 === 10) join('conseil', id);

  const groups = new Map<string, string>();
  for (const unit of units.toReversed()) {
    const email = `${unit.key}@${demoDomain}`;
    const { id } = await createGroup(world, { name: unit.name, email, memberIds: members.get(unit.key) ?? [] });
    groups.set(unit.key, id);
    if (unit.within) join(unit.within, id);
  }
  const people = rows.slice(signIns.length).map((row) => ({ id: row.id, name: row.name, email: row.email! }));
  return { signedUp: rows.slice(0, signIns.length).map((row) => row.id), groups, people };
}

function inventStaff(): (NewPerson & { readonly unit: string })[] {
  const chance = createChance(1);
  const peopled = units.filter((unit) => unit.functions);
  const taken = new Set<string>(signIns.map(({ email }) => email));
  return Array.from({ length: size - signIns.length }, (_, index) => {
    const unit = peopled[index % peopled.length]!;
    const { name, email } = inventPerson(chance, taken, demoDomain);
    const title = chance.pick(unit.functions!);
    // A number of the range that is kept for works of fiction.
    const number = `+33 1 99 00 ${String(10 + (index % 90))} ${String(10 + ((index * 7) % 90))}`;
    const details = { title, department: unit.name, phones: [{ number, kind: 'work' as const }] };
    return { name, email, description: `${title} – ${unit.name}`, details, unit: unit.key };
  });
}

/** A name and an address that nobody else in `taken` has. */
export function inventPerson(
  chance: ReturnType<typeof createChance>,
  taken: Set<string>,
  domain: string,
): { given: string; surname: string; name: string; email: string } {
  for (;;) {
    const given = chance.pick(givenNames);
    // Hyphens hold the words of a surname together in the list.
    const surname = chance.pick(surnames).replace(/^(De|Van-den|El)-/u, (particle) => particle.replaceAll('-', ' '));
    const email = `${localPart(given)}.${localPart(surname)}@${domain}`;
    if (taken.has(email)) continue;
    taken.add(email);
    return { given, surname, name: `${given} ${surname}`, email };
  }
}

/** The name as it stands before the @. */
function localPart(name: string): string {
  return foldText(name)
    .replace(/[^a-z0-9]+/gu, '-')
    .replace(/^-|-$/gu, '');
}
