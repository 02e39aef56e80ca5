import type { ReactNode } from 'react';
import { Popover } from 'react-aria-components';
import { classes } from '../button.tsx';
import popover from '../popover.module.css';
import styles from './token-field.module.css';
import type { TokenInput } from './use-token-input.ts';

export interface TokenOptionsProps<T> {
  readonly field: TokenInput<T>;
  readonly label: string;
  readonly options: readonly T[];
  readonly renderOption: (option: T) => ReactNode;
  readonly emptyText: ReactNode;
}

/** What a TokenField offers for its text; focus stays in the field. */
export function TokenOptions<T>({ field, label, options, renderOption, emptyText }: TokenOptionsProps<T>) {
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
      // So much also fits below the field in a low window: the list would cover the dialog otherwise.
      maxHeight={280}
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

/** Inside of a dialog the list belongs to it; beside it, screen readers would find it outside of everything. */
function portalOf(box: HTMLElement | null): { UNSTABLE_portalContainer?: HTMLElement } {
  const dialog = box?.closest<HTMLElement>('[role="dialog"], [role="alertdialog"]');
  return dialog ? { UNSTABLE_portalContainer: dialog } : {};
}

function scrollIntoList(option: HTMLElement | null): void {
  option?.scrollIntoView({ block: 'nearest' });
}
