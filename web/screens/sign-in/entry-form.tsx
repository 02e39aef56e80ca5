import type { ReactNode } from 'react';
import { Form } from 'react-aria-components';
import { Banner } from '../../ui/banner.tsx';
import styles from './entry.module.css';

interface EntryFormProps {
  readonly heading?: string | undefined;
  /** Why the last attempt failed, in words; it is read out. */
  readonly failure: ReactNode;
  readonly onSubmit: (form: HTMLElement) => void;
  readonly children: ReactNode;
}

/** The form on a page before the app: for signing in, or choosing a password. */
export function EntryForm({ heading, failure, onSubmit, children }: EntryFormProps) {
  return (
    <Form
      className={styles['card']!}
      validationBehavior="aria"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit(event.currentTarget);
      }}
    >
      {heading ? <h2 className={styles['heading']}>{heading}</h2> : null}
      {failure ? (
        <Banner tone="danger" isInline isLive>
          {failure}
        </Banner>
      ) : null}
      {children}
    </Form>
  );
}
