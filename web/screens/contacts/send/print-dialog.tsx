import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import type { ContactCard } from '../../../../client/src/types.ts';
import { describeError } from '../../../api/errors.ts';
import { useMessages } from '../../../locales/messages.ts';
import type { CardRef } from '../../../model/cards/card-ref.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { RadioGroup } from '../../../ui/fields/radio-group.tsx';
import { Select } from '../../../ui/fields/select.tsx';
import { type LabelFormat, labelFormats } from './label-formats.ts';
import { loadCards } from './load-cards.ts';
import { type Layout, layouts, mostPrinted, propertiesOf, withAddress } from './print-layouts.ts';
import { PrintedCards, PrintedLabels, PrintedList } from './print-sheets.tsx';
import styles from './send.module.css';

/** « Imprimer »: cards, a list, or labels. */
export function PrintDialog({ refs, onClose }: { readonly refs: readonly CardRef[]; readonly onClose: () => void }) {
  const { contacts } = useMessages();
  const words = contacts.send;
  const [layout, setLayout] = useState<Layout>(refs.length === 1 ? 'cards' : 'list');
  const [format, setFormat] = useState<LabelFormat>(labelFormats[0]!);
  const [done, setDone] = useState<number>();
  const [problem, setProblem] = useState<string>();
  const [cards, setCards] = useState<readonly ContactCard[]>();
  useEffect(() => {
    if (!cards) return undefined;
    // Nothing comes of it in a window that is closed meanwhile.
    addEventListener('afterprint', onClose);
    const timer = setTimeout(() => print(), 100);
    return () => {
      clearTimeout(timer);
      removeEventListener('afterprint', onClose);
    };
  }, [cards, onClose]);

  const submit = () => {
    if (done !== undefined) return;
    if (refs.length > mostPrinted) return setProblem(words.tooMany(mostPrinted));
    setProblem(undefined);
    setDone(0);
    loadCards(refs, propertiesOf(layout), setDone).then(
      (loaded) => {
        const printed = layout === 'labels' ? loaded.filter(withAddress) : loaded;
        if (printed.length > 0) return setCards(printed);
        setDone(undefined);
        return setProblem(words.noPostalAddress);
      },
      (error: unknown) => {
        setDone(undefined);
        setProblem(describeError(error));
      },
    );
  };

  return (
    <>
      <FormDialog
        title={words.printTitle(refs.length)}
        onClose={onClose}
        onSubmit={submit}
        verb={words.print}
        isPending={done !== undefined}
        problem={problem}
      >
        <RadioGroup
          label={words.layout}
          value={layout}
          onChange={setLayout}
          options={layouts.map((id) => ({ id, label: words.layouts[id], description: words.layoutHints[id] }))}
        />
        {layout === 'labels' ? (
          <Select
            label={words.labelFormat}
            options={labelFormats.map(({ id, columns, rows }) => ({ id, label: words.labels(id, columns * rows) }))}
            value={format.id}
            onChange={(id) => setFormat(labelFormats.find((one) => one.id === id) ?? format)}
          />
        ) : null}
        {done !== undefined && refs.length > 100 ? (
          <progress className={styles['progress']} aria-label={words.loading} max={refs.length} value={done} />
        ) : null}
      </FormDialog>
      {cards
        ? createPortal(
            <div className={styles['sheets']} data-print>
              {layout === 'cards' ? <PrintedCards cards={cards} /> : null}
              {layout === 'list' ? <PrintedList cards={cards} /> : null}
              {layout === 'labels' ? <PrintedLabels cards={cards} format={format} /> : null}
            </div>,
            document.body,
          )
        : null}
    </>
  );
}
