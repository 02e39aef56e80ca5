import type { Person, Result } from '../kit/person.ts';
import { basicHeader } from '../kit/person.ts';
import type { Scene } from './states.ts';

/** What became of an attempt: done, refused as *forbidden*, or as if there were nothing. */
export type Answer = 'yes' | 'forbidden' | 'absent';

/** What is needed for it; `see`: to be shown it without asking. */
export type Need = 'see' | 'read' | 'add' | 'write' | 'share' | 'own' | 'deleteSub' | 'link' | 'nobody';

/** Something that one may try on a folder. */
export type Operation = {
  readonly name: string;
  readonly need: Need;
  /** What is needed as well, and is asked for first. */
  readonly first?: Need;
  /** Changes nothing: may be tried on a scene that others use too. */
  readonly isReading?: true;
  /** What it needs would be in the way of others: tried on a scene of its own, even when it is refused. */
  readonly disturbs?: true;
  readonly attempt: (scene: Scene) => Promise<Answer>;
};

const absentTypes = ['notFound', 'accountNotFound', 'fromAccountNotFound'];

/** What a result holds as a list. */
export function listOf(value: Result | undefined): readonly unknown[] {
  return value as unknown as readonly unknown[];
}

/** A method of JMAP in the owner's account. */
export async function call({ who, owner }: Scene, name: string, args: object): Promise<Result> {
  const [first] = await who.jmap([[name, { accountId: owner.id, ...args }]]);
  const [method, result] = first!;
  return method === 'error' ? ({ isError: true, type: result['type'] } as unknown as Result) : result;
}

/** What an error amounts to. */
export function outcomeOf(error: Result | undefined): Answer {
  const type: string = error?.['type'] ?? 'nothing';
  if (absentTypes.includes(type)) return 'absent';
  if (type === 'forbidden' || type === 'accountReadOnly') return 'forbidden';
  // What one names in a property and may not see is an invalid property, as if it did not exist.
  if (type === 'invalidProperties') return 'absent';
  throw new Error(`Unexpected: ${JSON.stringify(error)}`);
}

/** Whether one gets an object. */
export async function tryGet(scene: Scene, type: string, id: string): Promise<Answer> {
  const result = await call(scene, `${type}/get`, { ids: [id] });
  if (result['isError']) return outcomeOf(result);
  return listOf(result['list']).length === 1 ? 'yes' : 'absent';
}

/** What became of a change. */
export async function trySet(
  scene: Scene,
  type: string,
  change: { create?: object; update?: Record<string, object>; destroy?: string[]; more?: object },
): Promise<Answer> {
  const { create: value, update, destroy, more } = change;
  const result = await call(scene, `${type}/set`, {
    ...(value ? { create: { new: value } } : {}),
    update,
    destroy,
    ...more,
  });
  if (result['isError']) return outcomeOf(result);
  const failed = result['notCreated'] ?? result['notUpdated'] ?? result['notDestroyed'];
  return failed ? outcomeOf(Object.values(failed as unknown as Record<string, Result>)[0]) : 'yes';
}

/** Whether a download is there. */
export async function fetchAnswer(person: Person, path: string, url: string): Promise<Answer> {
  const response = await fetch(url + path, { headers: { Authorization: basicHeader(person.email, person.password) } });
  if (response.status === 200) return 'yes';
  if (response.status === 404) return 'absent';
  throw new Error(`Unexpected: ${response.status}`);
}

/** The owner adds a word to the card, which none of the other operations looks at; the version that this makes. */
export async function lastVersion({ owner }: Scene, cardId: string): Promise<string> {
  await owner.call('ContactCard/set', { update: { [cardId]: { keywords: { vip: true } } } });
  const { ids } = await owner.call('CardVersion/query', { filter: { cardId }, limit: 1 });
  return ids![0]!;
}

/** What became of a method of the history. */
export async function tryHistory(scene: Scene, method: string, args: object): Promise<Answer> {
  const result = await call(scene, method, args);
  return result['isError'] ? outcomeOf(result) : 'yes';
}

/** Adds a card to the folder; what came of it. */
export async function createOwn(scene: Scene): Promise<Result> {
  const value = { name: { full: 'Neuve' }, addressBookIds: { [scene.bookId]: true } };
  return call(scene, 'ContactCard/set', { create: { new: value } });
}

/** Tries something with a card that the person has just added themselves; where that is refused, so is this. */
export async function withOwnCard(scene: Scene, attempt: (id: string) => Promise<Answer>): Promise<Answer> {
  const result = await createOwn(scene);
  if (result['isError']) return outcomeOf(result);
  const made = result['created']?.['new'];
  return made ? attempt(made['id']!) : outcomeOf(result['notCreated']!['new']);
}
