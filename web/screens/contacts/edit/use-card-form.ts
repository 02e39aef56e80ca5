import { useCallback, useEffect, useRef, useState } from 'react';
import { holdReload } from '../../../api/version.ts';
import { checkCard, cleanedCard, isEmptyCard, type Problems } from '../../../model/cards/card-check.ts';
import type { Draft } from '../../../model/cards/card-values.ts';
import { diffCard } from '../../../model/cards/diff-card.ts';
import { findDraft, forgetDraft, isResumed, type KeptDraft, keepDraft } from '../../../model/cards/drafts.ts';
import { type Conflict, withFieldOf } from '../../../../src/format/merging/mergeChanges.ts';
import { mergeCards } from '../../../model/cards/merge-card.ts';
import { sessionStatus } from '../../../api/session.ts';
import { describeCardError } from '../move/card-operations.ts';
import { EditConflict } from './save-card.ts';

type Content = Readonly<Record<string, unknown>>;

/** The card that is edited, and how it is saved. */
export interface CardFormOptions {
  /** Under which what was typed is kept when the person goes elsewhere. */
  readonly draftKey: string;
  /** The card as it is now: others may be changing it. */
  readonly card: Draft;
  readonly save: (before: Draft, after: Draft) => Promise<void>;
  /** Tells that something is left behind unsaved. */
  readonly onLeft: () => void;
}

/** The state of the form of a card. */
export interface CardForm {
  readonly draft: Draft;
  readonly change: (change: (draft: Draft) => Draft) => void;
  readonly isDirty: boolean;
  readonly isPending: boolean;
  readonly problems: Problems;
  readonly isEmpty: boolean;
  readonly failure: string | undefined;
  /** What somebody else changed as well, until the person chooses. */
  readonly conflicts: readonly Conflict[];
  readonly choose: (conflict: Conflict, whose: 'mine' | 'theirs') => void;
  /** Somebody else's changes have come in. */
  readonly isMerged: boolean;
  /** What the person typed another time, until they say what becomes of it. */
  readonly offered: KeptDraft | undefined;
  readonly answer: (isWanted: boolean) => void;
  readonly submit: () => void;
  /** From now on nothing is kept: the person gave it up, or it is saved. */
  readonly release: () => void;
}

/** What the form stands on, what is typed, and what is to be chosen. */
interface Working {
  readonly base: Draft;
  readonly draft: Draft;
  readonly conflicts: readonly Conflict[];
  readonly isMerged: boolean;
}

const noProblems: Problems = new Map();

/** What is typed, whether it is right, how it meets the changes of others, and saving it. */
export function useCardForm({ draftKey, card, save, onLeft }: CardFormOptions): CardForm {
  const [kept] = useState(() => findDraft(draftKey));
  const [isOffered, setOffered] = useState(() => kept !== undefined && !isResumed(draftKey));
  const [working, setWorking] = useState<Working>(() =>
    kept && !isOffered ? meet(workingOn(kept), card) : workingOn({ base: card, draft: card }),
  );
  const [isAsked, setAsked] = useState(false);
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<string>();
  const { base, draft, conflicts } = working;
  const isDirty = Object.keys(diffCard(base as Content, cleanedCard(draft) as Content)).length > 0;
  const isEmpty = isAsked && isEmptyCard(cleanedCard(draft));
  const setReleased = useKeptDraft({ draftKey, working, isDirty, isOffered, onLeft });

  const latest = useRef({ card, isPending });
  useEffect(() => {
    latest.current = { card, isPending };
  });
  useEffect(() => {
    // One's own saving comes back as a change, too.
    if (!latest.current.isPending) setWorking((before) => meet(before, card));
  }, [card]);

  const fail = (error: unknown) => {
    setReleased(false);
    setPending(false);
    if (error instanceof EditConflict) setWorking((before) => meet(before, error.theirs));
    else {
      setWorking((before) => meet(before, latest.current.card));
      setFailure(describeCardError(error));
    }
  };
  const submit = () => {
    setAsked(true);
    setFailure(undefined);
    const cleaned = cleanedCard(draft);
    if (isPending || conflicts.length > 0 || checkCard(draft).size > 0 || isEmptyCard(cleaned)) return;
    setPending(true);
    setReleased(true);
    save(base, cleaned).then(() => isOffered || forgetDraft(draftKey), fail);
  };
  const answer = (isWanted: boolean) => {
    setOffered(false);
    if (isWanted && kept) setWorking(meet(workingOn(kept), card));
    else forgetDraft(draftKey);
  };
  const choose = (conflict: Conflict, whose: 'mine' | 'theirs') =>
    setWorking((before) => ({
      ...before,
      draft: whose === 'mine' ? before.draft : withFieldOf(before.draft, conflict.field, conflict.theirs),
      conflicts: before.conflicts.filter(({ field }) => field !== conflict.field),
    }));
  return {
    draft,
    isDirty,
    isPending,
    problems: isAsked ? checkCard(draft) : noProblems,
    isEmpty,
    failure,
    conflicts,
    choose,
    isMerged: working.isMerged,
    offered: isOffered ? kept : undefined,
    answer,
    submit,
    change: (change) => setWorking((before) => ({ ...before, draft: change(before.draft) })),
    release: () => {
      setReleased(true);
      forgetDraft(draftKey);
    },
  };
}

function workingOn({ base, draft }: Pick<Working, 'base' | 'draft'>): Working {
  return { base, draft, conflicts: [], isMerged: false };
}

/** The same work on a newer version of the card. */
function meet(working: Working, card: Draft): Working {
  const { base, draft, conflicts: open } = working;
  if (Object.keys(diffCard(base as Content, card as Content)).length === 0) return working;
  const { card: merged, conflicts } = mergeCards(base, draft, card);
  const still = open.filter(({ field }) => !conflicts.some((conflict) => conflict.field === field));
  return { base: card, draft: merged, conflicts: [...still, ...conflicts], isMerged: true };
}

interface Kept {
  readonly draftKey: string;
  readonly working: Working;
  readonly isDirty: boolean;
  readonly isOffered: boolean;
  readonly onLeft: () => void;
}

const keepAfter = 300;

/** Keeps what is typed, a moment after the last key; whoever leaves by a link is told so. */
function useKeptDraft(now: Kept): (isReleased: boolean) => void {
  const { draftKey, working, isDirty, isOffered } = now;
  const released = useRef(false);
  const latest = useRef(now);
  useEffect(() => {
    latest.current = now;
  });
  const keep = useCallback(() => {
    const { draftKey: key, working: left, isDirty: hasText, isOffered: isOther } = latest.current;
    // The old draft is not overwritten before the person has said what becomes of it.
    if (released.current || isOther) return;
    if (hasText) keepDraft(key, { base: left.base, draft: left.draft });
    else forgetDraft(key);
  }, []);
  useEffect(() => {
    const timer = setTimeout(keep, keepAfter);
    return () => clearTimeout(timer);
  }, [keep, working, isDirty, isOffered]);
  useEffect(() => holdReload(() => latest.current.isDirty && !released.current), []);
  useEffect(() => {
    addEventListener('pagehide', keep);
    return () => removeEventListener('pagehide', keep);
  }, [keep]);
  useEffect(
    () => () => {
      const { isDirty: hasText, onLeft } = latest.current;
      if (released.current || !hasText || sessionStatus().status !== 'ready') return;
      keep();
      onLeft();
    },
    [keep, draftKey],
  );
  return useCallback((isReleased: boolean) => {
    released.current = isReleased;
  }, []);
}
