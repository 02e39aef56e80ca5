import { useMessages } from '../../locales/messages.ts';
import { minimumPassword } from '../../model/minimum-password.ts';
import { TextField } from '../../ui/fields/text-field.tsx';

interface NewPasswordFieldProps {
  readonly label?: string;
  readonly value: string;
  readonly onChange: (password: string) => void;
  /** Somebody has tried to submit the form: a password that is too short is an error from then on. */
  readonly isAsked: boolean;
  readonly autoFocus?: boolean;
}

/** Where somebody chooses a password of their own. */
export function NewPasswordField({ label, value, onChange, isAsked, autoFocus = false }: NewPasswordFieldProps) {
  const { entry } = useMessages();
  const isWrong = isAsked && value.length < minimumPassword;
  return (
    <TextField
      label={label ?? entry.password}
      type="password"
      autoComplete="new-password"
      value={value}
      onChange={onChange}
      autoFocus={autoFocus}
      {...(isWrong ? { error: entry.setupPasswordHint } : { description: entry.setupPasswordHint })}
    />
  );
}
