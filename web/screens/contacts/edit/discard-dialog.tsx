import { useMessages } from '../../../locales/messages.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';

/** Asked only when something was typed. */
export function DiscardDialog({
  onClose,
  onDiscard,
}: {
  readonly onClose: () => void;
  readonly onDiscard: () => void;
}) {
  const {
    contacts: { edit },
  } = useMessages();
  const discard = () => {
    onClose();
    onDiscard();
  };
  return (
    <Dialog
      title={edit.discardTitle}
      onClose={onClose}
      isAlert
      footer={
        <>
          <Button onPress={onClose} autoFocus>
            {edit.keepEditing}
          </Button>
          <Button variant="danger" onPress={discard}>
            {edit.discard}
          </Button>
        </>
      }
    >
      <p>{edit.discardText}</p>
    </Dialog>
  );
}
