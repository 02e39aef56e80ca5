import { type RefObject, useEffect, useRef, useState } from 'react';
import { describeError } from '../../api/errors.ts';
import { useCollection, usePrincipal, useSession } from '../../api/hooks.ts';
import type { AddressBook, Id, InAccount, Role, Share, ShareMail, ShareType } from '../../api/types.ts';
import { messages } from '../../locales/messages.ts';
import { type Chip, type ChipContext, chipKey, isSendable } from '../../model/chips.ts';
import { endOfDay, isToCome } from '../../model/end-date.ts';
import { announce } from '../../ui/announce.ts';
import { mailToSend } from './share-fields.tsx';
import { attempt, makeShares, resendShare, tellMade } from './share-operations.ts';
import { type Grantees, useGrantees } from './use-grantees.ts';

/** Everything that the sharing dialog holds. */
export interface ShareForm {
  readonly type: ShareType;
  readonly setType: (type: ShareType) => void;
  readonly grantees: Grantees;
  readonly role: Role;
  readonly setRole: (role: Role) => void;
  readonly day: string;
  readonly setDay: (day: string) => void;
  readonly mail: ShareMail;
  readonly setMail: (mail: ShareMail) => void;
  /** The shares of the folder that there are. */
  readonly shares: readonly Share[];
  /** The public link, where « Public » is chosen and there is one. */
  readonly publicUrl: string | null;
  readonly isReady: boolean;
  readonly isWorking: boolean;
  readonly failure: string | undefined;
  /** Some shares are made, others wait for a correction. */
  readonly isPartlyMade: boolean;
  /** The address field: where one goes on after a refusal. */
  readonly addressRef: RefObject<HTMLInputElement | null>;
  readonly submit: () => void;
  readonly resend: (chip: Chip, shareId: Id) => void;
}

const standard: ShareMail = { message: 'standard', note: null };

/** The state of the sharing dialog of a folder; `onDone` when every share is made. */
export function useShareForm(book: InAccount<AddressBook>, onDone: () => void): ShareForm {
  const context = useChipContext(book);
  const [type, chooseType] = useState<ShareType>('principal');
  const grantees = useGrantees({ ...context, type });
  const [role, setRole] = useState<Role>('viewer');
  const [day, setDay] = useState('');
  const [mail, setMail] = useState(standard);
  const shares = useCollection('Share', [book.accountId]).list.filter((share) => share.addressBookId === book.id);
  const [isWorking, setWorking] = useState(false);
  const isBusy = useRef(false);
  const [failure, setFailure] = useState<string>();
  const [isPartlyMade, setPartlyMade] = useState(false);
  const addressRef = useRef<HTMLInputElement>(null);
  const isRefused = !isWorking && (isPartlyMade || failure !== undefined);

  useEffect(() => {
    if (isRefused) addressRef.current?.focus();
  }, [isRefused]);

  const publicUrl = type === 'public' ? (shares.find((share) => share.type === 'public')?.url ?? null) : null;
  const hasAddress = type === 'public' ? !publicUrl : grantees.text.trim() !== '' || grantees.chips.some(isSendable);
  const isReady = hasAddress && (day === '' || isToCome(day, new Date()));

  const send = async () => {
    const { sharing } = messages();
    const settled = await grantees.settled();
    const chips = type === 'public' ? [] : settled.filter(isSendable);
    if (chips.length === 0 && type !== 'public') return;
    const given = type === 'principal' && role !== 'custom' ? role : 'viewer';
    const wanted = { accountId: book.accountId, addressBookId: book.id, type, chips, role: given, expiresAt: endOfDay(day), mail: mailToSend(mail) };
    const { made, refused } = await makeShares(wanted);
    if (type === 'public') {
      if (made.length === 0) setFailure(sharing.notCreated);
      else announce(sharing.publicReady);
      return;
    }
    grantees.keepRefused(chips, refused);
    if (made.length > 0) tellMade(book.accountId, made, shares);
    const isComplete = refused.every((error) => error === undefined) && chips.length === settled.length;
    setPartlyMade(made.length > 0);
    if (isComplete) onDone();
    else if (made.length === 0) setFailure(sharing.notCreated);
  };

  const submit = () => {
    // State comes too late for a second press within one frame.
    if (!isReady || isBusy.current) return;
    isBusy.current = true;
    setWorking(true);
    setFailure(undefined);
    send()
      .catch((error: unknown) => setFailure(describeError(error)))
      .finally(() => {
        isBusy.current = false;
        setWorking(false);
      });
  };

  return {
    type,
    setType(chosen) {
      chooseType(chosen);
      setFailure(undefined);
      grantees.recheck({ ...context, type: chosen });
      // A guest has nothing without the mail that brings the link.
      if (chosen === 'guest' && mail.message === 'none') setMail(standard);
    },
    grantees,
    role,
    setRole,
    day,
    setDay,
    mail,
    setMail,
    shares,
    publicUrl,
    isReady,
    isWorking,
    failure,
    isPartlyMade,
    addressRef,
    submit,
    resend(chip, shareId) {
      const wanted = mailToSend(mail);
      const told = resendShare(book.accountId, shareId, wanted.message === 'none' ? standard : wanted);
      const settle = () => {
        grantees.remove(chipKey(chip));
        setFailure(undefined);
        setPartlyMade(false);
      };
      attempt(told.then(settle));
    },
  };
}

function useChipContext(book: InAccount<AddressBook>): Omit<ChipContext, 'type'> {
  const { session, accountId } = useSession();
  const me = usePrincipal(accountId);
  const ownEmail = me?.email ?? (session.username.includes('@') ? session.username : null);
  return { ownEmail, ownPrincipalId: accountId, ownerPrincipalId: book.accountId };
}
