import { JmapMethodError, JmapRequestError, SetFailure } from '../../client/src/errors.ts';
import type { Id } from '../../client/src/types.ts';
import { client, setStrictly } from '../api/jmap.ts';
import { withinTime } from '../api/patience.ts';
import { subscribeToPush } from '../api/push.ts';
import { putObjects, showMeanwhile, snapshotOf, sync } from '../api/store.ts';

/** Values by the paths of what they are for (RFC 8620 §5.3): "theme", "layout/density". */
type Choices = Readonly<Record<string, unknown>>;

/** What was chosen in this browser and has not arrived, and what the server had there before. */
interface Unsent {
  readonly chosen: Choices;
  readonly before: Choices;
}

const keyOf = (accountId: Id) => `coterie.unsent ${accountId}`;
const tryAgainAfter = 15_000;

/** Whose choices are sent from this page, what takes them off the screen, and when sending is tried again. */
let sender: Id | undefined;
let takeBack: (() => void) | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
/** What is sent from this page ends before the next begins: of two choices of the same thing the later one must arrive last. */
let sending: Promise<unknown> = Promise.resolve();

function inTurn<T>(act: () => Promise<T>): Promise<T> {
  const done = sending.then(act);
  sending = done.catch(() => undefined);
  return done;
}

/** Whether choices may wait for the server. How things look is the person's own; what else they choose, the server acts upon. */
export function mayWait(choices: Choices): boolean {
  return Object.keys(choices).every((path) => path === 'theme' || path === 'language' || path.startsWith('layout/'));
}

/** Keeps choices in this browser, shows them, and sends them: now, or when the server is back. Errors: those of a refusal. */
export async function choose(accountId: Id, choices: Choices): Promise<void> {
  const { chosen, before } = unsent(accountId);
  const held = snapshotOf('Preferences').get(accountId)?.collection?.byId.get('singleton');
  const now = Object.fromEntries(Object.keys(choices).map((path) => [path, valueAt(held, path)]));
  keep(accountId, { chosen: { ...chosen, ...choices }, before: { ...now, ...before } });
  await inTurn(() => send(accountId, choices));
}

/** Sends what was chosen while the server was away, also before the page was last closed. Answers how to stop. */
export function sendUnsent(accountId: Id): () => void {
  sender = accountId;
  const sendNow = () => void inTurn(() => sendKept(accountId));
  const follow = ({ key }: StorageEvent) => {
    // Another window has chosen something, or the server has it now.
    if (key === keyOf(accountId)) void sync('Preferences', accountId).then(() => show(accountId));
  };
  show(accountId);
  sendNow();
  const release = subscribeToPush(sendNow);
  addEventListener('online', sendNow);
  addEventListener('storage', follow);
  return () => {
    sender = undefined;
    release();
    removeEventListener('online', sendNow);
    removeEventListener('storage', follow);
    clearTimeout(timer);
    takeBack?.();
    takeBack = undefined;
  };
}

async function send(accountId: Id, choices: Choices): Promise<void> {
  try {
    // What is given up must not arrive after the next one: its request ends, too.
    await setStrictly('Preferences', accountId, { update: { singleton: choices } }, { signal: withinTime() });
  } catch (error) {
    if (!isRefusal(error)) return;
    settle(accountId, choices);
    throw error;
  }
  arrived(accountId, choices);
  await sync('Preferences', accountId);
  // Until what the server has can be shown, the choice is; it is compared with it when sending is tried again.
  if (snapshotOf('Preferences').get(accountId)?.error === undefined) settle(accountId, choices);
}

/** What stands there now is ours, and not another device's: where something else was chosen since, that still holds. */
function arrived(accountId: Id, choices: Choices): void {
  const { chosen, before } = unsent(accountId);
  const there = Object.entries(choices).filter(([path]) => path in before);
  keep(accountId, { chosen, before: { ...before, ...Object.fromEntries(there) } });
}

/** What another device has changed meanwhile is the later choice: there, what was chosen here is given up. */
async function sendKept(accountId: Id): Promise<void> {
  const { chosen, before } = unsent(accountId);
  if (Object.keys(chosen).length === 0) return;
  try {
    const { state, list } = await client.get('Preferences', accountId, { ids: null }, { signal: withinTime() });
    putObjects('Preferences', accountId, state, list);
    const isOpen = ([path]: [string, unknown]) => isSame(valueAt(list[0], path), before[path]);
    const open = Object.fromEntries(Object.entries(chosen).filter(isOpen));
    settle(accountId, Object.fromEntries(Object.entries(chosen).filter((one) => !isOpen(one))));
    if (Object.keys(open).length > 0) await send(accountId, open);
  } catch {
    // Away still; or refused, long after the choice: what the server has is shown.
  } finally {
    show(accountId);
  }
}

function isRefusal(error: unknown): boolean {
  if (error instanceof JmapMethodError) return error.type !== 'serverUnavailable';
  return error instanceof SetFailure || error instanceof JmapRequestError;
}

/** These need not wait any more, unless something else was chosen since. */
function settle(accountId: Id, choices: Choices): void {
  const { chosen, before } = unsent(accountId);
  const isLeft = ([path]: [string, unknown]) => !(path in choices && isSame(chosen[path], choices[path]));
  const left = Object.fromEntries(Object.entries(chosen).filter(isLeft));
  keep(accountId, {
    chosen: left,
    before: Object.fromEntries(Object.entries(before).filter(([path]) => path in left)),
  });
}

function unsent(accountId: Id): Unsent {
  try {
    const { chosen = {}, before = {} } = JSON.parse(localStorage.getItem(keyOf(accountId)) ?? '{}') as Partial<Unsent>;
    return { chosen, before };
  } catch {
    return { chosen: {}, before: {} };
  }
}

function keep(accountId: Id, those: Unsent): void {
  try {
    if (Object.keys(those.chosen).length > 0) localStorage.setItem(keyOf(accountId), JSON.stringify(those));
    else localStorage.removeItem(keyOf(accountId));
  } catch {
    // Without storage nothing waits: what the server has is shown.
  }
  show(accountId);
}

function show(accountId: Id): void {
  if (sender !== accountId) return;
  const { chosen } = unsent(accountId);
  const isSome = Object.keys(chosen).length > 0;
  const before = takeBack;
  takeBack = isSome ? showMeanwhile('Preferences', accountId, { update: { singleton: chosen } }) : undefined;
  before?.();
  clearTimeout(timer);
  if (isSome) timer = setTimeout(() => void inTurn(() => sendKept(accountId)), tryAgainAfter);
}

function valueAt(object: object | undefined, path: string): unknown {
  return path.split('/').reduce<unknown>((value, name) => (value as Choices | undefined)?.[name], object) ?? null;
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
