import { RefreshCw, X } from 'lucide-react';
import { auditWays, severities, topics } from '../../../../src/format/audit/auditKinds.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { DateField } from '../../../ui/fields/date-field.tsx';
import { SearchField } from '../../../ui/fields/search-field.tsx';
import { Select } from '../../../ui/fields/select.tsx';
import { useAuditTexts } from './audit-texts.ts';
import styles from './audit.module.css';
import { type AuditChoice, noChoice } from './use-audit.ts';

interface AuditFiltersProps {
  readonly choice: AuditChoice;
  readonly onChange: (choice: AuditChoice) => void;
  readonly onRefresh: () => void;
}

/** What the log is looked through for. */
export function AuditFilters({ choice, onChange, onRefresh }: AuditFiltersProps) {
  const texts = useAuditTexts();
  const set = (change: Partial<AuditChoice>) => onChange({ ...choice, ...change });
  const chosen = <K extends string>(names: readonly K[], labels: Readonly<Record<K, string>>) => [
    { id: '', label: texts.all },
    ...names.map((id) => ({ id, label: capital(labels[id]) })),
  ];
  const isFiltered = JSON.stringify(choice) !== JSON.stringify(noChoice);
  return (
    <div role="search" aria-label={texts.filters} className={styles['filters']}>
      <div className={styles['first']}>
        <SearchField
          label={texts.search}
          placeholder={texts.search}
          value={choice.text}
          onChange={(text) => set({ text })}
        />
        <IconButton label={texts.refresh} onPress={onRefresh}>
          <RefreshCw size={18} aria-hidden />
        </IconButton>
      </div>
      <div className={styles['choices']}>
        <Select
          label={texts.topic}
          options={chosen(topics, texts.topics)}
          value={choice.topic}
          onChange={(topic) => set({ topic })}
        />
        <Select
          label={texts.severity}
          options={chosen(severities, texts.severities)}
          value={choice.severity}
          onChange={(severity) => set({ severity })}
        />
        <Select
          label={texts.way}
          options={chosen(auditWays, texts.ways)}
          value={choice.way}
          onChange={(way) => set({ way })}
        />
        <DateField
          label={texts.from}
          value={choice.from}
          onChange={(from) => set({ from })}
          clearLabel={texts.clearDay}
        />
        <DateField label={texts.to} value={choice.to} onChange={(to) => set({ to })} clearLabel={texts.clearDay} />
      </div>
      {isFiltered ? (
        <div className={styles['chips']}>
          {choice.person ? (
            <Button size="small" icon={<X size={14} aria-hidden />} onPress={() => set({ person: null })}>
              {texts.about(choice.person.name)}
            </Button>
          ) : null}
          <Button size="small" variant="quiet" onPress={() => onChange(noChoice)}>
            {texts.reset}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
