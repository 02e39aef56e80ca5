import type { ReactNode, RefObject } from 'react';
import { Popover } from 'react-aria-components';
import { classes } from '../button.tsx';
import popover from '../popover.module.css';
import styles from './token-field.module.css';

/** What a field knows of the list below it. */
export interface OptionsField<T> {
  readonly id: string;
  readonly box: RefObject<HTMLDivElement | null>;
  readonly isOpen: boolean;
  readonly activeOption: T | undefined;
  readonly optionKey: (option: T) => string;
  readonly close: () => void;
  readonly choose: (option: T) => void;
  readonly point: (option: T) => void;
}

export interface TokenOptionsProps<T> {
  readonly field: OptionsField<T>;
  readonly label: string;
  readonly options: readonly T[];
  readonly renderOption: (option: T) => ReactNode;
  /** What is said when there are none; absent: the list is closed then. */
  readonly emptyText?: ReactNode;
  /** Pixels. So much as usual also fits below the field of a dialog in a low window, which the list would cover otherwise. */
  readonly maxHeight?: number;
}

/** What a field offers for its text; focus stays in the field. */
export function TokenOptions<T>({
  field,
  label,
  options,
  renderOption,
  emptyText,
  maxHeight = 280,
}: TokenOptionsProps<T>) {
  const { id, box, isOpen, activeOption, optionKey } = field;
  return (
    <Popover
      triggerRef={box}
      isOpen={isOpen}
      onOpenChange={(open) => !open && field.close()}
      isNonModal
      {...portalOf(box.current)}
      placement="bottom start"
      offset={4}
      maxHeight={maxHeight}
      className={classes(popover['popover'], styles['popover'])}
      style={{ '--field-width': `${box.current?.offsetWidth ?? 0}px` } as React.CSSProperties}
    >
      <ul id={`${id}-list`} role="listbox" aria-label={label} className={popover['list']}>
        {options.map((option) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the keys are the field's: focus never leaves it
          <li
            key={optionKey(option)}
            id={optionKey(option)}
            ref={option === activeOption ? scrollIntoList : null}
            role="option"
            aria-selected={option === activeOption}
            className={popover['item']}
            {...(option === activeOption ? { 'data-focused': true } : {})}
            onMouseDown={(event) => event.preventDefault()}
            onMouseMove={() => field.point(option)}
            onClick={() => field.choose(option)}
          >
            {renderOption(option)}
          </li>
        ))}
      </ul>
      {options.length === 0 ? <div className={popover['empty']}>{emptyText}</div> : null}
    </Popover>
  );
}

/** Inside of a dialog, a search or the page the list belongs to it; beside it, screen readers would find it outside of everything. */
function portalOf(box: HTMLElement | null): { UNSTABLE_portalContainer?: HTMLElement } {
  const owner = box?.closest<HTMLElement>('[role="dialog"], [role="alertdialog"], search, main');
  return owner ? { UNSTABLE_portalContainer: owner } : {};
}

function scrollIntoList(option: HTMLElement | null): void {
  option?.scrollIntoView({ block: 'nearest' });
}
