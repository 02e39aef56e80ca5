import { useMessages } from '../../locales/messages.ts';
import styles from './word-mark.module.css';

/** Two linked rings and the name: what is shared. */
export function WordMark() {
  const { common } = useMessages();
  return (
    <span className={styles['mark']}>
      <svg width="26" height="18" viewBox="0 0 26 18" fill="none" strokeWidth="3.2" aria-hidden="true">
        <circle cx="9" cy="9" r="7" stroke="var(--accent)" />
        <circle cx="17" cy="9" r="7" stroke="var(--accent)" strokeOpacity="0.5" />
      </svg>
      {common.appName}
    </span>
  );
}
