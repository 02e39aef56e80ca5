import { useCallback, useEffect, useRef, useState } from 'react';
import { holdReload } from '../../../api/version.ts';

/** A text that is kept by itself while it is typed. */
export interface Autosaved {
  readonly text: string;
  readonly setText: (text: string) => void;
  readonly status: 'quiet' | 'unsaved' | 'saving' | 'saved' | 'failed';
  readonly error: unknown;
  /** Keeps it now: when the field is left, and to try again. */
  readonly flush: () => void;
}

const typingPause = 700;

type Work = { wanted: string; kept: string; timer: ReturnType<typeof setTimeout> | undefined; isRunning: boolean };

/** Keeps a text a moment after the last key, one after the other; what others make of it comes in while nothing waits. */
export function useAutosave(kept: string, save: (text: string, before: string) => Promise<void>): Autosaved {
  const [text, show] = useState(kept);
  const [status, setStatus] = useState<Autosaved['status']>('quiet');
  const [error, setError] = useState<unknown>();
  const work = useRef<Work>({ wanted: kept, kept, timer: undefined, isRunning: false });
  const saving = useRef(save);
  saving.current = save;

  const flush = useCallback(function keep(): void {
    const now = work.current;
    clearTimeout(now.timer);
    if (now.isRunning || now.wanted === now.kept) return;
    const { wanted } = now;
    now.isRunning = true;
    setStatus('saving');
    saving.current(wanted, now.kept).then(
      () => {
        Object.assign(now, { kept: wanted, isRunning: false });
        setStatus(now.wanted === wanted ? 'saved' : 'unsaved');
        if (now.wanted !== wanted) now.timer = setTimeout(keep, typingPause);
      },
      (problem: unknown) => {
        now.isRunning = false;
        setError(problem);
        setStatus('failed');
      },
    );
  }, []);

  const setText = useCallback(
    (typed: string) => {
      const now = work.current;
      now.wanted = typed;
      show(typed);
      setStatus(typed === now.kept && !now.isRunning ? 'quiet' : 'unsaved');
      clearTimeout(now.timer);
      now.timer = setTimeout(flush, typingPause);
    },
    [flush],
  );

  useEffect(() => {
    const now = work.current;
    if (now.isRunning || now.wanted !== now.kept || now.kept === kept) return;
    Object.assign(now, { wanted: kept, kept });
    show(kept);
  }, [kept]);

  useEffect(() => {
    const onHide = () => document.visibilityState === 'hidden' && flush();
    document.addEventListener('visibilitychange', onHide);
    const release = holdReload(() => work.current.isRunning || work.current.wanted !== work.current.kept);
    return () => {
      release();
      document.removeEventListener('visibilitychange', onHide);
      flush();
    };
  }, [flush]);

  return { text, setText, status, error, flush };
}
