import type { MailKind } from '../../../client/src/types.ts';
import { describeError } from '../../api/errors.ts';
import { usePreferences, useSession } from '../../api/hooks.ts';
import { useMessages } from '../../locales/messages.ts';
import { setPreferences } from '../../model/appearance.ts';
import { Checkbox } from '../../ui/fields/checkbox.tsx';
import { showFailure } from '../../ui/toasts.tsx';
import styles from './preferences-screen.module.css';

const kinds: readonly MailKind[] = ['created', 'modified', 'ended', 'answered', 'asked'];

/** « Mails »: which of them one wants to get; each box holds at once. */
export function MailPreferences() {
  const { preferences } = useMessages();
  const { accountId } = useSession();
  const current = usePreferences();
  if (!current) return null;
  const choose = (kind: MailKind, wants: boolean) => {
    const mails = { ...current.mails, [kind]: wants };
    setPreferences(accountId, { mails }).catch((error: unknown) => showFailure(describeError(error)));
  };
  return (
    <>
      <h2 className={styles['heading']}>{preferences.sections.mails}</h2>
      <div role="group" aria-labelledby="mails-intro" className={styles['choices']}>
        <p id="mails-intro">{preferences.mails.intro}</p>
        {kinds.map((kind) => (
          <Checkbox key={kind} isSelected={current.mails[kind]} onChange={(wants) => choose(kind, wants)}>
            {preferences.mails[kind]}
          </Checkbox>
        ))}
      </div>
      <p className={styles['hint']}>{preferences.mails.hint}</p>
    </>
  );
}
