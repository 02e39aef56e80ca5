import { ChevronDown, Ellipsis, Plus, Trash2, Users, X } from 'lucide-react';
import { useMessages } from '../../../locales/messages.ts';
import { navigate } from '../../../model/navigation.ts';
import { contactsPath } from '../../../model/route.ts';
import { useRunningOperation } from '../../../model/running-operation.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { Checkbox } from '../../../ui/fields/checkbox.tsx';
import { Menu } from '../../../ui/menu.tsx';
import { SearchField } from '../../../ui/fields/search-field.tsx';
import { folderKey } from '../../../model/folders/folder-tree.ts';
import { FolderIcon } from '../../folders/folder-icon.tsx';
import { ViewMenu } from '../layout/view-menu.tsx';
import { openAddToGroup } from '../groups/open-groups.tsx';
import { Alphabet } from './alphabet.tsx';
import { TagFilter } from './tag-filter.tsx';
import styles from './list-header.module.css';
import type { CardActions } from './use-card-actions.tsx';
import type { ListSelection } from './use-list-selection.ts';
import type { CardView, ListSource } from './use-list-source.ts';

interface ListHeaderProps {
  readonly view: CardView;
  readonly source: ListSource;
  readonly total: number;
  readonly isReady: boolean;
  readonly selection: ListSelection;
  readonly actions: CardActions;
}

/** Above the list: what it is, how it is filtered and sorted, and what can be done with the selection. */
export function ListHeader(props: ListHeaderProps) {
  const { common, contacts } = useMessages();
  const { view, source, total, isReady, selection } = props;
  const { folder } = source;
  const groupEntry = {
    id: 'group',
    label: contacts.newGroup,
    icon: <Users size={16} aria-hidden />,
    onAction: () => openAddToGroup([], view.kind === 'folder' ? folderKey(view.accountId, view.bookId) : null),
  };
  const isReadOnly = folder?.book?.myRights.mayAdd === false;
  const count = folder === null ? contacts.list.searchCount(total) : common.contactCount(total);
  return (
    <header className={styles['header']}>
      <div className={styles['titleRow']}>
        {folder ? <FolderIcon kind={folder.kind} color={folder.color} size={20} /> : null}
        <div className={styles['heading']}>
          {/* A folder that is on its way, or gone, has no name: an empty heading would be read as one. */}
          {folder === undefined ? (
            <span className={styles['title']}>&nbsp;</span>
          ) : (
            <h2 className={styles['title']}>{folder === null ? contacts.list.searchTitle : folder.name}</h2>
          )}
          <span className={styles['count']}>
            {isReady ? [count, isReadOnly ? contacts.list.readOnly : ''].filter(Boolean).join(' · ') : null}
          </span>
        </div>
        {folder?.book?.myRights.mayAdd && view.kind === 'folder' ? (
          <div className={styles['make']}>
            <Button
              variant="primary"
              size="small"
              icon={<Plus size={16} aria-hidden />}
              onPress={() => navigate(contactsPath(view, 'new'))}
            >
              <span className={styles['makeText']}>{contacts.newContact}</span>
            </Button>
            <Menu label={contacts.newOther} entries={[groupEntry]}>
              <IconButton size="small" label={contacts.newOther}>
                <ChevronDown size={16} aria-hidden />
              </IconButton>
            </Menu>
          </div>
        ) : null}
      </div>
      {selection.count > 0 ? <SelectionBar {...props} /> : <Tools {...props} />}
      <Progress />
    </header>
  );
}

function SelectEverything({ selection, total }: Pick<ListHeaderProps, 'selection' | 'total'>) {
  const { contacts } = useMessages();
  return (
    <Checkbox
      aria-label={contacts.list.selectAll}
      isSelected={total > 0 && selection.count >= total}
      isIndeterminate={selection.count > 0 && selection.count < total}
      isDisabled={total === 0}
      onChange={(isSelected) => (isSelected ? selection.selectAll() : selection.clear())}
    />
  );
}

function Tools({ view, source, selection, total }: ListHeaderProps) {
  const {
    contacts: { list },
  } = useMessages();
  return (
    <div className={styles['tools']}>
      <SelectEverything selection={selection} total={total} />
      <div className={styles['filter']}>
        {view.kind === 'folder' ? (
          <SearchField
            label={list.filter}
            placeholder={list.filter}
            value={source.filter}
            onChange={source.setFilter}
          />
        ) : null}
      </div>
      {view.kind === 'folder' ? <TagFilter view={view} source={source} /> : null}
      {view.kind === 'folder' ? <Alphabet source={source} /> : null}
      <ViewMenu view={view} source={source} />
    </div>
  );
}

/** What of the actions on a selection stands in the menu beside it. */
const inMenu = new Set(['edit', 'mail', 'copy', 'group', 'merge', 'tags', 'line4', 'addresses', 'export', 'print']);

function SelectionBar({ selection, total, actions }: ListHeaderProps) {
  const { common, contacts } = useMessages();
  const rest = actions.entries.filter(({ id }) => inMenu.has(id));
  return (
    <div className={styles['tools']} data-selection>
      <SelectEverything selection={selection} total={total} />
      <span className={styles['selected']}>{contacts.list.selected(selection.count)}</span>
      {actions.mayChange ? (
        <>
          <Button size="small" variant="quiet" onPress={actions.move}>
            {contacts.actions.move}
          </Button>
          <IconButton size="small" label={contacts.actions.remove} onPress={actions.remove}>
            <Trash2 size={16} aria-hidden />
          </IconButton>
        </>
      ) : (
        <Button size="small" variant="quiet" onPress={actions.copy}>
          {contacts.actions.copy}
        </Button>
      )}
      <Menu label={common.more} entries={rest}>
        <IconButton size="small" label={common.more}>
          <Ellipsis size={16} aria-hidden />
        </IconButton>
      </Menu>
      <IconButton size="small" label={contacts.list.unselect} onPress={selection.clear}>
        <X size={16} aria-hidden />
      </IconButton>
    </div>
  );
}

function Progress() {
  const { contacts } = useMessages();
  const operation = useRunningOperation();
  if (!operation) return null;
  return (
    <div className={styles['progress']}>
      <span>
        {operation.text} · {contacts.done.progress(operation.done, operation.total)}
      </span>
      <progress aria-label={operation.text} value={operation.done} max={operation.total} />
    </div>
  );
}
