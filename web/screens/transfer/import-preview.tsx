import { useEffect, useRef } from 'react';
import { useMessages } from '../../locales/messages.ts';
import type { ImportPreview } from '../../../client/src/imports.ts';
import { knownCharsets } from '../../../src/lib/files/charsets.ts';
import { firstEmail } from '../../model/cards/card-summary.ts';
import type { ContactCard } from '../../../client/src/types.ts';
import { displayName } from '../../../src/format/jscontact/names.ts';
import { Banner } from '../../ui/banner.tsx';
import { RadioGroup } from '../../ui/fields/radio-group.tsx';
import { ColumnTable } from './column-table.tsx';
import type { ReadingChoices } from './import-operations.ts';
import { ProblemList } from './problem-list.tsx';
import styles from './transfer.module.css';

/** What becomes of contacts that the folder already has. */
export type Duplicates = 'skip' | 'merge' | 'keep';

interface ImportPreviewProps {
  readonly fileName: string;
  readonly preview: ImportPreview;
  readonly choices: ReadingChoices;
  readonly onChoose: (choices: ReadingChoices) => void;
  readonly duplicates: Duplicates;
  readonly onDuplicates: (duplicates: Duplicates) => void;
}

/** What a file holds, before anything is kept of it. */
export function ImportPreviewView(props: ImportPreviewProps) {
  const { transfer } = useMessages();
  const { fileName, preview, choices, onChoose, duplicates, onDuplicates } = props;
  const { table } = preview;
  const found = useRef<HTMLDivElement>(null);
  // The button by which the file was chosen is gone: one reads on with what the file holds.
  useEffect(() => found.current?.focus(), []);
  const what = (table?.layout && transfer.layouts[table.layout]) ?? transfer.kinds[preview.kind] ?? preview.kind;
  return (
    <>
      <div ref={found} tabIndex={-1} data-found className={styles['found']}>
        <strong>{fileName}</strong>
        <span>
          {what} · {preview.count === 0 ? transfer.nothing : transfer.found(preview.count)}
        </span>
      </div>
      {preview.cards.length > 0 ? <FirstCards cards={preview.cards as unknown as readonly ContactCard[]} /> : null}
      {preview.duplicateCount > 0 ? (
        <>
          <Banner isInline>{transfer.duplicates(preview.duplicateCount)}</Banner>
          <RadioGroup
            label={transfer.duplicatesLabel}
            value={duplicates}
            onChange={onDuplicates}
            options={(['skip', 'merge', 'keep'] as const).map((id) => {
              const [label, description] = transfer.duplicateChoices[id];
              return { id, label, description };
            })}
          />
        </>
      ) : null}
      {table ? (
        <>
          {table.isRemembered ? <p className={styles['hint']}>{transfer.remembered}</p> : null}
          {table.unknown.length > 0 && !table.isRemembered && choices.fields === null ? (
            <Banner tone="warning" isInline>
              {transfer.unknownColumns(table.unknown.length)}
            </Banner>
          ) : null}
          <details className={styles['details']} open={table.layout === null && !table.isRemembered}>
            <summary>{transfer.columns(table.headings.length)}</summary>
            {/* What was chosen holds before the server has read the file by it: the next choice adds to it. */}
            <ColumnTable
              table={{ ...table, fields: choices.fields ?? table.fields }}
              onChange={(fields) => onChoose({ ...choices, fields })}
            />
          </details>
          <details className={styles['details']}>
            <summary>{transfer.readingOptions}</summary>
            <ReadingOptions preview={preview} choices={choices} onChoose={onChoose} />
          </details>
        </>
      ) : null}
      {preview.problemCount > 0 ? (
        <details className={styles['details']}>
          <summary>{transfer.problems(preview.problemCount)}</summary>
          <ProblemList problems={preview.problems} />
        </details>
      ) : null}
    </>
  );
}

function FirstCards({ cards }: { readonly cards: readonly ContactCard[] }) {
  const { transfer } = useMessages();
  return (
    <section aria-label={transfer.firstContacts}>
      <h3 className={styles['heading']}>{transfer.firstContacts}</h3>
      <ul className={styles['cards']}>
        {cards.map((card) => (
          <li key={card.uid}>
            <span>{displayName(card as never)}</span>
            <span className={styles['hint']}>{[firstEmail(card), firstPhone(card)].filter(Boolean).join(' · ')}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function firstPhone({ phones }: ContactCard): string {
  return Object.values((phones ?? {}) as Record<string, { number: string }>)[0]?.number ?? '';
}

function ReadingOptions({ preview, choices, onChoose }: Pick<ImportPreviewProps, 'preview' | 'choices' | 'onChoose'>) {
  const { transfer } = useMessages();
  const table = preview.table!;
  const choice = (
    label: string,
    value: string,
    options: Readonly<Record<string, string>>,
    name: keyof ReadingChoices,
  ) => (
    <label className={styles['option']}>
      <span>{label}</span>
      <select
        className={styles['select']}
        value={value}
        // Another way to read the file may give other columns.
        onChange={({ target }) =>
          onChoose({ ...choices, ...(name === 'dates' ? {} : { fields: null }), [name]: target.value })
        }
      >
        {Object.entries(options).map(([id, text]) => (
          <option key={id} value={id}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
  const charsets = Object.fromEntries([preview.charset, ...knownCharsets].map((name) => [name, name]));
  return (
    <div className={styles['options']}>
      {choice(transfer.charset, preview.charset, charsets, 'charset')}
      {choice(transfer.delimiter, table.delimiter, transfer.delimiters, 'delimiter')}
      {choice(transfer.dates, table.dates, transfer.dateOrders, 'dates')}
    </div>
  );
}
