import { useEffect, useState } from 'react';
import { useSession } from '../../api/hooks.ts';
import { useMessages } from '../../locales/messages.ts';
import { isAllowed } from '../../model/folders/folder-actions.ts';
import { type FolderNode, visibleRows } from '../../model/folders/folder-tree.ts';
import { announce } from '../../ui/announce.ts';
import { Banner } from '../../ui/banner.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Select } from '../../ui/fields/select.tsx';
import { FolderIcon } from '../folders/folder-icon.tsx';
import { useFolderTree } from '../folders/use-folder-tree.ts';
import { ChooseFile } from './choose-file.tsx';
import { ImportFooter } from './import-footer.tsx';
import { type ImportTarget, noChoices } from './import-operations.ts';
import { ImportPreviewView, type Duplicates } from './import-preview.tsx';
import { ImportProgress, ImportResult } from './import-progress.tsx';
import { tellInBackground } from './tell-in-background.ts';
import styles from './transfer.module.css';
import { useImport } from './use-import.ts';

interface ImportDialogProps {
  /** The folder that is proposed; without: the first in which one may write. */
  readonly folderKey?: string | undefined;
  /** A file that was dropped. */
  readonly file?: File | undefined;
  readonly onClose: () => void;
}

/** « Importer des contacts »: a file, what it holds, how far it is, what became of it. */
export function ImportDialog({ folderKey, file, onClose }: ImportDialogProps) {
  const { transfer } = useMessages();
  const { accountId } = useSession();
  const { nodes } = useFolderTree();
  const targets = visibleRows(nodes, new Set()).filter(mayImportInto);
  const [chosenKey, setChosenKey] = useState(folderKey);
  const node = targets.find(({ key }) => key === chosenKey) ?? targets[0];
  const target = node && targetOf(node);
  const { state, choose, reread, begin, ask, again } = useImport(accountId, target);
  const [duplicates, setDuplicates] = useState<Duplicates>('skip');
  const { step, preview, run, problem, fileName } = state;
  useDropped(file, target, choose);
  useEffect(() => {
    if (step === 'preview' && preview) announce(transfer.found(preview.count));
    if (step === 'result') announce(transfer.done);
  }, [step, preview, transfer]);

  const changeFolder = (key: string) => {
    const next = targets.find((candidate) => candidate.key === key);
    setChosenKey(key);
    if (next && step === 'preview') reread(targetOf(next), state.choices);
  };
  const close = () => {
    if (step === 'running' && run && target) tellInBackground(accountId, run.id, target.name);
    onClose();
  };
  const folderSelect = <TargetSelect targets={targets} value={node?.key ?? ''} onChange={changeFolder} />;

  return (
    <Dialog
      title={transfer.importTitle}
      size="wide"
      onClose={close}
      footer={<ImportFooter accountId={accountId} state={state} onClose={close} onAsk={ask} onAgain={again} />}
      {...(step === 'preview' ? { onSubmit: () => void begin(duplicates) } : {})}
    >
      {problem ? (
        <Banner tone="danger" isInline isLive>
          {problem}
        </Banner>
      ) : null}
      {!target ? <p>{transfer.noFolder}</p> : null}
      {step === 'choose' && target ? (
        <>
          {folderSelect}
          <ChooseFile onFile={(chosen) => void choose(chosen, target)} onLeave={onClose} />
        </>
      ) : null}
      {step === 'reading' ? <Reading name={fileName} /> : null}
      {step === 'preview' && preview && target ? (
        <>
          {folderSelect}
          <ImportPreviewView
            fileName={fileName}
            preview={preview}
            choices={state.choices}
            onChoose={(choices) => reread(target, { ...noChoices, ...choices })}
            duplicates={duplicates}
            onDuplicates={setDuplicates}
          />
        </>
      ) : null}
      {step === 'running' && run ? <ImportProgress run={run} /> : null}
      {step === 'result' && run ? <ImportResult accountId={accountId} run={run} /> : null}
    </Dialog>
  );
}

interface TargetSelectProps {
  readonly targets: readonly FolderNode[];
  readonly value: string;
  readonly onChange: (key: string) => void;
}

function TargetSelect({ targets, value, onChange }: TargetSelectProps) {
  const { transfer } = useMessages();
  const options = targets.map((one) => ({
    id: one.key,
    label: '\u2003'.repeat(one.level - 1) + one.name,
    icon: <FolderIcon kind={one.kind} color={one.color} />,
  }));
  return <Select label={transfer.into} value={value} onChange={onChange} options={options} />;
}

function Reading({ name }: { readonly name: string }) {
  const { transfer } = useMessages();
  return (
    <div className={styles['progress']}>
      <span role="status">{transfer.reading(name)}</span>
      <progress aria-label={transfer.reading(name)} />
    </div>
  );
}

function mayImportInto(node: FolderNode): boolean {
  return node.book !== undefined && isAllowed('importCards', node);
}

function targetOf(node: FolderNode): ImportTarget {
  return { accountId: node.book!.accountId, bookId: node.book!.id, name: node.name };
}

/** A file that was dropped is read as soon as the folder is known. */
function useDropped(
  file: File | undefined,
  target: ImportTarget | undefined,
  choose: (file: File, target: ImportTarget) => Promise<void>,
): void {
  const [waiting, setWaiting] = useState(file);
  useEffect(() => {
    if (!waiting || !target) return;
    setWaiting(undefined);
    void choose(waiting, target);
  }, [waiting, target, choose]);
}
