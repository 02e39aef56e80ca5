import type { ContactCard } from '../../../../client/src/types.ts';
import type { CardRef } from '../../../model/cards/card-ref.ts';
import { loadDialog } from '../../../ui/dialog-host.tsx';

/** « Imprimer… » */
export function openPrintDialog(refs: readonly CardRef[]): void {
  void loadDialog(
    () => import('./print-dialog.tsx'),
    ({ PrintDialog }, close) => <PrintDialog refs={refs} onClose={close} />,
  );
}

/** « QR code » */
export function openQrDialog(card: ContactCard): void {
  void loadDialog(
    () => import('./qr-dialog.tsx'),
    ({ QrDialog }, close) => <QrDialog card={card} onClose={close} />,
  );
}
