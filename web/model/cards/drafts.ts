import { ownAccountId, sessionStatus } from '../../api/session.ts';
import type { Draft } from './card-values.ts';

/** What was typed into a form and not saved yet, and the card that it was begun with. */
export interface KeptDraft {
  readonly base: Draft;
  readonly draft: Draft;
  readonly keptAt: number;
}

const prefix = 'coterie.draft ';

/** What nobody came back to for so long is forgotten. */
const longest = 30 * 24 * 3_600_000;

/** Where the browser keeps nothing (private windows, a full disk), it lasts as long as the page. */
const unstored = new Map<string, KeptDraft>();

let resumed: string | undefined;

/** Under which a draft is kept: whose it is, and of what. Without a session nothing is. */
function nameOf(key: string): string | undefined {
  const status = sessionStatus();
  return status.status === 'ready' ? `${prefix}${ownAccountId(status.session)} ${key}` : undefined;
}

/** Keeps what was typed for a card, or for a new one, also when the window is closed. */
export function keepDraft(key: string, draft: Omit<KeptDraft, 'keptAt'>): void {
  const name = nameOf(key);
  if (name === undefined) return;
  const kept = { ...draft, keptAt: Date.now() };
  try {
    localStorage.setItem(name, JSON.stringify(kept));
    unstored.delete(name);
  } catch {
    unstored.set(name, kept);
  }
}

/** What the person typed before and did not save. */
export function findDraft(key: string): KeptDraft | undefined {
  const name = nameOf(key);
  if (name === undefined) return undefined;
  const kept = unstored.get(name) ?? read(name);
  return kept && Date.now() - kept.keptAt < longest ? kept : undefined;
}

function read(name: string): KeptDraft | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(name) ?? 'null') as KeptDraft | null;
    return kept && typeof kept.base === 'object' && typeof kept.draft === 'object' ? kept : undefined;
  } catch {
    return undefined;
  }
}

/** It is saved, or given up. */
export function forgetDraft(key: string): void {
  const name = nameOf(key);
  if (name === undefined) return;
  unstored.delete(name);
  try {
    localStorage.removeItem(name);
  } catch {
    // Then it was never there.
  }
}

/** Nothing of what anybody typed stays behind in this browser. */
export function forgetAllDrafts(): void {
  unstored.clear();
  try {
    for (const name of Object.keys(localStorage)) if (name.startsWith(prefix)) localStorage.removeItem(name);
  } catch {
    // Then there are none.
  }
}

/** The form that opens next for this goes on with its draft, without asking. */
export function resumeDraft(key: string): void {
  resumed = key;
}

/** Whether the person has said that they go on with it; asked once. */
export function isResumed(key: string): boolean {
  const isAsked = resumed === key;
  if (isAsked) resumed = undefined;
  return isAsked;
}
