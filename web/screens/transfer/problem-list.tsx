import type { ImportProblem } from '../../../client/src/imports.ts';
import { useMessages } from '../../locales/messages.ts';
import styles from './transfer.module.css';

/** What was not understood, line by line, with the reason. */
export function ProblemList({ problems }: { readonly problems: readonly ImportProblem[] }) {
  const { transfer } = useMessages();
  return (
    <ul className={styles['problems']}>
      {problems.map(({ file, line, reason, isLost, detail, text }) => (
        <li key={[file, line, reason, detail].join()}>
          <strong>{file === null ? transfer.line(line) : transfer.lineOf(file, line)}</strong>
          {isLost ? <span className={styles['lost']}>{transfer.lost}</span> : null} {transfer.reasons[reason] ?? reason}
          <code>{detail ?? text}</code>
        </li>
      ))}
    </ul>
  );
}
