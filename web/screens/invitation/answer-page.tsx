import { Quote } from 'lucide-react';
import type { ReactNode } from 'react';
import { useMessages } from '../../locales/messages.ts';
import { navigate } from '../../model/navigation.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { SkeletonLines } from '../../ui/loading/skeleton.tsx';
import { EmptyState } from '../../ui/states.tsx';
import styles from './invitation.module.css';

interface AnswerPageProps {
  /** Who wants an answer. */
  readonly name: string;
  readonly email: string | null;
  /** What they want. */
  readonly title: string;
  readonly children: ReactNode;
}

/** A page behind a button of a mail: who wants what, and the answers to it. */
export function AnswerPage({ name, email, title, children }: AnswerPageProps) {
  return (
    <div className={styles['page']}>
      <article className={styles['card']}>
        <header className={styles['header']}>
          <Avatar name={name} seed={email ?? name} size={52} />
          <div>
            <h1>{title}</h1>
            <p className={styles['hint']}>{email}</p>
          </div>
        </header>
        {children}
      </article>
    </div>
  );
}

/** Such a page while what it asks is on its way, where it will stand. */
export function AwaitedAnswerPage() {
  const { common } = useMessages();
  return (
    <div className={styles['page']}>
      <article className={styles['card']}>
        <SkeletonLines label={common.loading} />
      </article>
    </div>
  );
}

interface NothingToAnswerProps {
  readonly icon: ReactNode;
  /** What the page is called by those who hear it; the title, when nothing is said. */
  readonly heading?: string;
  readonly title: string;
  readonly text: string;
  /** Where one can go from here; to the contacts, when nothing is said. */
  readonly children?: ReactNode;
}

/** Such a page that has nothing to answer. */
export function NothingToAnswer({ heading, children, ...rest }: NothingToAnswerProps) {
  const { common } = useMessages();
  return (
    <div className={styles['page']}>
      <h1 className="visually-hidden">{heading ?? rest.title}</h1>
      <EmptyState {...rest}>
        {children ?? (
          <Button variant="primary" onPress={() => navigate('/')}>
            {common.toContacts}
          </Button>
        )}
      </EmptyState>
    </div>
  );
}

/** What somebody says with what they share, offer or ask. */
export function NoteOf({ title, note }: { readonly title: string; readonly note: string }) {
  return (
    <figure className={styles['note']}>
      <Quote size={16} aria-hidden />
      <div>
        <figcaption>{title}</figcaption>
        <blockquote>{note}</blockquote>
      </div>
    </figure>
  );
}

/** A line of a list of facts. */
export function Fact({ icon, children }: { readonly icon: ReactNode; readonly children: ReactNode }) {
  return (
    <li>
      {icon}
      <span>{children}</span>
    </li>
  );
}

/** Why an answer could not be given. */
export function Failure({ text }: { readonly text: string | undefined }) {
  if (!text) return null;
  return (
    <Banner tone="danger" isInline isLive>
      {text}
    </Banner>
  );
}
