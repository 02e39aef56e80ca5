import { useState } from 'react';
import { contexts, type EntryFieldRow, phoneKinds, services } from '../../../fields.ts';
import { useMessages } from '../../../locales/messages.ts';
import { contextOf, type Draft, phoneKindOf, withContext, withPhoneKind } from '../../../model/cards/card-values.ts';
import { type Entry, labelOfEntry, writeEntryOf, writeLabelOf } from '../../../model/cards/entries.ts';
import type { Phone } from '../../../../src/format/jscontact/types.ts';
import { Select } from '../../../ui/fields/select.tsx';
import { TextField } from '../../../ui/fields/text-field.tsx';
import styles from './card-form.module.css';

interface EntryKindProps {
  readonly field: EntryFieldRow;
  readonly draft: Draft;
  readonly entryKey: string;
  readonly entry: Entry;
  readonly change: (change: (draft: Draft) => Draft) => void;
}

const own = 'own';

/** What tells an entry apart from the others of its field: one of the usual kinds, or a label of one's own. */
export function EntryKind(props: EntryKindProps) {
  const { field, draft, entryKey, entry, change } = props;
  const {
    contacts: { edit, fields },
  } = useMessages();
  const label = labelOfEntry(draft, field, entryKey, entry);
  const writeLabel = (text: string) => change((before) => writeLabelOf(before, field, [entryKey, entry], text));
  const [isOwn, setOwn] = useState(false);
  if (field.kinds === 'label') return <OwnLabel value={label} onChange={writeLabel} />;
  if (field.kinds === 'services') return <Service {...props} />;
  const names =
    field.kinds === 'phoneKinds'
      ? (Object.keys(phoneKinds) as (keyof typeof phoneKinds)[]).map((id) => ({ id, label: fields.phoneKinds[id] }))
      : contexts.map((id) => ({ id, label: fields.contexts[id] }));
  const usual = field.kinds === 'phoneKinds' ? phoneKindOf(entry as unknown as Phone) : contextOf(entry);
  const choose = (kind: string) => {
    setOwn(kind === own);
    if (kind === own) return;
    const changed =
      field.kinds === 'phoneKinds'
        ? withPhoneKind(entry as unknown as Phone, kind as keyof typeof phoneKinds)
        : withContext(entry, kind);
    change((before) => writeLabelOf(writeEntryOf(before, field, entryKey, changed), field, [entryKey, changed], ''));
  };
  return (
    <div className={styles['kinds']}>
      <Select
        label={edit.type(fields[field.label])}
        isLabelHidden
        options={[...names, { id: own, label: fields.ownKind }]}
        value={isOwn || label !== '' ? own : usual}
        onChange={choose}
      />
      {isOwn || label !== '' ? (
        <OwnLabel value={label} onChange={writeLabel} autoFocus={isOwn && label === ''} />
      ) : null}
    </div>
  );
}

interface OwnLabelProps {
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly autoFocus?: boolean;
}

function OwnLabel({ value, onChange, autoFocus = false }: OwnLabelProps) {
  const {
    contacts: { fields },
  } = useMessages();
  return (
    <TextField
      label={fields.ownLabel}
      isLabelHidden
      placeholder={fields.ownLabel}
      autoComplete="off"
      maxLength={200}
      value={value}
      onChange={onChange}
      // oxlint-disable-next-line jsx-a11y/no-autofocus -- it was asked for: typing starts at once
      autoFocus={autoFocus}
    />
  );
}

const other = 'other';

/** Where somebody is found online. */
function Service({ field, entryKey, entry, change }: EntryKindProps) {
  const {
    contacts: { edit, fields },
  } = useMessages();
  const service = typeof entry['service'] === 'string' ? entry['service'] : '';
  const known = services.find((name) => name.toLowerCase() === service.toLowerCase());
  const [isOther, setOther] = useState(service !== '' && !known);
  const write = (name: string) => {
    const { service: _old, ...others } = entry;
    change((before) => writeEntryOf(before, field, entryKey, name === '' ? others : { ...others, service: name }));
  };
  const choose = (name: string) => {
    setOther(name === other);
    write(name === other || name === '' ? '' : name);
  };
  return (
    <div className={styles['kinds']}>
      <Select
        label={edit.type(fields[field.label])}
        isLabelHidden
        options={[
          { id: '', label: '–' },
          ...services.map((name) => ({ id: name as string, label: name })),
          { id: other, label: fields.otherService },
        ]}
        value={isOther ? other : (known ?? '')}
        onChange={choose}
      />
      {isOther ? (
        <TextField
          label={fields.service}
          isLabelHidden
          placeholder={fields.service}
          autoComplete="off"
          value={service}
          onChange={write}
        />
      ) : null}
    </div>
  );
}
