import { Tag } from 'lucide-react';
import { useMessages } from '../../../locales/messages.ts';
import { IconButton } from '../../../ui/button.tsx';
import { Menu } from '../../../ui/menu.tsx';
import { TagChip } from '../tags/tag-chip.tsx';
import { useKeywords } from '../tags/use-keywords.ts';
import styles from './list-header.module.css';
import type { CardView, ListSource } from './use-list-source.ts';

interface TagFilterProps {
  readonly view: Extract<CardView, { kind: 'folder' }>;
  readonly source: ListSource;
}

/** Only the contacts with a tag; there where some have one. */
export function TagFilter({ view, source: { keyword, setKeyword } }: TagFilterProps) {
  const {
    contacts: { list },
  } = useMessages();
  const known = useKeywords([view.accountId], view.bookId);
  if (known.length === 0 && keyword === null) return null;
  const options = [
    { id: '', label: list.everyTag },
    ...known.map((one) => ({ id: `#${one.keyword}`, label: one.keyword })),
  ];
  return (
    <Menu
      label={list.tag}
      entries={[
        {
          id: 'tag',
          heading: list.tag,
          options,
          selected: keyword === null ? '' : `#${keyword}`,
          onSelect: (id) => setKeyword(id === '' ? null : id.slice(1)),
        },
      ]}
    >
      <IconButton label={keyword === null ? list.tag : `${list.tag}\u00a0: ${keyword}`} size="small">
        {keyword === null ? (
          <Tag size={16} aria-hidden />
        ) : (
          <span className={styles['chosenTag']}>
            <TagChip keyword={keyword} />
          </span>
        )}
      </IconButton>
    </Menu>
  );
}
