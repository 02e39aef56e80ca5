import { Download, ScrollText } from 'lucide-react';
import { useState } from 'react';
import { useLanguage, useMessages } from '../../../locales/messages.ts';
import { Button } from '../../../ui/button.tsx';
import { SkeletonLines } from '../../../ui/loading/skeleton.tsx';
import { EmptyState, ErrorState } from '../../../ui/states.tsx';
import { describe } from '../administration-operations.ts';
import rows from '../../../ui/rows.module.css';
import { saveFrom } from '../../transfer/save-file.ts';
import { AuditFilters } from './audit-filters.tsx';
import { AuditRow } from './audit-row.tsx';
import { useAuditTexts } from './audit-texts.ts';
import styles from './audit.module.css';
import { type AuditChoice, filterOf, noChoice, useAudit } from './use-audit.ts';

/** « Journal d'audit »: who did what, to be searched and exported. */
export function AuditSection() {
  const messages = useMessages();
  const texts = useAuditTexts();
  const language = useLanguage();
  const [choice, setChoice] = useState<AuditChoice>(noChoice);
  const [round, setRound] = useState(0);
  const { records, hasMore, isLoading, error, more } = useAudit(choice, round);
  const refresh = () => setRound((before) => before + 1);
  const save = (format: 'csv' | 'jsonl') => {
    const separator = language === 'fr' ? ';' : ',';
    saveFrom(`/audit.${format}?${new URLSearchParams({ ...filterOf(choice), language, separator })}`);
  };
  return (
    <>
      <p className={rows['detail']}>{texts.intro}</p>
      <AuditFilters choice={choice} onChange={setChoice} onRefresh={refresh} />
      {error !== undefined ? <ErrorState text={describe(error)} onRetry={refresh} /> : null}
      {records === undefined && error === undefined ? (
        <SkeletonLines count={6} label={messages.common.loading} />
      ) : null}
      {records ? (
        <section aria-label={texts.records} aria-busy={isLoading}>
          <p className={rows['detail']} role="status">
            {texts.shown(records.length, hasMore)}
          </p>
          {records.length === 0 ? (
            <EmptyState headingLevel={3} icon={<ScrollText size={24} />} title={texts.empty} text={texts.emptyText} />
          ) : (
            <ul className={styles['records']}>
              {records.map((record) => (
                <AuditRow key={record.id} record={record} onPerson={(person) => setChoice({ ...choice, person })} />
              ))}
            </ul>
          )}
          {hasMore ? (
            <Button onPress={more} isPending={isLoading}>
              {texts.more}
            </Button>
          ) : null}
        </section>
      ) : null}
      <div className={styles['export']}>
        <Button icon={<Download size={16} aria-hidden />} onPress={() => save('csv')}>
          {texts.exportCsv}
        </Button>
        <Button icon={<Download size={16} aria-hidden />} onPress={() => save('jsonl')}>
          {texts.exportJson}
        </Button>
        <p className={rows['detail']}>{texts.exportNote}</p>
      </div>
    </>
  );
}
