import type { ImportProblem } from '../../../client/src/imports.ts';
import { useMessages } from '../../locales/messages.ts';
import { useZimbraTexts } from './zimbra-texts.ts';
import styles from './zimbra.module.css';

interface RemarkListProps {
  readonly title: string;
  readonly problems: readonly ImportProblem[];
}

/** What does not come as it is there, and why. */
export function RemarkList({ title, problems }: RemarkListProps) {
  const words = useZimbraTexts();
  const { transfer } = useMessages();
  return (
    <details className={styles['details']}>
      <summary>{title}</summary>
      <ul className={styles['remarks']}>
        {problems.map(({ reason, text, detail, file }) => (
          <li key={[reason, text, detail, file].join()}>
            <strong>{text}</strong>
            <span>
              {words.reasons[reason] ?? transfer.reasons[reason] ?? reason}
              {detail ? ` (${words.shareStates[detail] ?? (detail === 'less' ? words.less : detail)})` : ''}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
