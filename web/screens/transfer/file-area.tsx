import { FileUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { FileTrigger } from 'react-aria-components';
import { classes } from '../../ui/button.tsx';
import styles from './file-area.module.css';
import { useFileDrop } from './use-file-drop.ts';

interface FileAreaProps {
  readonly text: string;
  /** What opens the choice of a file. */
  readonly button: ReactNode;
  readonly onFile: (file: File) => void;
  /** What stands below. */
  readonly children?: ReactNode;
}

/** Where a file is chosen, or dropped. */
export function FileArea({ text, button, onFile, children }: FileAreaProps) {
  const { dropProps, isOver } = useFileDrop(onFile);
  return (
    <div {...dropProps} className={classes(styles['drop'], isOver && styles['over'])}>
      <FileUp size={28} aria-hidden />
      <span>{text}</span>
      <FileTrigger
        onSelect={(files) => {
          const file = files?.[0];
          if (file) onFile(file);
        }}
      >
        {button}
      </FileTrigger>
      {children}
    </div>
  );
}
