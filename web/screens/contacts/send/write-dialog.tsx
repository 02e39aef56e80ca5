import { Check, Mail } from 'lucide-react';
import { useState } from 'react';
import { useMessages } from '../../../locales/messages.ts';
import { type Addressing, composeLinks, mayHide, type Recipient } from '../../../model/mail/compose.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Checkbox } from '../../../ui/fields/checkbox.tsx';
import styles from './send.module.css';
import { openCompose } from './write-to.tsx';

interface WriteDialogProps {
  readonly recipients: readonly Recipient[];
  readonly template: string | null;
  readonly onClose: () => void;
}

/** More recipients than one address holds: one mail after the other. */
export function WriteDialog({ recipients, template, onClose }: WriteDialogProps) {
  const { common, contacts } = useMessages();
  const words = contacts.send;
  const hides = mayHide(template);
  const [addressing, setAddressing] = useState<Addressing>(hides ? 'bcc' : 'to');
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const links = composeLinks(recipients, addressing, template);
  return (
    <Dialog
      title={words.writeTitle(recipients.length)}
      onClose={onClose}
      footer={<Button onPress={onClose}>{common.close}</Button>}
    >
      <p>{words.writeText(links.length)}</p>
      {hides ? (
        <Checkbox
          isSelected={addressing === 'bcc'}
          onChange={(isHidden) => {
            setAddressing(isHidden ? 'bcc' : 'to');
            setOpened(new Set());
          }}
          description={words.hiddenHint}
        >
          {words.hidden}
        </Checkbox>
      ) : null}
      <ol className={styles['mails']}>
        {links.map(({ url, recipients: part }, index) => (
          <li key={url}>
            <Button
              icon={opened.has(index) ? <Check size={16} aria-hidden /> : <Mail size={16} aria-hidden />}
              onPress={() => {
                setOpened(new Set([...opened, index]));
                openCompose(url);
              }}
            >
              {words.mail(index + 1, part.length)}
            </Button>
            {opened.has(index) ? <span className={styles['opened']}>{words.opened}</span> : null}
          </li>
        ))}
      </ol>
    </Dialog>
  );
}
