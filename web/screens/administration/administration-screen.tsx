import { ShieldX } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { useSession } from '../../api/hooks.ts';
import { isAdministrator } from '../../api/session.ts';
import { useMessages } from '../../locales/messages.ts';
import { useDocumentTitle } from '../../ui/document-title.ts';
import { Link } from '../../ui/link.tsx';
import { EmptyState } from '../../ui/states.tsx';
import styles from '../preferences/preferences-screen.module.css';
import { useChosenInView } from '../preferences/use-chosen-in-view.ts';
import { DirectorySection } from './directory-section.tsx';
import { MailSection } from './mail-section.tsx';
import { PrincipalsSection } from './principals-section.tsx';

const AuditSection = lazy(() => import('./audit/audit-section.tsx').then((file) => ({ default: file.AuditSection })));

const sections = {
  people: () => <PrincipalsSection key="people" kind="individual" />,
  groups: () => <PrincipalsSection key="groups" kind="group" />,
  directory: () => <DirectorySection />,
  mails: () => <MailSection />,
  audit: () => (
    <Suspense fallback={null}>
      <AuditSection />
    </Suspense>
  ),
} as const;

type Section = keyof typeof sections;

const order = Object.keys(sections) as Section[];

/** « Administration »: people, groups, the directory, mails that did not leave, and who did what. */
export function AdministrationScreen({ section }: { readonly section: string }) {
  const { administration } = useMessages();
  const { session } = useSession();
  const chosen = order.find((id) => id === section) ?? 'people';
  useDocumentTitle(`${administration.sections[chosen]} – ${administration.title}`);
  const list = useChosenInView(chosen);
  if (!isAdministrator(session))
    return <EmptyState headingLevel={1} icon={<ShieldX size={24} />} title={administration.notAdministrator} />;
  return (
    <div className={styles['screen']}>
      <nav className={styles['sections']} aria-label={administration.title}>
        <h1 className={styles['title']}>{administration.title}</h1>
        <div ref={list} className={styles['links']}>
          {order.map((id) => (
            <Link key={id} to={`/administration/${id}`} className={styles['section']!} isCurrent={id === chosen}>
              {administration.sections[id]}
            </Link>
          ))}
        </div>
      </nav>
      <div className={styles['content']}>
        <h2 className={styles['heading']}>{administration.sections[chosen]}</h2>
        {sections[chosen]()}
      </div>
    </div>
  );
}
