import { AtSign, TriangleAlert, UsersRound } from 'lucide-react';
import type { RefObject } from 'react';
import type { Id, ShareType, Share, Suggestion } from '../../../client/src/types.ts';
import { isEmailAddress } from '../../../src/format/mail/emailAddress.ts';
import { useMessages } from '../../locales/messages.ts';
import { hasSeparator, sameAddress } from '../../model/sharing/addresses.ts';
import { type Chip, chipKey } from '../../model/sharing/chips.ts';
import { emphasise, suggestionKey } from '../../model/sharing/suggestions.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { TokenField } from '../../ui/fields/token-field.tsx';
import styles from './grantee-field.module.css';
import type { Grantees } from './use-grantees.ts';
import { type SuggestionSource, useSuggestions } from './use-suggestions.ts';

interface GranteeFieldProps {
  readonly grantees: Grantees;
  readonly type: Exclude<ShareType, 'public'>;
  /** The shares of the folder, to say whose role would be replaced. */
  readonly shares: readonly Share[];
  readonly role: Share['role'];
  readonly isDisabled: boolean;
  readonly onResend: (chip: Chip, shareId: Id) => void;
  readonly inputRef: RefObject<HTMLInputElement | null>;
}

const sources: Record<'principal' | 'guest', readonly SuggestionSource[]> = {
  principal: ['directory', 'contacts'],
  guest: ['contacts'],
};

/** « ben@demo » looks whole, but whoever types it means the « ben@demo.example » that is offered. */
function isBeginning(typed: string, email: string | null): boolean {
  return email !== null && email.length > typed.length && email.toLowerCase().startsWith(typed.toLowerCase());
}

/** « Adresses mail »: chips, and below them what is wrong with which. */
export function GranteeField({ grantees, type, shares, role, isDisabled, onResend, inputRef }: GranteeFieldProps) {
  const { sharing } = useMessages();
  const { text } = grantees;
  // What is no address may be the name of one person: nothing is wrong with it before the directory has answered.
  const chips = grantees.chips.map((chip) =>
    chip.problem === 'invalid' && grantees.isAsked(chip) ? { ...chip, problem: null } : chip,
  );
  const suggestions = useSuggestions(text, sources[type]);
  const options = suggestions.list.filter((row) => !chips.some((chip) => chipKey(chip) === suggestionKey(row)));
  return (
    <TokenField<Suggestion>
      label={sharing.emails}
      description={
        suggestions.isDirectoryDown
          ? sharing.directoryDown
          : type === 'guest'
            ? sharing.emailsHintGuest
            : sharing.emailsHint
      }
      placeholder={type === 'guest' ? '' : sharing.emailsPlaceholder}
      tokens={chips.map((chip) => tokenOf(chip, chip.problem ? sharing.tokenErrors[chip.problem] : undefined))}
      tokensLabel={sharing.tokens}
      removeLabel={sharing.removeToken}
      onRemove={grantees.remove}
      text={text}
      onText={grantees.setText}
      onCommit={grantees.commit}
      isComplete={(typed) => isEmailAddress(typed) && !options.some(({ email }) => isBeginning(typed, email))}
      hasSeparator={hasSeparator}
      options={options}
      optionId={suggestionKey}
      renderOption={(suggestion) => <SuggestionRow suggestion={suggestion} typed={text} />}
      onChoose={grantees.choose}
      isLoading={suggestions.isLoading}
      emptyText={sharing.noSuggestion}
      isDisabled={isDisabled}
      // On a phone the keyboard would cover half of what there is to choose.
      autoFocus={!matchMedia('(pointer: coarse)').matches}
      inputRef={inputRef}
    >
      <ul className={styles['problems']} aria-live="polite">
        {chips.map((chip) => (
          <ChipLine
            key={chipKey(chip)}
            chip={chip}
            shares={shares}
            role={role}
            onCorrect={grantees.correct}
            onResend={onResend}
          />
        ))}
      </ul>
    </TokenField>
  );
}

function tokenOf(chip: Chip, error: string | undefined) {
  const icon = error ? <TriangleAlert size={14} aria-hidden /> : <GranteeAvatar chip={chip} size={22} />;
  return { id: chipKey(chip), label: nameOf(chip), icon, error };
}

function nameOf({ name, email }: Pick<Chip, 'name' | 'email'>): string {
  return name ?? email ?? '';
}

function GranteeAvatar({
  chip,
  size,
}: {
  readonly chip: Pick<Chip, 'name' | 'email' | 'kind' | 'principalId'>;
  readonly size: number;
}) {
  if (chip.kind === 'typed') return <AtSign size={14} aria-hidden />;
  const icon = chip.kind === 'group' ? <UsersRound size={Math.round(size * 0.55)} aria-hidden /> : undefined;
  return <Avatar name={nameOf(chip)} seed={chipKey(chip)} size={size} {...(icon ? { icon } : {})} />;
}

/** Somebody whom the directory, or one’s contacts, offer for what was typed. */
export function SuggestionRow({ suggestion, typed }: { readonly suggestion: Suggestion; readonly typed: string }) {
  const { sharing } = useMessages();
  const { name, email, kind, memberCount, department } = suggestion;
  return (
    <>
      <GranteeAvatar chip={suggestion} size={30} />
      <span className={styles['person']}>
        <span className={styles['name']}>
          <Emphasised text={name || email || ''} typed={typed} />
        </span>
        <span className={styles['detail']}>
          <Emphasised text={email ?? sharing.directoryGroup} typed={email === null ? '' : typed} />
          {department ? ` · ${department}` : null}
        </span>
      </span>
      <span className={styles['source']}>
        {kind === 'group' && memberCount !== null
          ? sharing.members(memberCount)
          : kind === 'contact'
            ? sharing.fromContacts
            : null}
      </span>
    </>
  );
}

function Emphasised({ text, typed }: { readonly text: string; readonly typed: string }) {
  return emphasise(text, typed).map((part) => (part.isMatch ? <mark key={part.start}>{part.text}</mark> : part.text));
}

interface ChipLineProps extends Pick<GranteeFieldProps, 'shares' | 'role' | 'onResend'> {
  readonly chip: Chip;
  readonly onCorrect: (chip: Chip) => void;
}

/** What is to say of one chip: its error with a way out, or that a share there is will change. */
function ChipLine({ chip, shares, role, onCorrect, onResend }: ChipLineProps) {
  const { sharing, common } = useMessages();
  const { problem, existingId } = chip;
  if (problem) {
    return (
      <li className={styles['problem']}>
        <span>
          <strong>{nameOf(chip)}</strong> – {sharing.tokenErrors[problem]}
        </span>
        {existingId ? (
          <LinkButton label={sharing.resendOf(nameOf(chip))} onPress={() => onResend(chip, existingId)}>
            {sharing.resend}
          </LinkButton>
        ) : null}
        {problem === 'unknown' || problem === 'invalid' ? (
          <LinkButton label={`${sharing.correct} ${nameOf(chip)}`} onPress={() => onCorrect(chip)}>
            {sharing.correct}
          </LinkButton>
        ) : null}
      </li>
    );
  }
  const existing = shares.find((share) => isFor(share, chip));
  if (!existing || existing.role === role) return null;
  return <li className={styles['notice']}>{sharing.changesRole(existing.name, common.roles[existing.role])}</li>;
}

function isFor(share: Share, chip: Chip): boolean {
  if (chip.principalId !== null && share.principalId === chip.principalId) return true;
  return share.type !== 'public' && share.email !== null && sameAddress(share.email, chip.email);
}
