import { useEffect, useState } from 'react';
import { useLanguage, useMessages } from '../../locales/messages.ts';
import { askWorker, canKeepOffline, isKeptOffline, keepOffline, useOfflineStatus } from '../../api/offline.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/fields/checkbox.tsx';
import styles from './preferences-screen.module.css';

/** Whether this browser keeps the contacts, and what became of changes that were made without a connection. */
export function OfflineSection() {
  const {
    preferences: { offline: words },
  } = useMessages();
  const language = useLanguage();
  const status = useOfflineStatus();
  const [isOn, setOn] = useState(isKeptOffline);
  const [hasFailed, setFailed] = useState(false);
  useEffect(() => void (isOn && askWorker('status')), [isOn]);
  const turn = (on: boolean) => {
    setOn(on);
    setFailed(false);
    keepOffline(on).catch(() => {
      setFailed(true);
      setOn(false);
    });
  };
  const moment = status?.syncedAt
    ? new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(status.syncedAt))
    : null;
  return (
    <div className={styles['offline']}>
      <Checkbox
        isSelected={isOn}
        isDisabled={!canKeepOffline()}
        onChange={turn}
        description={canKeepOffline() ? words.hint : words.unable}
      >
        {words.label}
      </Checkbox>
      {hasFailed ? (
        <Banner tone="danger" isInline isLive>
          {words.failed}
        </Banner>
      ) : null}
      {isOn ? (
        <p className={styles['hint']} role="status">
          {moment ? words.kept(moment) : words.keeping} {status?.waiting ? words.waiting(status.waiting) : ''}
        </p>
      ) : null}
      {status && status.refused.length > 0 ? <Refused /> : null}
    </div>
  );
}

function Refused() {
  const {
    contacts,
    preferences: { offline: words },
  } = useMessages();
  const refused = useOfflineStatus()?.refused ?? [];
  const reasonOf = (type: string) =>
    type === 'notFound' || type === 'forbidden' ? words.reasons[type] : words.reasons.other;
  return (
    <Banner
      tone="warning"
      isInline
      actions={
        <>
          <Button size="small" onPress={() => void askWorker('retry')}>
            {words.retry}
          </Button>
          <Button size="small" variant="quiet" onPress={() => void askWorker('abandon')}>
            {words.abandon}
          </Button>
        </>
      }
    >
      {words.refused}
      <ul>
        {refused.map(({ name, reason }, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- one contact may stand there twice
          <li key={index}>
            {name || contacts.unnamed} ({reasonOf(reason)})
          </li>
        ))}
      </ul>
    </Banner>
  );
}
