import type { ReactNode } from 'react';
import { useMessages } from '../../../locales/messages.ts';
import { otherInfo } from '../../../model/cards/other-info.ts';
import type { ContactCard } from '../../../../client/src/types.ts';
import styles from './card.module.css';
import { Detail } from './detail.tsx';

/** « Autres informations »: what a card holds and no field shows, for reading. */
export function OtherInfo({ card, hint }: { readonly card: ContactCard; readonly hint?: ReactNode }) {
  const {
    contacts: { card: words, fields },
  } = useMessages();
  const others = otherInfo(card);
  if (others.length === 0) return null;
  return (
    <details className={styles['others']}>
      <summary>{words.more}</summary>
      {hint ? <p className={styles['hint']}>{hint}</p> : null}
      <dl className={styles['details']}>
        {others.map(({ name, lines }) => (
          <Detail key={name} label={(fields.others as Readonly<Record<string, string>>)[name] ?? name}>
            {lines.map((line) => (
              <span key={line} className={styles['line']}>
                {(fields.kinds as Readonly<Record<string, string>>)[line] ?? line}
              </span>
            ))}
          </Detail>
        ))}
      </dl>
    </details>
  );
}
