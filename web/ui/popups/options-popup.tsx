import { Popover } from 'react-aria-components';
import { classes } from '../button.tsx';
import styles from '../fields/token-field.module.css';
import type { TokenOptionsProps } from '../fields/token-options.tsx';
import popover from '../popover.module.css';

/** The list below a field, while it is open; focus stays in the field. */
export function OptionsPopup<T>({
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
