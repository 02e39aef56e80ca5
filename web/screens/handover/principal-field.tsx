import { UsersRound } from 'lucide-react';
import { type RefObject, useState } from 'react';
import type { Id, Suggestion } from '../../../client/src/types.ts';
import { isEmailAddress } from '../../../src/format/mail/emailAddress.ts';
import { useSession } from '../../api/hooks.ts';
import { suggestionKey } from '../../model/sharing/suggestions.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { TokenField } from '../../ui/fields/token-field.tsx';
import { SuggestionRow } from '../sharing/grantee-field.tsx';
import { findPerson, useSuggestions } from '../sharing/use-suggestions.ts';
import styles from './handover.module.css';

/** The one who was chosen. */
export interface ChosenPrincipal {
  readonly id: Id;
  readonly name: string;
}

interface PrincipalFieldProps {
  readonly kind: 'individual' | 'group';
  readonly label: string;
  readonly description?: string;
  /** What the chip is called when it is read out. */
  readonly chosenLabel: string;
  readonly removeLabel: string;
  readonly emptyText: string;
  readonly value: ChosenPrincipal | null;
  readonly onChange: (chosen: ChosenPrincipal | null) => void;
  /** What is wrong. */
  readonly error: string | undefined;
  /** A text that nobody is known by. */
  readonly onUnknown: () => void;
  readonly without?: Id;
  readonly isDisabled?: boolean;
  readonly autoFocus?: boolean;
  readonly inputRef: RefObject<HTMLInputElement | null>;
}

const fromDirectory = ['directory'] as const;

/** One person, or one group, of the directory: a name is typed, and chosen from what is offered. */
export function PrincipalField(props: PrincipalFieldProps) {
  const { kind, value, onChange, without, error } = props;
  const { accountId } = useSession();
  const [text, setText] = useState('');
  const suggestions = useSuggestions(text, fromDirectory);
  const fits = (row: Suggestion) => row.kind === kind && row.principalId !== null && row.principalId !== without;
  const choose = ({ principalId, name, email }: Suggestion) => {
    setText('');
    if (principalId !== null) onChange({ id: principalId, name: name || (email ?? '') });
  };
  const commit = (typed: string) => {
    findPerson(accountId, typed).then(
      (found) => (found && fits(found) ? choose(found) : props.onUnknown()),
      () => props.onUnknown(),
    );
  };
  return (
    <TokenField<Suggestion>
      label={props.label}
      description={error || value ? undefined : props.description}
      tokens={value ? [{ id: value.id, label: value.name, icon: <Face kind={kind} chosen={value} /> }] : []}
      tokensLabel={props.chosenLabel}
      removeLabel={props.removeLabel}
      onRemove={() => onChange(null)}
      text={text}
      onText={setText}
      onCommit={commit}
      isComplete={isEmailAddress}
      hasSeparator={() => false}
      options={suggestions.list.filter(fits)}
      optionId={suggestionKey}
      renderOption={(suggestion) => <SuggestionRow suggestion={suggestion} typed={text} />}
      onChoose={choose}
      isLoading={suggestions.isLoading}
      emptyText={props.emptyText}
      isDisabled={props.isDisabled ?? false}
      autoFocus={(props.autoFocus ?? false) && !matchMedia('(pointer: coarse)').matches}
      inputRef={props.inputRef}
    >
      <p className={styles['problem']} aria-live="polite">
        {error}
      </p>
    </TokenField>
  );
}

function Face({ kind, chosen }: { readonly kind: PrincipalFieldProps['kind']; readonly chosen: ChosenPrincipal }) {
  const icon = kind === 'group' ? { icon: <UsersRound size={12} aria-hidden /> } : {};
  return <Avatar name={chosen.name} seed={chosen.id} size={22} {...icon} />;
}
