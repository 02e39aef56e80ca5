import { useState } from 'react';
import { describeError } from '../../api/errors.ts';
import { useMessages } from '../../locales/messages.ts';
import { checkFolderName, type NameProblem, nameProblemOf } from '../../model/folders/folder-name.ts';

/** The state of a form with the name of a folder. */
export interface NameForm {
  readonly name: string;
  readonly setName: (name: string) => void;
  readonly problem: NameProblem | undefined;
  /** What the server refused for another reason than the name. */
  readonly failure: string | undefined;
  readonly isPending: boolean;
  readonly submit: () => Promise<void>;
}

/** A form around a folder's name: checks it, runs the operation, shows what was refused. */
export function useNameForm(initial: string, operation: (name: string) => Promise<void>): NameForm {
  const { folders } = useMessages();
  const [name, setText] = useState(initial);
  const [problem, setProblem] = useState<NameProblem>();
  const [failure, setFailure] = useState<string>();
  const [isPending, setPending] = useState(false);

  const setName = (text: string) => {
    setText(text);
    setProblem(undefined);
  };

  const submit = async () => {
    if (isPending) return;
    const wrong = checkFolderName(name, folders);
    setProblem(wrong);
    setFailure(undefined);
    if (wrong) return;
    setPending(true);
    try {
      await operation(name);
    } catch (error) {
      const refused = nameProblemOf(error, name, folders);
      setProblem(refused);
      if (!refused) setFailure(describeError(error));
    } finally {
      setPending(false);
    }
  };

  return { name, setName, problem, failure, isPending, submit };
}
