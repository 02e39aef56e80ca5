import type { ContactImport } from '../../../client/src/imports.ts';
import type { Id } from '../../../client/src/types.ts';
import { useMessages } from '../../locales/messages.ts';
import { Banner } from '../../ui/banner.tsx';
import { ProblemList } from './problem-list.tsx';
import styles from './transfer.module.css';
import { useImportProblems } from './use-import-problems.ts';

/** How far an import is, or its undo. */
export function ImportProgress({ run }: { readonly run: ContactImport }) {
  const { transfer } = useMessages();
  const isUndo = run.state === 'undoing';
  const label = isUndo ? transfer.undoing : transfer.running;
  const total = isUndo ? run.made + run.merged : run.total;
  const done = isUndo ? run.undone + run.kept : run.done;
  return (
    <div className={styles['progress']}>
      <span>
        {total === null || run.state === 'waiting' ? transfer.waiting : `${label} · ${transfer.progress(done, total)}`}
      </span>
      {total === null ? <progress aria-label={label} /> : <progress aria-label={label} value={done} max={total} />}
    </div>
  );
}

/** What became of an import. */
export function ImportResult({ accountId, run }: { readonly accountId: Id; readonly run: ContactImport }) {
  const { transfer } = useMessages();
  const problems = useImportProblems(accountId, run.id);
  return (
    <>
      <Headline run={run} />
      <ul className={styles['counts']}>
        {(['made', 'merged', 'skipped', 'failed'] as const)
          .filter((name) => run[name] > 0)
          .map((name) => (
            <li key={name}>{transfer[name](run[name])}</li>
          ))}
      </ul>
      {run.state === 'done' && run.made > 0 ? <p className={styles['hint']}>{transfer.undoLater}</p> : null}
      {run.kept > 0 ? (
        <Banner tone="warning" isInline>
          {transfer.kept(run.kept)}
        </Banner>
      ) : null}
      {problems.length > 0 && run.state !== 'undone' ? (
        <details className={styles['details']} open>
          <summary>{transfer.problems(problems.length)}</summary>
          <ProblemList problems={problems} />
        </details>
      ) : null}
    </>
  );
}

/** How an import ended. */
export function Headline({ run }: { readonly run: ContactImport }) {
  const { transfer } = useMessages();
  const { state, reason } = run;
  if (state === 'failed')
    return (
      <Banner tone="danger" isInline isLive>
        {transfer.failures[reason ?? ''] ?? transfer.failure}
      </Banner>
    );
  const [tone, text] =
    state === 'undone'
      ? (['success', transfer.undone(run.undone)] as const)
      : state === 'done'
        ? (['success', transfer.done] as const)
        : (['warning', state === 'interrupted' ? transfer.interrupted : transfer.cancelled] as const);
  return (
    <Banner tone={tone} isInline isLive>
      {text}
    </Banner>
  );
}
