import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import styles from './link-button.module.css';

export interface LinkButtonProps {
  /** What a screen reader says: begins with the text that is seen, and names what it is about. */
  readonly label: string;
  readonly onPress: () => void;
  readonly isDisabled?: boolean;
  readonly children: ReactNode;
}

/** Something small to do, written like a link: one of several beside an entry of a list. */
export function LinkButton({ label, onPress, isDisabled = false, children }: LinkButtonProps) {
  return (
    <Button className={styles['link']!} aria-label={label} onPress={onPress} isDisabled={isDisabled}>
      {children}
    </Button>
  );
}
