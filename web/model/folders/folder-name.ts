import { isSetFailure } from '../../../client/src/errors.ts';
import type { Messages } from '../../locales/messages.ts';

/** What is wrong with a name, and a free one where the server proposes it. */
export interface NameProblem {
  readonly text: string;
  readonly proposal?: string;
}

const maximumLength = 128;

/** What can be seen before asking the server (docs/jmap-extension.md, AddressBook). */
export function checkFolderName(name: string, { errors }: Messages['folders']): NameProblem | undefined {
  const trimmed = name.trim();
  if (trimmed === '') return { text: errors.nameEmpty };
  if ([...trimmed].length > maximumLength) return { text: errors.nameTooLong(maximumLength) };
  // eslint-disable-next-line no-control-regex -- control characters are what is refused
  if (/[/:"\u0000-\u001f\u007f]/.test(trimmed)) return { text: errors.nameInvalid };
  return undefined;
}

/** The server's refusal of a name in a person's words; undefined when it refused something else. */
export function nameProblemOf(error: unknown, name: string, { errors }: Messages['folders']): NameProblem | undefined {
  if (!isSetFailure(error)) return undefined;
  const { reason, proposedName } = error.error;
  if (reason === 'nameTaken')
    return { text: errors.nameTaken(name.trim()), ...(proposedName ? { proposal: proposedName } : {}) };
  if (reason === 'nameEmpty') return { text: errors.nameEmpty };
  if (reason === 'nameTooLong') return { text: errors.nameTooLong(maximumLength) };
  if (reason === 'nameInvalid') return { text: errors.nameInvalid };
  if (reason === 'nameReserved') return { text: errors.nameReserved };
  return undefined;
}
