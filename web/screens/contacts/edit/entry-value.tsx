import { addressLines, type EntryFieldRow } from '../../../fields.ts';
import { useMessages } from '../../../locales/messages.ts';
import { type AddressLine, readAddressLine, writeAddressLine } from '../../../model/cards/card-values.ts';
import { type Entry, textOfEntry, withText } from '../../../model/cards/entries.ts';
import { dateOfLine, type OwnLine, withDate } from '../../../model/cards/own-lines.ts';
import type { Address } from '../../../../src/format/jscontact/types.ts';
import { TextField } from '../../../ui/fields/text-field.tsx';
import styles from './card-form.module.css';
import { DateInput } from './date-input.tsx';

interface EntryValueProps {
  readonly field: EntryFieldRow;
  readonly entry: Entry;
  readonly onChange: (entry: Entry) => void;
  readonly autoFocus: boolean;
  readonly error: string | undefined;
}

/** What an entry says: a line of text, the lines of an address, or a date. */
export function EntryValue(props: EntryValueProps) {
  const {
    contacts: { fields },
  } = useMessages();
  const { field, entry, onChange, autoFocus, error } = props;
  const { editor, label } = field;
  if (editor === 'address') return <AddressValue {...props} />;
  if (editor === 'date') {
    const line = entry as unknown as OwnLine;
    return (
      <div className={styles['dateValue']}>
        <DateInput
          value={dateOfLine(line)}
          onChange={(date) => onChange(withDate(line, date) as unknown as Entry)}
          error={error}
          autoFocus={autoFocus}
          isCompact
        />
      </div>
    );
  }
  return (
    <TextField
      label={fields[label]}
      isLabelHidden
      // The browser's own check would refuse what is only unusual.
      type={editor === 'tel' ? 'tel' : 'text'}
      inputMode={editor === 'line' ? 'text' : editor}
      autoComplete="off"
      spellCheck="false"
      value={textOfEntry(field, entry)}
      onChange={(text) => onChange(withText(field, entry, text))}
      // oxlint-disable-next-line jsx-a11y/no-autofocus -- the field was asked for: typing starts at once
      autoFocus={autoFocus}
      error={error}
    />
  );
}

function AddressValue({ entry, onChange, autoFocus }: EntryValueProps) {
  const {
    contacts: { fields },
  } = useMessages();
  const address = entry as Address;
  // What is left of an address without lines is kept while it is typed anew.
  const write = (line: AddressLine, text: string) => {
    const { components: _components, full: _full, ...others } = address;
    onChange(writeAddressLine(address, line, text) ?? others);
  };
  return (
    <div className={styles['address']}>
      {addressLines.map((line) => (
        <div key={line.label} className={styles[line.label]}>
          <TextField
            label={fields[line.label]}
            autoComplete="off"
            value={readAddressLine(address, line)}
            onChange={(text) => write(line, text)}
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- the field was asked for: typing starts at once
            autoFocus={autoFocus && line.label === 'street'}
          />
        </div>
      ))}
    </div>
  );
}
