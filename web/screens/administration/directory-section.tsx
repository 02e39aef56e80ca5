import { useCallback, useEffect, useState } from 'react';
import type { DirectoryStatus } from '../../../client/src/types.ts';
import { call } from '../../api/jmap.ts';
import { useLanguage, useMessages } from '../../locales/messages.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { SkeletonLines } from '../../ui/loading/skeleton.tsx';
import { ErrorState } from '../../ui/states.tsx';
import { attempt, describe, ownAccount } from './administration-operations.ts';
import rows from '../../ui/rows.module.css';
import styles from './administration.module.css';

const lookAgainMilliseconds = 2_000;

/** « Annuaire »: how the mirror of the organisation's directory is, and what an administrator decides. */
export function DirectorySection() {
  const { common } = useMessages();
  const [status, setStatus] = useState<DirectoryStatus>();
  const [error, setError] = useState<unknown>();
  const load = useCallback(() => {
    call('DirectoryStatus/get', { accountId: ownAccount(), ids: null }).then(
      ({ list }) => {
        setStatus(list[0]);
        setError(undefined);
      },
      (problem: unknown) => setError(problem),
    );
  }, []);
  useEffect(load, [load]);
  const isRequested = status?.isRequested === true;
  useEffect(() => {
    if (!isRequested) return undefined;
    const timer = setInterval(load, lookAgainMilliseconds);
    return () => clearInterval(timer);
  }, [isRequested, load]);
  if (error !== undefined) return <ErrorState text={describe(error)} onRetry={load} />;
  if (!status) return <SkeletonLines count={4} label={common.loading} />;
  return status.isConnected || status.syncedAt !== null ? <Mirror status={status} onChanged={load} /> : <None />;
}

function None() {
  const { administration } = useMessages();
  const { directory } = administration;
  return (
    <div>
      <p>{directory.none}</p>
      <p className={rows['detail']}>{directory.noneHint}</p>
    </div>
  );
}

function Mirror({ status, onChanged }: { readonly status: DirectoryStatus; readonly onChanged: () => void }) {
  const { administration } = useMessages();
  const { directory, countPeople, countGroups } = administration;
  const language = useLanguage();
  const time = (iso: string | null) =>
    iso === null
      ? directory.never
      : new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(iso));
  const read = async (acceptLosses: boolean) => {
    if (await attempt(() => call('DirectoryStatus/read', { accountId: ownAccount(), acceptLosses }))) onChanged();
  };
  return (
    <>
      {status.downSince === null ? null : (
        <Banner tone="danger" isInline>
          {directory.down(time(status.downSince))}
        </Banner>
      )}
      <p>{directory.counts(countPeople(status.people), countGroups(status.groups))}</p>
      <dl className={styles['facts']}>
        <dt>{directory.lastRead}</dt>
        <dd>{time(status.syncedAt)}</dd>
        <dt>{directory.lastSweep}</dt>
        <dd>{time(status.sweptAt)}</dd>
        {status.error === null ? null : (
          <>
            <dt>{directory.error}</dt>
            <dd>{status.error}</dd>
          </>
        )}
      </dl>
      <div className={styles['tools']}>
        <Button onPress={() => void read(false)} isDisabled={status.isRequested}>
          {status.isRequested ? directory.reading : directory.read}
        </Button>
      </div>
      {status.warning === null ? null : (
        <div>
          <Banner tone="warning" isInline>
            {status.warning}
          </Banner>
          <div className={styles['tools']}>
            <Button variant="danger" onPress={() => void read(true)} isDisabled={status.isRequested}>
              {directory.accept}
            </Button>
            <span className={rows['detail']}>{directory.acceptHint}</span>
          </div>
        </div>
      )}
      {status.clashes.length === 0 ? null : (
        <section>
          <h3>{directory.clashes}</h3>
          <ul className={styles['plain']}>
            {status.clashes.map(({ name, holder, claimant }) => (
              <li key={`${name} ${claimant}`}>{directory.clash(name, holder, claimant)}</li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
