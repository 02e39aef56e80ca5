import { useMessages } from '../../locales/messages.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';

interface EndedDialogProps {
  readonly title: string;
  readonly text: string;
  readonly onClose: () => void;
}

/** What a dialog becomes when its folder or share has gone while it was open. */
export function EndedDialog({ title, text, onClose }: EndedDialogProps) {
  const { common } = useMessages();
  return (
    <Dialog
      title={title}
      onClose={onClose}
      footer={
        <Button variant="primary" autoFocus onPress={onClose}>
          {common.close}
        </Button>
      }
    >
      <Banner tone="warning" isInline isLive>
        {text}
      </Banner>
    </Dialog>
  );
}
