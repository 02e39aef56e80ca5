import { FileUp } from 'lucide-react';
import { FileTrigger } from 'react-aria-components';
import { useMessages } from '../../locales/messages.ts';
import { Button, classes } from '../../ui/button.tsx';
import { Link } from '../../ui/link.tsx';
import styles from './transfer.module.css';
import { useFileDrop } from './use-file-drop.ts';

export interface ChooseFileProps {
  readonly onFile: (file: File) => void;
  /** The person goes elsewhere. */
  readonly onLeave: () => void;
}

/** Where a file is chosen, or dropped; a whole account has its own page. */
export function ChooseFile({ onFile, onLeave }: ChooseFileProps) {
  const { transfer } = useMessages();
  const { dropProps, isOver } = useFileDrop(onFile);
  return (
    <div {...dropProps} className={classes(styles['drop'], isOver && styles['over'])}>
      <FileUp size={28} aria-hidden />
      <span>{transfer.drop}</span>
      <FileTrigger
        onSelect={(files) => {
          const file = files?.[0];
          if (file) onFile(file);
        }}
      >
        <Button variant="primary" autoFocus>
          {transfer.choose}
        </Button>
      </FileTrigger>
      <span className={styles['hint']}>{transfer.formats}</span>
      <Link to="/preferences/zimbra" onPress={onLeave}>
        {transfer.wholeAccount}
      </Link>
    </div>
  );
}
