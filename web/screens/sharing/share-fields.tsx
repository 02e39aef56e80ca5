import type { AddressBook, Role, ShareMail, ShareType } from '../../../client/src/types.ts';
import { useSession } from '../../api/hooks.ts';
import { useLanguage, useMessages } from '../../locales/messages.ts';
import { outsideOf } from '../../model/outside.ts';
import { dayInWords, dayOf, endOfDay, isToCome } from '../../model/sharing/end-date.ts';
import { CopyField } from '../../ui/fields/copy-field.tsx';
import { DateField } from '../../ui/fields/date-field.tsx';
import { RadioGroup } from '../../ui/fields/radio-group.tsx';
import { Select } from '../../ui/fields/select.tsx';
import { TextArea } from '../../ui/fields/text-field.tsx';
import styles from './share-fields.module.css';

const roles = ['none', 'viewer', 'contributor', 'manager', 'admin'] as const;
/** What people outside may have. */
const guestRoles = ['viewer', 'contributor'] as const;

interface RoleFieldProps {
  readonly value: Role;
  readonly onChange: (role: Role) => void;
  /** A share that was made with single rights keeps them until another role is chosen. */
  readonly hasCustom?: boolean;
  readonly isDisabled?: boolean;
  readonly type?: 'principal' | 'guest';
}

/** « Rôle »: each with what it allows. */
export function RoleField({
  value,
  onChange,
  hasCustom = false,
  isDisabled = false,
  type = 'principal',
}: RoleFieldProps) {
  const { sharing, common } = useMessages();
  const offered: readonly Role[] = type === 'guest' ? guestRoles : hasCustom ? [...roles, 'custom'] : roles;
  return (
    <RadioGroup<Role>
      label={sharing.role}
      orientation="horizontal"
      options={offered.map((id) => ({ id, label: common.roles[id], description: sharing.roleHints[id] }))}
      value={value}
      onChange={onChange}
      isDisabled={isDisabled}
    />
  );
}

interface EndDateFieldProps {
  /** A day, or empty. */
  readonly value: string;
  readonly onChange: (day: string) => void;
  readonly isDisabled?: boolean;
  /** With whom: how long it may last is an administrator's to say for people outside. */
  readonly type?: ShareType;
}

/** « Fin du partage »; none by default. */
export function EndDateField({ value, onChange, isDisabled = false, type = 'principal' }: EndDateFieldProps) {
  const { sharing } = useMessages();
  const language = useLanguage();
  const { mostDays } = outsideOf(useSession().session);
  const most = type === 'principal' ? null : mostDays[type];
  const end = endOfDay(value);
  return (
    <DateField
      label={sharing.endDate}
      isOptional
      value={value}
      onChange={onChange}
      min={dayOf(new Date().toISOString())}
      clearLabel={sharing.endDateClear}
      description={
        end && isToCome(value, new Date())
          ? sharing.endDateSet(dayInWords(end, language))
          : value
            ? undefined
            : most === null
              ? sharing.endDateNone
              : sharing.endDateMost(most)
      }
      error={value && !isToCome(value, new Date()) ? sharing.endDatePast : undefined}
      isDisabled={isDisabled}
    />
  );
}

type MessageChoice = ShareMail['message'];

/** The order of the sharing dialog; the answers to an invitation begin with none. */
export const messageChoices = ['standard', 'note', 'none'] as const satisfies readonly MessageChoice[];

interface MessageFieldProps {
  readonly value: ShareMail;
  readonly onChange: (mail: ShareMail) => void;
  readonly choices?: readonly MessageChoice[];
  readonly label?: string;
  readonly description?: string;
  readonly isDisabled?: boolean;
}

/** « Message »: what is told by mail. */
export function MessageField({
  value,
  onChange,
  choices = messageChoices,
  label,
  description,
  isDisabled = false,
}: MessageFieldProps) {
  const { sharing } = useMessages();
  const hint = description ?? (value.message === 'none' ? undefined : sharing.messageHint);
  return (
    <Select
      label={label ?? sharing.message}
      options={choices.map((id) => ({ id, label: sharing.messages[id] }))}
      value={value.message}
      onChange={(message) => onChange({ ...value, message })}
      isDisabled={isDisabled}
      {...(hint ? { description: hint } : {})}
    />
  );
}

/** The note of one's own, where the message wants one. */
export function NoteField({
  value,
  onChange,
  isDisabled = false,
}: Pick<MessageFieldProps, 'value' | 'onChange' | 'isDisabled'>) {
  const { sharing } = useMessages();
  if (value.message !== 'note') return null;
  return (
    <TextArea
      label={sharing.note}
      placeholder={sharing.notePlaceholder}
      rows={3}
      maxLength={2000}
      value={value.note ?? ''}
      onChange={(note) => onChange({ ...value, note })}
      isDisabled={isDisabled}
      autoFocus
    />
  );
}

/** What is sent of a chosen message: a note only where one is wanted and written. */
export function mailToSend({ message, note }: ShareMail): ShareMail {
  const text = note?.trim();
  if (message !== 'note') return { message, note: null };
  return text ? { message, note: text } : { message: 'standard', note: null };
}

/** « URL »: the address of the folder as a file, for those with whom it is shared; « Annuaire » has none. */
export function FolderAddress({ book }: { readonly book: AddressBook }) {
  const { sharing } = useMessages();
  if (book.downloadUrl === null) return null;
  return (
    <CopyField
      label={sharing.url}
      value={book.downloadUrl}
      description={sharing.urlHint}
      copyLabel={sharing.copyUrl}
      failedText={sharing.copyFailed}
    />
  );
}

/** Fields side by side where there is room. */
export function FieldColumns({ children }: { readonly children: React.ReactNode }) {
  return <div className={styles['columns']}>{children}</div>;
}
