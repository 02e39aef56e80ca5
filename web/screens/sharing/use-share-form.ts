import { type RefObject, useEffect, useRef, useState } from 'react';
import { useCollection, usePrincipal, useSession } from '../../api/hooks.ts';
import type { AddressBook, Id, Role, Share, ShareMail, ShareType } from '../../../client/src/types.ts';
import type { InAccount } from '../../api/inAccount.ts';
import { messages } from '../../locales/messages.ts';
import { type Chip, type ChipContext, chipKey, isSendable } from '../../model/sharing/chips.ts';
import { endOfDay, isToCome } from '../../model/sharing/end-date.ts';
import { announce } from '../../ui/announce.ts';
import { mailToSend } from './share-fields.tsx';
import { attempt, makeShares, resendShare, tellMade, type WantedShares } from './share-operations.ts';
import { type Grantees, useGrantees } from './use-grantees.ts';
import { useShareAction } from './use-share-action.ts';

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
  readonly submit: () => unknown;
  readonly resend: (chip: Chip, shareId: Id) => void;
}

const standard: ShareMail = { message: 'standard', note: null };

/** What became of « OK »: everything made, some to correct, or nothing made. */
type Outcome = 'complete' | 'partly' | 'refused';

/** The state of the sharing dialog of a folder; `onDone` when every share is made. */
export function useShareForm(book: InAccount<AddressBook>, onDone: () => void): ShareForm {
  const context = useChipContext(book);
  const [type, chooseType] = useState<ShareType>('principal');
  const grantees = useGrantees({ ...context, type });
  const [role, setRole] = useState<Role>('viewer');
  const [day, setDay] = useState('');
  const [mail, setMail] = useState(standard);
  const shares = useCollection('Share', [book.accountId]).list.filter((share) => share.addressBookId === book.id);
  const [outcome, setOutcome] = useState<Outcome>('complete');
  const action = useShareAction(async () => {
    setOutcome('complete');
    const given = type !== 'public' && role !== 'custom' ? role : 'viewer';
    const wanted = {
      accountId: book.accountId,
      addressBookId: book.id,
      role: given,
      expiresAt: endOfDay(day),
      mail: mailToSend(mail),
    };
    const reached = type === 'public' ? await publish(wanted) : await share({ ...wanted, type }, grantees, shares);
    setOutcome(reached);
    // The dialog stays to show the public link.
    if (reached === 'complete' && type !== 'public') onDone();
  }, nothing);
  const addressRef = useFocusOnRefusal(!action.isWorking && (outcome !== 'complete' || action.failure !== undefined));

  const publicUrl = type === 'public' ? (shares.find((other) => other.type === 'public')?.url ?? null) : null;
  const hasAddress =
    type === 'public'
      ? !publicUrl
      : grantees.text.trim() !== '' || grantees.chips.some((chip) => isSendable(chip) || grantees.isAsked(chip));
  const isReady = hasAddress && (day === '' || isToCome(day, new Date()));

  const setType = (chosen: ShareType) => {
    chooseType(chosen);
    setOutcome('complete');
    grantees.recheck({ ...context, type: chosen });
    // Of the roles a guest may have two.
    if (chosen === 'guest' && role !== 'contributor') setRole('viewer');
    // A guest has nothing without the mail that brings the link.
    if (chosen === 'guest' && mail.message === 'none') setMail(standard);
  };
  const resend = (chip: Chip, shareId: Id) => {
    const chosen = mailToSend(mail);
    const told = resendShare(book.accountId, shareId, chosen.message === 'none' ? standard : chosen);
    const settle = () => {
      grantees.remove(chipKey(chip));
      setOutcome('complete');
    };
    attempt(told.then(settle));
  };

  return {
    type,
    setType,
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
    isWorking: action.isWorking,
    failure: action.failure ?? (outcome === 'refused' ? messages().sharing.notCreated : undefined),
    isPartlyMade: outcome === 'partly',
    addressRef,
    submit: () => isReady && action.run(),
    resend,
  };
}

const nothing = () => {};

type Terms = Omit<WantedShares, 'type' | 'chips'>;

async function publish(terms: Terms): Promise<Outcome> {
  const { made } = await makeShares({ ...terms, type: 'public', chips: [] });
  if (made.length === 0) return 'refused';
  announce(messages().sharing.publicReady);
  return 'complete';
}

/** Sends every address that may be right; what is refused stays in the field. */
async function share(
  wanted: Terms & { type: ShareType },
  grantees: Grantees,
  before: readonly Share[],
): Promise<Outcome> {
  const settled = await grantees.settled();
  const chips = settled.filter(isSendable);
  if (chips.length === 0) return 'refused';
  const { made, refused } = await makeShares({ ...wanted, chips });
  grantees.keepRefused(chips, refused);
  if (made.length === 0) return 'refused';
  tellMade(wanted.accountId, made, before);
  return made.length === settled.length ? 'complete' : 'partly';
}

function useFocusOnRefusal(isRefused: boolean): RefObject<HTMLInputElement | null> {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isRefused) field.current?.focus();
  }, [isRefused]);
  return field;
}

function useChipContext(book: InAccount<AddressBook>): Omit<ChipContext, 'type'> {
  const { session, accountId } = useSession();
  const me = usePrincipal(accountId);
  const ownEmail = me?.email ?? (session.username.includes('@') ? session.username : null);
  return { ownEmail, ownPrincipalId: accountId, ownerPrincipalId: book.accountId };
}
