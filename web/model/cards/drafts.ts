import type { Draft } from './card-values.ts';

/** What was typed into a form and not saved yet. */
export interface KeptDraft {
  readonly base: Draft;
  readonly draft: Draft;
}

const drafts = new Map<string, KeptDraft>();

/** Keeps what was typed for a card, or for a new one in a folder. */
export function keepDraft(key: string, draft: KeptDraft): void {
  drafts.set(key, draft);
}

/** What was typed before; taken once. */
export function takeDraft(key: string): KeptDraft | undefined {
  const draft = drafts.get(key);
  drafts.delete(key);
  return draft;
}
