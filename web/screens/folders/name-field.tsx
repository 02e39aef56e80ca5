import { useEffect, useRef } from 'react';
import { useMessages } from '../../locales/messages.ts';
import type { NameProblem } from '../../model/folders/folder-name.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';

interface NameFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (name: string) => void;
  readonly problem: NameProblem | undefined;
  /** False where the name is one of several things to read first. */
  readonly autoFocus?: boolean;
}

/** The « Nom » of a folder; a taken name comes with a free one to use instead. */
export function NameField({ label, value, onChange, problem, autoFocus = true }: NameFieldProps) {
  const { folders } = useMessages();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // The refusal is read out with the field.
    if (problem) input.current?.focus();
  }, [problem]);
  const proposal = problem?.proposal;
  const error = problem ? (
    <>
      <span>{problem.text}</span>
      {proposal ? (
        <Button size="small" onPress={() => onChange(proposal)}>
          {folders.useProposal(proposal)}
        </Button>
      ) : null}
    </>
  ) : undefined;
  return (
    <TextField
      label={label}
      value={value}
      onChange={onChange}
      error={error}
      inputRef={input}
      autoFocus={autoFocus}
      autoComplete="off"
    />
  );
}
