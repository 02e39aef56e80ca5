import type { ReactNode } from 'react';
import { useLanguage } from '../../locales/messages.ts';
import { chooseLanguageHere } from '../../model/appearance.ts';
import { Button } from '../../ui/button.tsx';
import { WordMark } from '../shell/word-mark.tsx';
import styles from './entry.module.css';

/** The frame of the pages before the app, with a choice of language. */
export function EntryPage({
  title,
  text,
  children,
}: {
  readonly title: string;
  readonly text?: string;
  readonly children: ReactNode;
}) {
  const language = useLanguage();
  const other = language === 'fr' ? 'en' : 'fr';
  return (
    <main className={styles['page']}>
      <div className={styles['panel']}>
        <WordMark />
        <div>
          <h1 className={styles['welcome']}>{title}</h1>
          {text ? <p className={styles['lead']}>{text}</p> : null}
        </div>
        {children}
        <div className={styles['languages']}>
          <Button variant="quiet" size="small" onPress={() => chooseLanguageHere(other)}>
            <span lang={other}>{other === 'fr' ? 'Français' : 'English'}</span>
          </Button>
        </div>
      </div>
    </main>
  );
}
