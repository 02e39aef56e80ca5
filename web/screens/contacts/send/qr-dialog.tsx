import { useMemo } from 'react';
import type { ContactCard } from '../../../../client/src/types.ts';
import { useMessages } from '../../../locales/messages.ts';
import { spokenName } from '../../../model/cards/card-summary.ts';
import { qrCard } from '../../../model/cards/qr-card.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { QrCode } from '../../../ui/qr-code.tsx';
import styles from './send.module.css';

/** A card for the camera of a telephone. */
export function QrDialog({ card, onClose }: { readonly card: ContactCard; readonly onClose: () => void }) {
  const { common, contacts } = useMessages();
  const name = spokenName(card) || contacts.unnamed;
  const text = useMemo(() => qrCard(card), [card]);
  return (
    <Dialog
      title={contacts.send.qrTitle(name)}
      onClose={onClose}
      footer={
        <Button autoFocus onPress={onClose}>
          {common.close}
        </Button>
      }
    >
      <div className={styles['code']}>
        <QrCode text={text} label={contacts.send.qrTitle(name)} />
        <p>{contacts.send.qrText}</p>
      </div>
    </Dialog>
  );
}
