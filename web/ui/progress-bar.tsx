import { ProgressBar as AriaProgressBar } from 'react-aria-components';
import styles from './progress-bar.module.css';

/** A thin running line at the lower edge of its positioned parent: something is on its way. */
export function ProgressBar({ label }: { readonly label: string }) {
  return (
    <AriaProgressBar aria-label={label} isIndeterminate className={styles['bar']!}>
      <div className={styles['fill']} />
    </AriaProgressBar>
  );
}
