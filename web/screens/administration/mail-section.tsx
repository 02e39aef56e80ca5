import { MailCheck } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import type { HeldMail } from '../../../client/src/types.ts';
import { call } from '../../api/jmap.ts';
import { useLanguage, useMessages } from '../../locales/messages.ts';
import { Button } from '../../ui/button.tsx';
import { SkeletonLines } from '../../ui/loading/skeleton.tsx';
import { EmptyState, ErrorState } from '../../ui/states.tsx';
import { showToast } from '../../ui/toasts.tsx';
import { attempt, describe, ownAccount } from './administration-operations.ts';
import rows from '../../ui/rows.module.css';
import styles from './administration.module.css';

/** « Mails non envoyés »: why each did not leave, to be tried again or thrown away. */
export function MailSection() {
  const { administration, common } = useMessages();
  const { mails } = administration;
  const [list, setList] = useState<readonly HeldMail[]>();
  const [error, setError] = useState<unknown>();
  const load = useCallback(() => {
    call('HeldMail/get', { accountId: ownAccount(), ids: null }).then(
      (found) => {
        setList(found.list);
        setError(undefined);
      },
      (problem: unknown) => setError(problem),
    );
  }, []);
  useEffect(load, [load]);
  if (error !== undefined) return <ErrorState text={describe(error)} onRetry={load} />;
  if (!list) return <SkeletonLines count={3} label={common.loading} />;
  if (list.length === 0)
    return <EmptyState headingLevel={3} icon={<MailCheck size={24} />} title={mails.empty} text={mails.emptyText} />;
  const act = async (task: () => Promise<unknown>, said: string) => {
    if (await attempt(task)) showToast(said);
    load();
  };
  const accountId = ownAccount();
  return (
    <ul className={styles['list']}>
      {list.map((mail) => (
        <li key={mail.id} className={rows['row']}>
          <MailFacts mail={mail} />
          <div className={styles['badges']}>
            <Button
              size="small"
              aria-label={mails.retryOf(mail.subject, mail.to)}
              onPress={() => void act(() => call('HeldMail/retry', { accountId, ids: [mail.id] }), mails.retried)}
            >
              {mails.retry}
            </Button>
            <Button
              size="small"
              variant="quiet"
              aria-label={mails.dropOf(mail.subject, mail.to)}
              onPress={() => void act(() => call('HeldMail/set', { accountId, destroy: [mail.id] }), mails.dropped)}
            >
              {mails.drop}
            </Button>
          </div>
        </li>
      ))}
    </ul>
  );
}

function MailFacts({ mail }: { readonly mail: HeldMail }) {
  const { administration } = useMessages();
  const { mails } = administration;
  const language = useLanguage();
  const time = (iso: string) =>
    new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso));
  const state = mail.nextAttemptAt === null ? mails.givenUp : mails.next(time(mail.nextAttemptAt));
  return (
    <div className={rows['what']}>
      <span className={rows['name']}>{mail.subject}</span>
      <span className={rows['detail']}>
        {[mails.to(mail.to), time(mail.queuedAt), mails.attempts(mail.attempts), state].join(' · ')}
      </span>
      <span className={rows['detail']}>{mail.lastError}</span>
    </div>
  );
}
