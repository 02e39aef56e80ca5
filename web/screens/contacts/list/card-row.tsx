import { Check, Users } from 'lucide-react';
import { memo } from 'react';
import type { ContactCard, Id } from '../../../../client/src/types.ts';
import { useLanguage, useMessages } from '../../../locales/messages.ts';
import {
  contentOf,
  firstEmail,
  firstPhone,
  listName,
  photoUrl,
  position,
  spokenName,
} from '../../../model/cards/card-summary.ts';
import type { FolderNode } from '../../../model/folders/folder-tree.ts';
import type { Column } from '../../../model/layout/layout.ts';
import { foundIn } from '../../../model/search/found-in.ts';
import type { Sought } from '../../../model/search/search-query.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { classes } from '../../../ui/button.tsx';
import { Skeleton } from '../../../ui/loading/skeleton.tsx';
import { FolderIcon } from '../../folders/folder-icon.tsx';
import { TagChip } from '../tags/tag-chip.tsx';
import styles from './card-grid.module.css';
import { columnRows } from './columns.tsx';

export interface CardRowProps {
  readonly id: string;
  readonly index: number;
  readonly offset: number;
  readonly accountId: Id;
  readonly card: ContactCard | undefined;
  readonly isTicked: boolean;
  readonly isCurrent: boolean;
  readonly isOpen: boolean;
  readonly isDraggable: boolean;
  /** A group over which contacts are held. */
  readonly isDropTarget: boolean;
  /** Where the contact is, in the results of a search. */
  readonly folder: FolderNode | undefined;
  /** What was searched for. */
  readonly sought: readonly Sought[];
  /** null: two lines for each contact. */
  readonly columns: readonly Column[] | null;
}

/** One contact in the list. Its events are handled by the grid around it. */
export const CardRow = memo(function CardRow(props: CardRowProps) {
  const { index, card, isTicked, isCurrent, isOpen } = props;
  return (
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- the grid has the focus and names its active row
    <div
      id={props.id}
      role="row"
      data-index={index}
      aria-rowindex={index + (props.columns ? 2 : 1)}
      aria-selected={isTicked}
      {...(isOpen ? { 'aria-current': true } : {})}
      draggable={props.isDraggable && card !== undefined}
      className={classes(
        styles['row'],
        isTicked && styles['ticked'],
        isCurrent && styles['current'],
        isOpen && styles['open'],
        props.isDropTarget && styles['dropTarget'],
      )}
      style={{ transform: `translateY(${props.offset}px)` }}
    >
      {card ? <Cells {...props} card={card} /> : <SkeletonCells index={index} columns={props.columns} />}
    </div>
  );
});

// A click anywhere in the cell ticks, with Shift a whole run: the grid decides.
const handledByGrid = () => {};

function Cells({ accountId, card, isTicked, folder, sought, columns }: CardRowProps & { readonly card: ContactCard }) {
  const { contacts } = useMessages();
  const language = useLanguage();
  const name = listName(card) || contacts.unnamed;
  const email = firstEmail(card);
  const work = position(card);
  const found = sought.length > 0 ? foundIn(card, sought) : null;
  const second = columns
    ? ''
    : found
      ? [contacts.list.found(contacts.list.foundIn[found.field], found.text), found.field === 'email' ? '' : email]
          .filter(Boolean)
          .join(' · ')
      : [email, work].filter((part) => part && part !== name).join(' · ');
  const isGroup = contentOf(card).kind === 'group';
  return (
    <>
      <div role="gridcell" className={styles['tick']} data-tick>
        <input
          type="checkbox"
          className={styles['native']}
          tabIndex={-1}
          checked={isTicked}
          onChange={handledByGrid}
          aria-label={contacts.list.select(name)}
        />
        <span className={styles['box']} aria-hidden>
          {isTicked ? <Check size={13} strokeWidth={3.2} /> : null}
        </span>
      </div>
      <div role="gridcell" className={styles['who']}>
        <Avatar
          name={spokenName(card) || name}
          seed={card.uid}
          photo={photoUrl(accountId, card, 'list')}
          size={columns ? 24 : 36}
          {...(isGroup ? { icon: <Users size={columns ? 13 : 17} /> } : {})}
        />
        <span className={styles['lines']}>
          <span className={styles['nameLine']}>
            <span className={styles['name']}>{name}</span>
            {columns?.some(({ name: column }) => column === 'tags') ? null : <RowTags card={card} />}
          </span>
          {second ? <span className={styles['second']}>{second}</span> : null}
        </span>
      </div>
      {columns ? (
        columns.map((column) => (
          <div key={column.name} role="gridcell" className={styles['cell']}>
            {columnRows[column.name].cell({ card, folder, language })}
          </div>
        ))
      ) : (
        <div role="gridcell" className={styles['wide']}>
          {firstPhone(card)}
        </div>
      )}
      {folder && !columns ? (
        <div role="gridcell" className={styles['folder']}>
          <FolderIcon kind={folder.kind} color={folder.color} size={15} />
          <span>{folder.name}</span>
        </div>
      ) : null}
    </>
  );
}

const mostTags = 2;

/** The first tags, and how many more there are. */
function RowTags({ card }: { readonly card: ContactCard }) {
  const keywords = Object.keys(contentOf(card).keywords ?? {});
  if (keywords.length === 0) return null;
  const more = keywords.length - mostTags;
  return (
    <span className={styles['tags']}>
      {keywords.slice(0, mostTags).map((keyword) => (
        <TagChip key={keyword} keyword={keyword} />
      ))}
      {more > 0 ? <span className={styles['more']}>+{more}</span> : null}
    </span>
  );
}

const widths = ['46%', '62%', '38%', '55%', '50%', '68%', '42%'];

function SkeletonCells({ index, columns }: Pick<CardRowProps, 'index' | 'columns'>) {
  const { common } = useMessages();
  return (
    <>
      <div role="gridcell" className={styles['tick']}>
        <span className="visually-hidden">{common.loading}</span>
      </div>
      <div role="gridcell" className={styles['who']}>
        <span className={styles['face']} />
        <span className={styles['lines']}>
          <Skeleton width={widths[index % widths.length]!} />
          {columns ? null : <Skeleton width={widths[(index + 3) % widths.length]!} height="0.625rem" />}
        </span>
      </div>
    </>
  );
}
