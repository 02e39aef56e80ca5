import { CaseUpper } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { useMessages } from '../../../locales/messages.ts';
import { IconButton } from '../../../ui/button.tsx';
import { usePopups } from '../../../ui/popups/use-popups.ts';
import styles from './list-header.module.css';
import type { ListSource } from './use-list-source.ts';

const letters = ['123', ...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/** « Tout, 123, A … Z »: the names that begin so. */
export function Alphabet({ source: { initial, setInitial } }: { readonly source: ListSource }) {
  const {
    contacts: { list },
  } = useMessages();
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const popups = usePopups(isOpen);
  return (
    <>
      <IconButton
        ref={button}
        size="small"
        label={initial ? list.letterLabel(initial) : list.alphabet}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onPress={() => setOpen(true)}
      >
        {initial ? <span className={styles['initial']}>{initial}</span> : <CaseUpper size={18} aria-hidden />}
      </IconButton>
      {popups ? (
        <popups.DialogPopup
          anchor={button}
          label={list.alphabet}
          dialogClass={styles['alphabet']}
          onClose={() => setOpen(false)}
        >
          {[null, ...letters].map((letter) => (
            <AriaButton
              key={letter ?? ''}
              aria-label={
                letter === null ? list.everyLetter : letter === '123' ? list.digitsLabel : list.letterLabel(letter)
              }
              aria-pressed={letter === initial}
              className={styles['letter']!}
              onPress={() => {
                setInitial(letter);
                setOpen(false);
              }}
            >
              {letter ?? list.everyLetter}
            </AriaButton>
          ))}
        </popups.DialogPopup>
      ) : null}
    </>
  );
}
