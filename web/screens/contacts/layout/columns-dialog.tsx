import { ArrowDown, ArrowUp } from 'lucide-react';
import { useRef } from 'react';
import { useMessages } from '../../../locales/messages.ts';
import { type Column, columnNames, columnWidth } from '../../../model/layout/layout.ts';
import { useLayout } from '../../../model/layout/use-layout.ts';
import { announce } from '../../../ui/announce.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Checkbox } from '../../../ui/fields/checkbox.tsx';
import styles from './columns-dialog.module.css';
import { useLayoutTexts } from './layout-texts.ts';

/** Which columns a wide list has, and in which order; what is chosen shows behind the dialog at once. */
export function ColumnsDialog({ onClose }: { readonly onClose: () => void }) {
  const { common } = useMessages();
  const texts = useLayoutTexts();
  const {
    layout: { columns },
    change,
  } = useLayout();
  const rows = useRef<HTMLUListElement>(null);
  const others = columnNames.filter((name) => columns.every((column) => column.name !== name));

  const moveBy = (index: number, step: -1 | 1) => {
    const next = [...columns];
    const [moved] = next.splice(index, 1);
    if (!moved) return;
    next.splice(index + step, 0, moved);
    change({ columns: next });
    announce(texts.moved(texts.columns[moved.name], index + step + 1, columns.length));
    // The button goes along with its row; at an end it is of no use any more.
    requestAnimationFrame(() => {
      const row = rows.current?.children[index + step];
      const buttons = [...(row?.querySelectorAll<HTMLButtonElement>('button') ?? [])];
      const button = buttons[step < 0 ? 0 : 1];
      (button?.disabled ? buttons.find((one) => !one.disabled) : button)?.focus();
    });
  };

  return (
    <Dialog
      title={texts.columnsTitle}
      onClose={onClose}
      footer={
        <Button variant="primary" onPress={onClose}>
          {common.close}
        </Button>
      }
    >
      <p className={styles['hint']}>{texts.columnsHint}</p>
      <ul ref={rows} className={styles['rows']} aria-label={texts.columnsTitle}>
        {columns.map(({ name }, index) => (
          <li key={name} className={styles['row']}>
            <Checkbox isSelected onChange={() => change({ columns: columns.filter((one) => one.name !== name) })}>
              {texts.columns[name]}
            </Checkbox>
            <IconButton
              size="small"
              label={texts.earlier(texts.columns[name])}
              isDisabled={index === 0}
              onPress={() => moveBy(index, -1)}
            >
              <ArrowUp size={16} aria-hidden />
            </IconButton>
            <IconButton
              size="small"
              label={texts.later(texts.columns[name])}
              isDisabled={index === columns.length - 1}
              onPress={() => moveBy(index, 1)}
            >
              <ArrowDown size={16} aria-hidden />
            </IconButton>
          </li>
        ))}
        {others.map((name) => (
          <li key={name} className={styles['row']}>
            <Checkbox isSelected={false} onChange={() => change({ columns: [...columns, newColumn(name)] })}>
              {texts.columns[name]}
            </Checkbox>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

function newColumn(name: Column['name']): Column {
  return { name, width: columnWidth.usual };
}
