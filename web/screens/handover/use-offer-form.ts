import { type RefObject, useRef, useState } from 'react';
import type { FolderHandover } from '../../../client/src/requests.ts';
import type { AddressBook } from '../../../client/src/types.ts';
import type { InAccount } from '../../api/inAccount.ts';
import { describeRefusal, offerFolder } from './handover-operations.ts';
import { useHandoverTexts } from './handover-texts.ts';
import type { ChosenPrincipal } from './principal-field.tsx';

/** What one may keep of a folder. */
export const keptRoles = ['none', 'viewer', 'contributor', 'manager', 'admin'] as const;

/** The fields of « Céder le dossier ». */
export interface OfferForm {
  readonly person: ChosenPrincipal | null;
  readonly choose: (person: ChosenPrincipal | null) => void;
  readonly personError: string | undefined;
  readonly unknown: () => void;
  readonly keptRole: FolderHandover['keptRole'];
  readonly setKeptRole: (role: FolderHandover['keptRole']) => void;
  readonly note: string;
  readonly setNote: (note: string) => void;
  readonly isWorking: boolean;
  readonly failure: string | undefined;
  readonly submit: () => void;
}

/** Keeps what is filled in, and offers the folder once. */
export function useOfferForm(
  book: InAccount<AddressBook>,
  input: RefObject<HTMLInputElement | null>,
  onDone: () => void,
): OfferForm {
  const texts = useHandoverTexts();
  const [person, setPerson] = useState<ChosenPrincipal | null>(null);
  const [problem, setProblem] = useState<'missing' | 'unknown'>();
  const [keptRole, setKeptRole] = useState<FolderHandover['keptRole']>('none');
  const [note, setNote] = useState('');
  const [isWorking, setWorking] = useState(false);
  const [failure, setFailure] = useState<string>();
  const isBusy = useRef(false);
  return {
    person,
    choose(chosen) {
      setPerson(chosen);
      setProblem(undefined);
      setFailure(undefined);
    },
    personError: problem && texts.personErrors[problem],
    unknown: () => setProblem('unknown'),
    keptRole,
    setKeptRole,
    note,
    setNote,
    isWorking,
    failure,
    submit() {
      if (person === null) {
        setProblem((known) => known ?? 'missing');
        input.current?.focus();
        return;
      }
      // State comes too late for a second press within one frame.
      if (isBusy.current) return;
      isBusy.current = true;
      setWorking(true);
      setFailure(undefined);
      const wanted = { addressBookId: book.id, toId: person.id, keptRole, note: note.trim() || null };
      offerFolder(book.accountId, wanted, { folder: book.name, to: person.name })
        .then(onDone, (error: unknown) => setFailure(describeRefusal(error)))
        .finally(() => {
          isBusy.current = false;
          setWorking(false);
        });
    },
  };
}
