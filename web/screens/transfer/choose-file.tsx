import { useMessages } from '../../locales/messages.ts';
import { Button } from '../../ui/button.tsx';
import { Link } from '../../ui/link.tsx';
import { FileArea } from './file-area.tsx';
import styles from './transfer.module.css';

interface ChooseFileProps {
  readonly onFile: (file: File) => void;
  /** The person goes elsewhere. */
  readonly onLeave: () => void;
}

/** A file is chosen, or dropped; a whole account has its own page. */
export function ChooseFile({ onFile, onLeave }: ChooseFileProps) {
  const { transfer } = useMessages();
  return (
    <FileArea
      text={transfer.drop}
      button={
        <Button variant="primary" autoFocus>
          {transfer.choose}
        </Button>
      }
      onFile={onFile}
    >
      <span className={styles['hint']}>{transfer.formats}</span>
      <Link to="/preferences/zimbra" onPress={onLeave}>
        {transfer.wholeAccount}
      </Link>
    </FileArea>
  );
}
