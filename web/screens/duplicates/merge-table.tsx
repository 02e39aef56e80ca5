import { type CSSProperties, useId } from 'react';
import { Radio, RadioGroup } from 'react-aria-components';
import type { Id } from '../../../client/src/types.ts';
import { useAddressBooks, useSession } from '../../api/hooks.ts';
import { useMessages } from '../../locales/messages.ts';
import { bookIdOf } from '../../model/cards/card-ref.ts';
import { photoUrl, spokenName } from '../../model/cards/card-summary.ts';
import { folderTitle } from '../../model/folders/folder-title.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { classes } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/fields/checkbox.tsx';
import choice from '../../ui/fields/choice.module.css';
import { type DuplicatesTexts, useDuplicatesTexts } from './duplicates-texts.ts';
import styles from './duplicates.module.css';
import type { MergeRow, MergeValue } from './merge-rows.ts';
import type { MergeCard, MergeForm } from './use-merge-form.ts';

/** Cards side by side, on a phone one below the other: what differs stands out, and one chooses field by field. */
export function MergeTable({ form }: { readonly form: MergeForm }) {
  const style = { '--cards': form.cards.length } as CSSProperties;
  return (
    <div className={styles['table']} style={style}>
      <Cards form={form} />
      {form.rows.map((row) =>
        row.isSingle ? (
          <SingleRow key={row.field} row={row} form={form} />
        ) : (
          <SeveralRow key={row.field} row={row} form={form} />
        ),
      )}
    </div>
  );
}

/** Whose cards they are, where they are, and which is kept. */
function Cards({ form }: { readonly form: MergeForm }) {
  const words = useDuplicatesTexts();
  const folderOf = useFolderNames();
  const { contacts } = useMessages();
  return (
    <RadioGroup
      aria-label={words.keep}
      value={form.keepId}
      onChange={(id) => form.setKeepId(id)}
      className={classes(styles['row'], styles['cards'])}
    >
      <span className={styles['field']} aria-hidden>
        {words.keep}
      </span>
      {form.cards.map((one) => {
        const name = spokenName(one.card) || contacts.unnamed;
        const folder = folderOf(one);
        const isOut = form.isOut(one.card.id);
        return (
          <div key={one.card.id} className={styles['cell']} data-out={isOut || undefined}>
            <Radio
              value={one.card.id}
              isDisabled={isOut}
              aria-label={words.keepThis(name, folder)}
              className={choice['choice']!}
            >
              <span className={classes(choice['box'], choice['round'])} aria-hidden />
              <Avatar name={name} photo={photoUrl(one.accountId, one.card)} size={32} />
              <span className={choice['text']}>
                <span className={styles['name']}>{name}</span>
                <span className={choice['description']}>{folder}</span>
              </span>
            </Radio>
            {form.cards.length > 2 ? (
              <Checkbox
                isSelected={!isOut}
                onChange={() => form.toggleCard(one.card.id)}
                aria-label={`${words.takeCard}\u00a0: ${name}, ${folder}`}
              >
                {words.takeCard}
              </Checkbox>
            ) : null}
          </div>
        );
      })}
    </RadioGroup>
  );
}

/** The folder of a card as its reader knows it, with its owner where that is somebody else. */
function useFolderNames(): (one: MergeCard) => string {
  const words = useDuplicatesTexts();
  const { folders } = useMessages();
  const { session, accountId } = useSession();
  const { list } = useAddressBooks();
  return (one) => {
    const book = list.find(({ id }) => id === bookIdOf(one.card));
    if (!book) return '';
    const owner = one.accountId === accountId ? null : (session.accounts[one.accountId]?.name ?? '');
    return words.in(folderTitle(book, accountId, folders), owner);
  };
}

interface RowProps {
  readonly row: MergeRow;
  readonly form: MergeForm;
}

/** A field of which there is one: where the cards say different things, one of them is taken. */
function SingleRow({ row, form }: RowProps) {
  const words = useDuplicatesTexts();
  const label = useFieldLabel(row.field);
  const show = (value: MergeValue, index: number) =>
    row.field === 'photo' ? <Photo one={form.cards[index]!} words={words} /> : value.text;
  if (!row.isDifferent)
    return (
      <Row row={row} label={label} form={form}>
        {(value, index) => show(value, index)}
      </Row>
    );
  return (
    <RadioGroup
      aria-label={label}
      value={String(form.choiceOf(row.field))}
      onChange={(index) => form.choose(row.field, Number(index))}
      className={styles['group']!}
    >
      <Row row={row} label={label} form={form} isInGroup>
        {(value, index, card) =>
          value.identity === String(index) ? (
            <Radio value={value.identity} isDisabled={form.isOut(card)} className={choice['choice']!}>
              <span className={classes(choice['box'], choice['round'])} aria-hidden />
              <span className={choice['text']}>{show(value, index)}</span>
            </Radio>
          ) : (
            <Same value={value} words={words} />
          )
        }
      </Row>
    </RadioGroup>
  );
}

/** A field of which there may be several: all stay, but for what one takes out. */
function SeveralRow({ row, form }: RowProps) {
  const words = useDuplicatesTexts();
  const label = useFieldLabel(row.field);
  const firstWith = (identity: string) =>
    row.cells.findIndex((values) => values.some((value) => value.identity === identity));
  return (
    <Row row={row} label={label} form={form}>
      {(value, index, card) =>
        firstWith(value.identity) !== index ? (
          <Same value={value} words={words} />
        ) : row.field === 'media' ? (
          value.text
        ) : (
          <Checkbox
            isSelected={!form.isLeftOut(row.field, value.identity) && !form.isOut(card)}
            isDisabled={form.isOut(card)}
            onChange={() => form.toggleValue(row.field, value.identity)}
            aria-label={words.keepValue(value.text)}
          >
            {value.text}
          </Checkbox>
        )
      }
    </Row>
  );
}

interface CellsProps extends RowProps {
  readonly label: string;
  readonly isInGroup?: boolean;
  readonly children: (value: MergeValue, index: number, cardId: Id) => React.ReactNode;
}

function Row({ row, label, form, isInGroup = false, children }: CellsProps) {
  const id = useId();
  const words = useDuplicatesTexts();
  return (
    <div
      className={styles['row']}
      data-different={row.isDifferent || undefined}
      {...(isInGroup ? {} : { role: 'group', 'aria-labelledby': id })}
    >
      <span className={styles['field']} id={id}>
        {label}
      </span>
      {row.cells.map((values, index) => {
        const { card } = form.cards[index]!;
        return (
          <div
            key={card.id}
            className={styles['cell']}
            data-out={form.isOut(card.id) || undefined}
            data-own={values.some((value) => isOwn(value, row)) || undefined}
            data-empty={values.length === 0 || undefined}
          >
            <span className={styles['whose']} aria-hidden>
              {spokenName(card)}
            </span>
            {values.length === 0 ? <span className={styles['nothing']}>{words.nothing}</span> : null}
            {values.map((value) => (
              <div key={value.identity} className={styles['value']}>
                {children(value, index, card.id)}
              </div>
            ))}
          </div>
        );
      })}
    </div>
  );
}

/** Whether not all of the cards say it. */
function isOwn({ identity }: MergeValue, { cells }: MergeRow): boolean {
  return !cells.every((values) => values.some((value) => value.identity === identity));
}

function Same({ value, words }: { readonly value: MergeValue; readonly words: DuplicatesTexts }) {
  return (
    <span className={styles['same']}>
      {value.text} <span className={styles['note']}>({words.same})</span>
    </span>
  );
}

function Photo({ one, words }: { readonly one: MergeCard; readonly words: DuplicatesTexts }) {
  const url = photoUrl(one.accountId, one.card);
  const name = spokenName(one.card);
  return url ? <img className={styles['photo']} src={url} alt={words.photoOf(name)} loading="lazy" /> : words.photo;
}

function useFieldLabel(field: string): string {
  const words = useDuplicatesTexts();
  const { contacts } = useMessages();
  const others: Readonly<Record<string, string>> = contacts.fields.others;
  return field === 'photo' ? words.photo : (words.fields[field] ?? others[field] ?? words.otherField);
}
