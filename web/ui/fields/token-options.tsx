import type { ReactNode, RefObject } from 'react';
import { usePopups } from '../popups/use-popups.ts';

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
export function TokenOptions<T>(props: TokenOptionsProps<T>) {
  const popups = usePopups(props.field.isOpen);
  return popups ? <popups.OptionsPopup {...props} /> : null;
}
