import { useCallback, useEffect, useRef, useState } from 'react';
import type { ContactImport } from '../../../client/src/imports.ts';
import type { Id } from '../../../client/src/types.ts';
import type { ZimbraPreview } from '../../../client/src/zimbra.ts';
import { describeError } from '../../api/errors.ts';
import { changeImport, followImport, isUnderWay } from '../transfer/import-operations.ts';
import {
  fetchAccount,
  previewAccount,
  refusalOf,
  startAccount,
  uploadContacts,
  type ZimbraAccess,
  type ZimbraChoices,
} from './zimbra-operations.ts';
import { useZimbraTexts } from './zimbra-texts.ts';

/** Where moving in stands. */
export interface ZimbraState {
  readonly step: 'choose' | 'reading' | 'preview' | 'running' | 'result';
  readonly preview: ZimbraPreview | undefined;
  readonly choices: ZimbraChoices;
  readonly run: ContactImport | undefined;
  readonly problem: string | undefined;
  readonly asksForCode: boolean;
  /** The preview is being made anew, with other choices. */
  readonly isRereading: boolean;
}

const start: ZimbraState = {
  step: 'choose',
  preview: undefined,
  choices: { shares: 'none', withTrash: false },
  run: undefined,
  problem: undefined,
  asksForCode: false,
  isRereading: false,
};

/** One account that is taken over: from its archive or its server to the end of the import. */
export function useZimbra(accountId: Id) {
  const words = useZimbraTexts();
  const [state, setState] = useState(start);
  const source = useRef({ blobId: '', name: '' });
  const become = useCallback((change: Partial<ZimbraState>) => setState((before) => ({ ...before, ...change })), []);

  const fail = (error: unknown, step: ZimbraState['step']) => {
    const reason = refusalOf(error);
    const told = reason === undefined ? undefined : words.refusals[reason];
    become({ step, problem: told ?? describeError(error), isRereading: false });
  };
  const look = async (choices: ZimbraChoices) => {
    const preview = await previewAccount(accountId, source.current.blobId, choices);
    become({ step: 'preview', preview, choices, problem: undefined, isRereading: false });
  };
  const takeFile = async (file: File) => {
    setState({ ...start, step: 'reading' });
    try {
      source.current = { blobId: await uploadContacts(accountId, file), name: file.name };
      await look(start.choices);
    } catch (error) {
      fail(error, 'choose');
    }
  };
  const takeAccount = async (access: ZimbraAccess) => {
    become({ step: 'reading', problem: undefined });
    try {
      const { blobId, problem } = await fetchAccount(accountId, access);
      if (problem !== null || blobId === null) {
        const told = words.problems[problem ?? 'failed'] ?? words.problems['failed'];
        setState({ ...start, problem: told, asksForCode: problem === 'twoFactor' });
        return;
      }
      source.current = { blobId, name: access.username };
      await look(start.choices);
    } catch (error) {
      fail(error, 'choose');
    }
  };
  const choose = (choices: ZimbraChoices) => {
    become({ choices, isRereading: true });
    look(choices).catch((error: unknown) => fail(error, 'preview'));
  };
  const begin = async () => {
    try {
      const { blobId, name } = source.current;
      const id = await startAccount(accountId, blobId, name, state.choices);
      become({ step: 'running', run: newRun(id, name), problem: undefined });
    } catch (error) {
      fail(error, 'preview');
    }
  };
  const ask = (wanted: 'cancelled' | 'undoing') => {
    const { run } = state;
    if (!run) return;
    changeImport(accountId, run.id, wanted).then(
      () => wanted === 'undoing' && become({ step: 'running', run: { ...run, state: 'undoing' } }),
      (error: unknown) => become({ problem: describeError(error) }),
    );
  };

  const followed = state.step === 'running' ? state.run?.id : undefined;
  useEffect(() => {
    if (followed === undefined) return undefined;
    return followImport(accountId, followed, (run) => {
      if (run) become({ run, step: isUnderWay(run) ? 'running' : 'result' });
    });
  }, [accountId, followed, become]);
  return { state, takeFile, takeAccount, choose, begin, ask, again: () => setState(start) };
}

function newRun(id: Id, name: string): ContactImport {
  const none = { total: null, done: 0, made: 0, merged: 0, skipped: 0, failed: 0, undone: 0, kept: 0 };
  return { id, name, addressBookId: '', state: 'waiting', reason: null, ...none };
}
