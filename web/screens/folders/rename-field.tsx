import { type KeyboardEvent, useId, useLayoutEffect, useRef } from 'react';
import { useMessages } from '../../locales/messages.ts';
import type { FolderNode } from '../../model/folders/folder-tree.ts';
import { Button } from '../../ui/button.tsx';
import { renameFolder } from './folder-operations.ts';
import styles from './folder-tree.module.css';
import { useNameForm } from './use-name-form.ts';

interface RenameFieldProps {
  readonly node: FolderNode;
  /** `focusRow`: by keyboard, so the row takes the focus back. */
  readonly onDone: (focusRow: boolean) => void;
}

/** The name of a folder as a field in its place: Enter keeps, Escape gives up, leaving keeps too. */
export function RenameField({ node, onDone }: RenameFieldProps) {
  const { folders } = useMessages();
  const input = useRef<HTMLInputElement>(null);
  const errorId = useId();
  const focusRow = useRef(false);
  const form = useNameForm(node.name, async (name) => {
    if (node.book) await renameFolder(node.book, name);
    onDone(focusRow.current);
  });

  useLayoutEffect(() => {
    const begin = () => {
      if (document.activeElement === input.current) return;
      input.current?.focus();
      input.current?.select();
    };
    // At once, so that not even the first key is lost; and again when the menu that started this has given the focus back.
    begin();
    const frame = requestAnimationFrame(begin);
    return () => cancelAnimationFrame(frame);
  }, []);

  const onKeyDown = (event: KeyboardEvent) => {
    // The tree's own keys must not act while a name is typed.
    event.stopPropagation();
    if (event.key === 'Escape') onDone(true);
    if (event.key !== 'Enter') return;
    event.preventDefault();
    focusRow.current = true;
    void form.submit();
  };

  const problem = form.problem?.text ?? form.failure;
  const proposal = form.problem?.proposal;
  const leave = () => {
    if (problem || form.isPending) return;
    if (form.name.trim() === node.name || form.name.trim() === '') onDone(false);
    else void form.submit();
  };

  return (
    <span className={styles['rename']}>
      <input
        ref={input}
        className={styles['renameInput']}
        aria-label={folders.newName}
        aria-invalid={problem !== undefined}
        aria-describedby={problem ? errorId : undefined}
        value={form.name}
        onChange={(event) => form.setName(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onBlur={leave}
      />
      {problem ? (
        <span className={styles['renameProblem']} id={errorId} role="alert">
          {problem}
          {proposal ? (
            <Button size="small" onPress={() => form.setName(proposal)}>
              {folders.useProposal(proposal)}
            </Button>
          ) : null}
        </span>
      ) : null}
    </span>
  );
}
