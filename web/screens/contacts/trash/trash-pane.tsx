import { RotateCcw, Trash2, X } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { describeError } from '../../../api/errors.ts';
import { isSetFailure } from '../../../../client/src/errors.ts';
import { useSession } from '../../../api/hooks.ts';
import type { Id, TrashItem } from '../../../../client/src/types.ts';
import { useMessages } from '../../../locales/messages.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { Checkbox } from '../../../ui/fields/checkbox.tsx';
import { SearchField } from '../../../ui/fields/search-field.tsx';
import { SkeletonLines } from '../../../ui/loading/skeleton.tsx';
import { EmptyState, ErrorState } from '../../../ui/states.tsx';
import { showFailure } from '../../../ui/toasts.tsx';
import { openEmptyTrashDialog } from '../../folders/open-folder-dialogs.tsx';
import { FolderIcon } from '../../folders/folder-icon.tsx';
import header from '../list/list-header.module.css';
import { describeCardError } from '../move/card-operations.ts';
import { openDestroyDialog, openRestoreDialog } from './trash-dialogs.tsx';
import { restoreItems } from './trash-operations.ts';
import styles from './trash.module.css';
import { TrashRow } from './trash-row.tsx';
import { type ShownTrash, useTrash } from './use-trash.ts';

/** « Corbeille »: what was deleted, from where, by whom; to restore or to delete for ever. */
export function TrashPane() {
  const { contacts, common } = useMessages();
  const { accountId, session } = useSession();
  const [text, setText] = useState('');
  const trash = useTrash(accountId, useDeferredValue(text).trim());
  const selection = useSelectedItems(trash.items);
  const words = contacts.trash;

  const restoreAll = (items: readonly TrashItem[]) => {
    selection.clear();
    restoreItems(accountId, items).catch((error: unknown) => {
      if (isSetFailure(error) && error.error.reason === 'folderGone') openRestoreDialog(accountId, items);
      else showFailure(describeCardError(error));
    });
  };
  const destroyAll = (items: readonly TrashItem[]) => openDestroyDialog(accountId, items, selection.clear);

  return (
    <>
      <header className={header['header']}>
        <TrashTitle trash={trash} onEmpty={() => openEmptyTrashDialog(accountId, text ? undefined : trash.total)} />
        <div className={header['tools']} {...(selection.items.length > 0 ? { 'data-selection': true } : {})}>
          <Checkbox
            aria-label={contacts.list.selectAll}
            isSelected={trash.items.length > 0 && selection.items.length === trash.items.length}
            isIndeterminate={selection.items.length > 0 && selection.items.length < trash.items.length}
            isDisabled={trash.items.length === 0}
            onChange={(isSelected) => (isSelected ? selection.selectAll() : selection.clear())}
          />
          {selection.items.length > 0 ? (
            <SelectionActions
              items={selection.items}
              accountId={accountId}
              onRestore={restoreAll}
              onDestroy={destroyAll}
              onClear={selection.clear}
            />
          ) : (
            <div className={header['filter']}>
              <SearchField label={words.filter} placeholder={words.filter} value={text} onChange={setText} />
            </div>
          )}
        </div>
      </header>
      <TrashContent
        trash={trash}
        isFiltered={text !== ''}
        days={retentionOf(session.accounts[accountId]?.accountCapabilities)}
      >
        {(item) => (
          <TrashRow
            key={item.id}
            item={item}
            isOwn={item.ownerAccountId === accountId}
            isMine={item.deletedBy === accountId}
            isSelected={selection.ids.has(item.id)}
            onSelect={() => selection.toggle(item.id)}
            onRestore={() => restoreAll([item])}
            onDestroy={() => destroyAll([item])}
          />
        )}
      </TrashContent>
      <span className="visually-hidden">{trash.status === 'loading' ? common.loading : null}</span>
    </>
  );
}

function TrashTitle({ trash, onEmpty }: { readonly trash: ShownTrash; readonly onEmpty: () => void }) {
  const { contacts, folders } = useMessages();
  return (
    <div className={header['titleRow']}>
      <FolderIcon kind="trash" color={null} size={20} />
      <div className={header['heading']}>
        <h2 className={header['title']}>{contacts.trash.title}</h2>
        <span className={header['count']}>{trash.status === 'ready' ? contacts.trash.count(trash.total) : null}</span>
      </div>
      <Button size="small" isDisabled={trash.total === 0} onPress={onEmpty}>
        {folders.emptyTrash}
      </Button>
    </div>
  );
}

interface SelectionActionsProps {
  readonly items: readonly TrashItem[];
  readonly accountId: Id;
  readonly onRestore: (items: readonly TrashItem[]) => void;
  readonly onDestroy: (items: readonly TrashItem[]) => void;
  readonly onClear: () => void;
}

function SelectionActions({ items, accountId, onRestore, onDestroy, onClear }: SelectionActionsProps) {
  const { contacts } = useMessages();
  const words = contacts.trash;
  return (
    <>
      <span className={header['selected']} role="status">
        {words.selected(items.length)}
      </span>
      <Button size="small" variant="quiet" icon={<RotateCcw size={16} aria-hidden />} onPress={() => onRestore(items)}>
        {words.restore}
      </Button>
      <IconButton
        size="small"
        label={words.removeForEver}
        isDisabled={items.some((item) => item.ownerAccountId !== accountId)}
        onPress={() => onDestroy(items)}
      >
        <Trash2 size={16} aria-hidden />
      </IconButton>
      <IconButton size="small" label={contacts.list.unselect} onPress={onClear}>
        <X size={16} aria-hidden />
      </IconButton>
    </>
  );
}

interface TrashContentProps {
  readonly trash: ShownTrash;
  readonly isFiltered: boolean;
  readonly days: number | undefined;
  readonly children: (item: TrashItem) => React.ReactNode;
}

function TrashContent({ trash, isFiltered, days, children }: TrashContentProps) {
  const { common, contacts } = useMessages();
  const words = contacts.trash;
  if (trash.status === 'loading') return <SkeletonLines count={6} label={common.loading} />;
  if (trash.status === 'failed')
    return <ErrorState text={`${words.failed} ${describeError(trash.error)}`} onRetry={trash.reload} />;
  const retention = days === undefined ? undefined : words.retention(days);
  if (trash.items.length === 0) {
    return (
      <EmptyState
        icon={<Trash2 size={24} />}
        title={isFiltered ? common.noMatch : words.emptyTitle}
        text={isFiltered ? undefined : retention}
      />
    );
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <div className={styles['scroll']} tabIndex={0} role="group" aria-label={words.list}>
      <ul>{trash.items.map(children)}</ul>
      {trash.items.length < trash.total ? (
        <div className={styles['more']}>
          <Button onPress={trash.showMore}>{words.more}</Button>
        </div>
      ) : null}
      {retention ? <p className={styles['retention']}>{retention}</p> : null}
    </div>
  );
}

function retentionOf(
  capabilities: Readonly<Record<string, Readonly<Record<string, unknown>>>> | undefined,
): number | undefined {
  const days = Object.values(capabilities ?? {})
    .map((capability) => capability['trashDays'])
    .find((value) => typeof value === 'number');
  return typeof days === 'number' ? days : undefined;
}

/** What is ticked, of what is still there. */
function useSelectedItems(shown: readonly TrashItem[]) {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const items = shown.filter((item) => ids.has(item.id));
  return {
    ids,
    items,
    clear: () => setIds(new Set()),
    selectAll: () => setIds(new Set(shown.map((item) => item.id))),
    toggle: (id: string) =>
      setIds((before) =>
        before.has(id) ? new Set([...before].filter((other) => other !== id)) : new Set([...before, id]),
      ),
  };
}
