import type { ContactImport } from '../../../client/src/imports.ts';
import type { Id } from '../../../client/src/types.ts';
import { useMessages } from '../../locales/messages.ts';
import { Button } from '../../ui/button.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Link } from '../../ui/link.tsx';
import { downloadReport } from '../transfer/import-operations.ts';
import { Headline } from '../transfer/import-progress.tsx';
import { useImportProblems } from '../transfer/use-import-problems.ts';
import { RemarkList } from './remark-list.tsx';
import { useZimbraTexts } from './zimbra-texts.ts';
import styles from './zimbra.module.css';

interface ZimbraResultProps {
  readonly accountId: Id;
  readonly run: ContactImport;
  readonly onUndo: () => void;
  readonly onAgain: () => void;
}

/** What became of it, and the way back. */
export function ZimbraResult({ accountId, run, onUndo, onAgain }: ZimbraResultProps) {
  const words = useZimbraTexts();
  const { transfer } = useMessages();
  const problems = useImportProblems(accountId, run.id);
  const isUndone = run.state === 'undone';
  const counts = [
    ...(run.made > 0 ? [transfer.made(run.made)] : []),
    ...(run.merged > 0 ? [words.changed(run.merged)] : []),
    ...(run.skipped > 0 ? [words.same(run.skipped)] : []),
    ...(run.failed > 0 ? [words.lost(run.failed)] : []),
  ];
  return (
    <>
      <Headline run={run} />
      {isUndone ? null : (
        <ul className={styles['remarks']}>
          {counts.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
      {run.kept > 0 ? (
        <Banner tone="warning" isInline>
          {transfer.kept(run.kept)}
        </Banner>
      ) : null}
      {problems.length > 0 && !isUndone ? (
        <>
          <RemarkList title={words.remarks(problems.length)} problems={problems} />
          <div>
            <Button
              variant="quiet"
              onPress={() => void downloadReport(accountId, { id: run.id, name: run.name || words.unnamed })}
            >
              {transfer.report}
            </Button>
          </div>
        </>
      ) : null}
      <p>
        <Link to="/">{words.open}</Link>
      </p>
      <div className={styles['actions']}>
        {isUndone ? null : <Button onPress={onUndo}>{transfer.undo}</Button>}
        <Button onPress={onAgain}>{words.again}</Button>
      </div>
    </>
  );
}
