import { ListBox, ListBoxItem } from 'react-aria-components';
import type { Id, ManagedPrincipal } from '../../../client/src/types.ts';
import { useMessages } from '../../locales/messages.ts';
import { SearchField } from '../../ui/fields/search-field.tsx';
import chooser from '../contacts/move/folder-chooser.module.css';
import { useManaged } from './use-managed.ts';

interface PrincipalPickerProps {
  readonly label: string;
  readonly kind: 'individual' | 'group' | null;
  /** Those who cannot be chosen. */
  readonly without: ReadonlySet<Id>;
  readonly chosen: ManagedPrincipal | undefined;
  readonly onChoose: (principal: ManagedPrincipal) => void;
}

/** Somebody to choose, with a search. */
export function PrincipalPicker({ label, kind, without, chosen, onChoose }: PrincipalPickerProps) {
  const { administration: words } = useMessages();
  const { text, setText, page } = useManaged(kind);
  const list = (page?.list ?? []).filter(({ id, isActive }) => isActive && !without.has(id));
  return (
    <div className={chooser['chooser']}>
      <SearchField label={label} placeholder={label} value={text} onChange={setText} autoFocus />
      <ListBox
        aria-label={label}
        className={chooser['list']!}
        selectionMode="single"
        selectedKeys={chosen ? [chosen.id] : []}
        onSelectionChange={(keys) => {
          const found = list.find(({ id }) => keys !== 'all' && keys.has(id));
          if (found) onChoose(found);
        }}
        items={list}
        renderEmptyState={() => <div className={chooser['empty']}>{words.nothingFound}</div>}
      >
        {({ id, name, email }) => (
          <ListBoxItem id={id} textValue={name} className={chooser['item']!}>
            <span className={chooser['name']}>{name}</span>
            <span className={chooser['note']}>{email}</span>
          </ListBoxItem>
        )}
      </ListBox>
    </div>
  );
}
