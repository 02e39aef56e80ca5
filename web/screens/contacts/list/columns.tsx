import type { ReactNode } from 'react';
import type { ContactCard } from '../../../../client/src/types.ts';
import type { CardSortName } from '../../../model/cards/card-queries.ts';
import { contentOf, firstEmail, firstPhone, jobTitle, listName } from '../../../model/cards/card-summary.ts';
import { formatPartialDate } from '../../../model/cards/partial-date.ts';
import type { FolderNode } from '../../../model/folders/folder-tree.ts';
import type { Column, ColumnName } from '../../../model/layout/layout.ts';
import { organizationName } from '../../../../src/format/jscontact/names.ts';
import { FolderIcon } from '../../folders/folder-icon.tsx';
import { TagChip } from '../tags/tag-chip.tsx';
import styles from './card-grid.module.css';

/** What a cell is made of. */
export interface CellContext {
  readonly card: ContactCard;
  readonly folder: FolderNode | undefined;
  readonly language: string;
}

interface ColumnRow {
  readonly cell: (context: CellContext) => ReactNode;
  /** What the list is sorted by from its header. */
  readonly sort?: CardSortName;
  /** Properties that it needs beside those of every list. */
  readonly more?: readonly string[];
}

/** What each column shows. The name, before all of them, is no choice. */
export const columnRows: Record<ColumnName, ColumnRow> = {
  email: { cell: ({ card }) => firstEmail(card) },
  phone: { cell: ({ card }) => firstPhone(card) },
  organization: {
    // An organisation's own card would say its name twice.
    cell: ({ card }) => (organizationName(contentOf(card)) === listName(card) ? '' : organizationName(contentOf(card))),
  },
  title: { cell: ({ card }) => jobTitle(card) },
  folder: {
    cell: ({ folder }) =>
      folder ? (
        <span className={styles['cellFolder']}>
          <FolderIcon kind={folder.kind} color={folder.color} size={15} />
          <span>{folder.name}</span>
        </span>
      ) : null,
  },
  tags: {
    cell: ({ card }) => (
      <span className={styles['cellTags']}>
        {Object.keys(contentOf(card).keywords ?? {}).map((keyword) => (
          <TagChip key={keyword} keyword={keyword} />
        ))}
      </span>
    ),
  },
  birthday: { cell: birthday, more: ['anniversaries'] },
  city: { cell: ({ card }) => cityOf(card), more: ['addresses'] },
  created: {
    cell: ({ card, language }) => dayOf(contentOf(card).created, language),
    sort: 'created',
    more: ['created'],
  },
  updated: {
    cell: ({ card, language }) => dayOf(contentOf(card).updated, language),
    sort: 'updated',
    more: ['updated'],
  },
};

/** The properties that some columns need beside those of every list. */
export function propertiesOf(columns: readonly Column[]): readonly string[] {
  return columns.flatMap(({ name }) => columnRows[name].more ?? []);
}

function birthday({ card, language }: CellContext): string {
  const all = Object.values(contentOf(card).anniversaries ?? {});
  const date = all.find(({ kind }) => kind === 'birth')?.date;
  if (!date) return '';
  return 'utc' in date ? dayOf(date.utc, language) : formatPartialDate(date, language);
}

function cityOf(card: ContactCard): string {
  const parts = Object.values(contentOf(card).addresses ?? {}).flatMap(({ components }) => components ?? []);
  return parts.find(({ kind }) => kind === 'locality')?.value ?? '';
}

const dayFormats = new Map<string, Intl.DateTimeFormat>();

function dayOf(moment: string | undefined, language: string): string {
  if (!moment) return '';
  // Making one takes longer than the rows of a screen together.
  const format = dayFormats.get(language) ?? new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
  dayFormats.set(language, format);
  return format.format(new Date(moment));
}
