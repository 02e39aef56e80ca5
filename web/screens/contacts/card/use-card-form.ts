import { useCallback, useEffect, useRef, useState } from 'react';
import { sessionStatus } from '../../../api/session.ts';
import { checkCard, cleanedCard, isEmptyCard, type Problems } from '../../../model/cards/card-check.ts';
import type { Draft } from '../../../model/cards/card-values.ts';
import { diffCard } from '../../../model/cards/diff-card.ts';
import { keepDraft, takeDraft } from '../../../model/cards/drafts.ts';
import { describeCardError } from '../move/card-operations.ts';

type Content = Readonly<Record<string, unknown>>;

export interface CardFormOptions {
  /** Under which what was typed is kept when the person goes elsewhere. */
  readonly draftKey: string;
  readonly start: Draft;
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
  readonly submit: () => void;
  /** From now on nothing is kept: the person gave it up, or it is saved. */
  readonly release: () => void;
}

const noProblems: Problems = new Map();

/** What is typed, whether it is right, and saving it. */
export function useCardForm({ draftKey, start, save, onLeft }: CardFormOptions): CardForm {
  const [kept] = useState(() => takeDraft(draftKey));
  const [base] = useState(kept?.base ?? start);
  const [draft, setDraft] = useState(kept?.draft ?? start);
  const [isAsked, setAsked] = useState(false);
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<string>();
  const isDirty = Object.keys(diffCard(base as Content, cleanedCard(draft) as Content)).length > 0;
  const problems = isAsked ? checkCard(draft) : noProblems;
  const isEmpty = isAsked && isEmptyCard(cleanedCard(draft));
  const setReleased = useKeptOnLeaving(draftKey, { base, draft }, isDirty, onLeft);

  const submit = () => {
    setAsked(true);
    setFailure(undefined);
    const cleaned = cleanedCard(draft);
    if (isPending || checkCard(draft).size > 0 || isEmptyCard(cleaned)) return;
    setPending(true);
    setReleased(true);
    save(base, cleaned).catch((error: unknown) => {
      setReleased(false);
      setPending(false);
      setFailure(describeCardError(error));
    });
  };
  return {
    draft,
    isDirty,
    isPending,
    problems,
    isEmpty,
    failure,
    submit,
    change: (change) => setDraft(change),
    release: () => setReleased(true),
  };
}

/** Who goes elsewhere in the app finds the text again; who closes the window is asked by the browser. */
function useKeptOnLeaving(
  key: string,
  now: { base: Draft; draft: Draft },
  isDirty: boolean,
  onLeft: () => void,
): (isReleased: boolean) => void {
  const released = useRef(false);
  const latest = useRef({ now, isDirty, onLeft });
  useEffect(() => {
    latest.current = { now, isDirty, onLeft };
  });
  useEffect(
    () => () => {
      const { now: left, isDirty: hasText, onLeft: tell } = latest.current;
      if (released.current || !hasText || sessionStatus().status !== 'ready') return;
      keepDraft(key, left);
      tell();
    },
    [key],
  );
  useEffect(() => {
    if (!isDirty) return undefined;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [isDirty]);
  return useCallback((isReleased: boolean) => {
    released.current = isReleased;
  }, []);
}
