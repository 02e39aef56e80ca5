import type { CSSProperties } from 'react';
import type { ContactCard } from '../../../../client/src/types.ts';
import { useMessages } from '../../../locales/messages.ts';
import { chunksOf } from '../../../model/cards/card-ref.ts';
import {
  contentOf,
  firstEmail,
  firstPhone,
  listName,
  position,
  spokenName,
} from '../../../model/cards/card-summary.ts';
import { organizationName } from '../../../../src/format/jscontact/names.ts';
import { CardDetails } from '../card/card-details.tsx';
import type { LabelFormat } from './label-formats.ts';
import { addressLines } from './print-layouts.ts';
import styles from './print.module.css';

interface Sheets {
  readonly cards: readonly ContactCard[];
}

/** Each card with all that it says; none is cut by the end of a page. */
export function PrintedCards({ cards }: Sheets) {
  const { contacts } = useMessages();
  return cards.map((card) => (
    <section key={card.id} className={styles['card']}>
      <h1>{spokenName(card) || contacts.unnamed}</h1>
      {position(card) ? <p>{position(card)}</p> : null}
      <CardDetails card={card} />
    </section>
  ));
}

/** One line each, with the heads of the columns on every page. */
export function PrintedList({ cards }: Sheets) {
  const { contacts } = useMessages();
  const { fields, send } = contacts;
  return (
    <table className={styles['list']}>
      <thead>
        <tr>
          <th scope="col">{send.nameColumn}</th>
          <th scope="col">{fields.email}</th>
          <th scope="col">{fields.phone}</th>
          <th scope="col">{fields.address}</th>
        </tr>
      </thead>
      <tbody>
        {cards.map((card) => (
          <tr key={card.id}>
            <th scope="row">
              {listName(card) || contacts.unnamed}
              {position(card) ? <small>{position(card)}</small> : null}
            </th>
            <td>{firstEmail(card)}</td>
            <td className={styles['number']}>{firstPhone(card)}</td>
            <td>{addressLines(card).join(', ')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Sheets of labels, one address each. */
export function PrintedLabels({ cards, format }: Sheets & { readonly format: LabelFormat }) {
  const { columns, rows, width, height, top, left, gap } = format;
  const sheet: CSSProperties = {
    padding: `${top}mm 0 0 ${left}mm`,
    gridTemplateColumns: `repeat(${columns}, ${width}mm)`,
    gridAutoRows: `${height}mm`,
    columnGap: `${gap}mm`,
  };
  return chunksOf(cards, columns * rows).map((part) => (
    <div key={part[0]!.id} className={styles['labels']} style={sheet}>
      {part.map((card) => (
        <address key={card.id} className={styles['label']}>
          {linesOf(card).map((line, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- lines have nothing else that tells them apart
            <span key={index}>{line}</span>
          ))}
        </address>
      ))}
    </div>
  ));
}

function linesOf(card: ContactCard): readonly string[] {
  const name = spokenName(card);
  const organization = organizationName(contentOf(card)) ?? '';
  return [name, organization === name ? '' : organization, ...addressLines(card)].filter((line) => line !== '');
}
