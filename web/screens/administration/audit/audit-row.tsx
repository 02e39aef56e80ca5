import { ChevronDown, CircleAlert, CircleDot, Info } from 'lucide-react';
import { useState } from 'react';
import type { AuditNamed, AuditRecord } from '../../../../client/src/audit.ts';
import { auditSentence, roleName } from '../../../../src/format/audit/auditRecord.ts';
import { useLanguage } from '../../../locales/messages.ts';
import { LinkButton } from '../../../ui/link-button.tsx';
import { classes } from '../../../ui/button.tsx';
import rows from '../../../ui/rows.module.css';
import common from '../administration.module.css';
import { useAuditTexts } from './audit-texts.ts';
import styles from './audit.module.css';

interface AuditRowProps {
  readonly record: AuditRecord;
  readonly onPerson: (person: { readonly id: string; readonly name: string }) => void;
}

const icons = { info: Info, notice: CircleDot, warning: CircleAlert } as const;

/** One record: a sentence, and on request all that is known of it. */
export function AuditRow({ record, onPerson }: AuditRowProps) {
  const language = useLanguage();
  const texts = useAuditTexts();
  const [isOpen, setIsOpen] = useState(false);
  const Icon = icons[record.severity];
  const time = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' });
  const { address, appPassword } = record;
  return (
    <li className={styles['record']}>
      <details onToggle={(event) => setIsOpen(event.currentTarget.open)}>
        <summary className={styles['summary']}>
          <span className={classes(styles['icon'], styles[record.severity])}>
            <Icon size={18} role="img" aria-label={texts.severities[record.severity]} />
          </span>
          <span className={rows['what']}>
            <span className={styles['sentence']}>{auditSentence(shortened(record), language)}</span>
            <span className={rows['detail']}>
              <time dateTime={record.at}>{time.format(new Date(record.at))}</time>
              {` · ${[texts.ways[record.way], appPassword?.name, address].filter(Boolean).join(' · ')}`}
              {record.outcome === 'refused' ? ` · ${texts.refused}` : null}
            </span>
          </span>
          <ChevronDown size={16} aria-hidden className={styles['chevron']} />
        </summary>
        {isOpen ? <Facts record={record} onPerson={onPerson} /> : null}
      </details>
    </li>
  );
}

function Facts({ record, onPerson }: AuditRowProps) {
  const texts = useAuditTexts();
  const language = useLanguage();
  const { facts } = texts;
  const people = { actor: record.actor, owner: record.owner, other: record.other } as const;
  const object = record.object?.type === 'Principal' ? null : record.object;
  return (
    <dl className={classes(common['facts'], styles['facts'])}>
      {Object.entries(record.object?.type === 'Principal' ? { ...people, object: record.object } : people).map(
        ([name, person]) =>
          person ? (
            <Fact key={name} name={facts[name as keyof typeof facts]}>
              {person.name}{' '}
              {person.id === null ? null : (
                <LinkButton
                  label={texts.onlyAbout(shortName(person))}
                  onPress={() => onPerson({ id: person.id!, name: shortName(person) })}
                >
                  {texts.onlyAbout(shortName(person))}
                </LinkButton>
              )}
            </Fact>
          ) : null,
      )}
      {object ? <Fact name={facts.object}>{`${object.name} (${object.type} ${object.id})`}</Fact> : null}
      {record.appPassword ? <Fact name={facts.appPassword}>{record.appPassword.name}</Fact> : null}
      {record.address ? <Fact name={facts.address}>{record.address}</Fact> : null}
      {Object.entries(record.details).map(([name, value]) => (
        <Fact key={name} name={(texts.details as Readonly<Record<string, string>>)[name] ?? name}>
          {name === 'role' ? roleName(String(value), language) : String(value)}
        </Fact>
      ))}
      <Fact name={facts.kind}>{record.kind}</Fact>
      <Fact name={facts.id}>{record.id.slice(1)}</Fact>
      <Fact name={facts.hash}>
        <code>{record.hash}</code>
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** Without the address, which stands among the facts. */
function shortName({ name }: AuditNamed): string {
  return name.replace(/ <[^<>]*>$/u, '');
}

function shortened(record: AuditRecord): AuditRecord {
  const short = <N extends AuditNamed>(named: N | null): N | null => named && { ...named, name: shortName(named) };
  return { ...record, actor: short(record.actor), object: short(record.object), other: short(record.other) };
}
