import { useCallback, useEffect, useRef, useState } from 'react';
import { describeError } from '../../api/errors.ts';
import type { ContactImport, ImportPreview } from '../../../client/src/imports.ts';
import type { Id } from '../../../client/src/types.ts';
import { messages } from '../../locales/messages.ts';
import {
  changeImport,
  followImport,
  isUnderWay,
  type ImportTarget,
  noChoices,
  previewImport,
  type ReadingChoices,
  refusalOf,
  startImport,
  type Uploaded,
  uploadFile,
} from './import-operations.ts';

/** The largest upload in megabytes: what the server takes (maxSizeUpload). */
const mostMegabytes = 50;

/** Where an import stands, from the choice of a file to its end. */
export interface ImportState {
  readonly step: 'choose' | 'reading' | 'preview' | 'running' | 'result';
  readonly fileName: string;
  readonly preview: ImportPreview | undefined;
  readonly choices: ReadingChoices;
  readonly run: ContactImport | undefined;
  readonly problem: string | undefined;
  /** Whether the import has something to report: known from its preview, or by its failures. */
  readonly hasProblems: boolean;
  /** A preview is being made anew, with other choices. */
  readonly isRereading: boolean;
}

const start: ImportState = {
  step: 'choose',
  fileName: '',
  preview: undefined,
  choices: noChoices,
  run: undefined,
  problem: undefined,
  hasProblems: false,
  isRereading: false,
};

/** One import of a person: the file, what would become of it, how far it is. */
export function useImport(accountId: Id, target: ImportTarget | undefined) {
  const [state, setState] = useState(start);
  const uploaded = useRef<Uploaded>(undefined);
  const latest = useRef(0);
  const become = useCallback((change: Partial<ImportState>) => setState((before) => ({ ...before, ...change })), []);

  const look = async (place: ImportTarget, choices: ReadingChoices) => {
    latest.current += 1;
    const asked = latest.current;
    try {
      const preview = await previewImport(accountId, uploaded.current!, place, choices);
      if (asked === latest.current)
        become({
          step: 'preview',
          preview,
          choices,
          problem: undefined,
          hasProblems: preview.problemCount > 0,
          isRereading: false,
        });
    } catch (error) {
      if (asked !== latest.current) return;
      const problem = refusalOf(error) ?? describeError(error);
      setState((before) => ({
        ...before,
        step: before.preview ? 'preview' : 'choose',
        problem,
        isRereading: false,
      }));
    }
  };

  const choose = async (file: File, place: ImportTarget) => {
    if (file.size > mostMegabytes * 1e6) {
      become({ problem: messages().transfer.tooLarge(mostMegabytes) });
      return;
    }
    setState({ ...start, step: 'reading', fileName: file.name });
    try {
      uploaded.current = await uploadFile(file, place);
    } catch (error) {
      become({ step: 'choose', problem: describeError(error) });
      return;
    }
    await look(place, noChoices);
  };

  const reread = (place: ImportTarget, choices: ReadingChoices) => {
    become({ isRereading: true, choices });
    void look(place, choices);
  };

  const begin = async (duplicates: 'skip' | 'merge' | 'keep') => {
    try {
      const fields = state.choices.fields ?? (state.preview?.table?.isRemembered ? state.preview.table.fields : null);
      const dates = state.choices.dates ?? (fields ? (state.preview?.table?.dates ?? null) : null);
      const id = await startImport(accountId, uploaded.current!, target!, {
        ...state.choices,
        fields,
        dates,
        duplicates,
      });
      become({ step: 'running', run: newRun(id, state.fileName), problem: undefined });
    } catch (error) {
      become({ problem: describeError(error) });
    }
  };

  const ask = (wanted: 'cancelled' | 'undoing') => {
    const { run } = state;
    if (!run) return;
    // Only when the server has said so: until then it would tell how the import itself had ended.
    changeImport(accountId, run.id, wanted).then(
      () => wanted === 'undoing' && become({ step: 'running', run: { ...run, state: 'undoing' }, problem: undefined }),
      (error: unknown) => become({ problem: describeError(error) }),
    );
  };

  useFollowed(accountId, state, become);
  return { state, choose, reread, begin, ask, again: () => setState(start) };
}

function newRun(id: Id, name: string): ContactImport {
  const none = { total: null, done: 0, made: 0, merged: 0, skipped: 0, failed: 0, undone: 0, kept: 0 };
  return { id, name, addressBookId: '', state: 'waiting', reason: null, ...none };
}

/** Follows what is under way to its end. */
function useFollowed(accountId: Id, { step, run: shown }: ImportState, become: (change: Partial<ImportState>) => void) {
  const followed = step === 'running' ? shown?.id : undefined;
  useEffect(() => {
    if (followed === undefined) return undefined;
    return followImport(accountId, followed, (run) => {
      if (!run) return;
      become({ run, step: isUnderWay(run) ? 'running' : 'result', ...(run.failed > 0 ? { hasProblems: true } : {}) });
    });
  }, [accountId, followed, become]);
}
