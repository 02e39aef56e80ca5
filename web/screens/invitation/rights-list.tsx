import { Check, Minus } from 'lucide-react';
import type { AddressBookRights } from '../../../client/src/types.ts';
import { useMessages } from '../../locales/messages.ts';
import { abilitiesOf } from '../../model/sharing/shares.ts';
import styles from './invitation.module.css';

/** What rights allow, and what not, in words. */
export function RightsList({ rights }: { readonly rights: AddressBookRights }) {
  const { sharing } = useMessages();
  return (
    <ul className={styles['rights']}>
      {abilitiesOf(rights).map(({ ability, may }) => (
        <li key={ability} className={may ? undefined : styles['not']}>
          {may ? <Check size={16} strokeWidth={2.5} aria-hidden /> : <Minus size={16} aria-hidden />}
          <span>
            {may ? null : <span className="visually-hidden">{sharing.mayNot} </span>}
            {sharing.abilities[ability]}
          </span>
        </li>
      ))}
    </ul>
  );
}
