import { type RefObject, useEffect } from 'react';
import { usePrincipal } from '../../api/hooks.ts';
import { Select } from '../../ui/fields/select.tsx';
import { TextArea } from '../../ui/fields/text-field.tsx';
import { useHandoverTexts } from './handover-texts.ts';
import styles from './handover.module.css';
import { PrincipalField } from './principal-field.tsx';
import type { ListingForm } from './use-listing-form.ts';

const audiences = ['nobody', 'everybody', 'group'] as const;

interface ListingFieldProps {
  readonly form: ListingForm;
  readonly inputRef: RefObject<HTMLInputElement | null>;
}

/** « Proposé dans l’annuaire »: who may find the folder and ask for it, and what they read of it. */
export function ListingField({ form, inputRef }: ListingFieldProps) {
  const texts = useHandoverTexts();
  const { audience, group } = form;
  return (
    <div className={styles['listing']}>
      <Select
        label={texts.listing}
        options={audiences.map((id) => ({ id, label: texts.listingFor[id] }))}
        value={audience}
        onChange={form.setAudience}
        description={texts.listingHint[audience]}
      />
      {audience === 'group' ? (
        <>
          {group && group.name === '' ? <GroupName id={group.id} onName={form.setGroup} /> : null}
          <PrincipalField
            kind="group"
            label={texts.listingGroup}
            chosenLabel={texts.chosenGroup}
            removeLabel={texts.remove}
            emptyText={texts.noGroup}
            value={group}
            onChange={form.setGroup}
            error={form.isGroupMissing ? texts.listingGroupMissing : undefined}
            onUnknown={form.groupMissing}
            inputRef={inputRef}
          />
        </>
      ) : null}
      {audience === 'nobody' ? null : (
        <TextArea
          label={texts.description}
          description={texts.descriptionHint}
          isOptional
          rows={2}
          maxLength={2000}
          value={form.description}
          onChange={form.setDescription}
        />
      )}
    </div>
  );
}

interface GroupNameProps {
  readonly id: string;
  readonly onName: (group: { readonly id: string; readonly name: string }) => void;
}

/** The folder knows its group by id: the directory says what it is called. */
function GroupName({ id, onName }: GroupNameProps) {
  const name = usePrincipal(id)?.name;
  useEffect(() => {
    if (name) onName({ id, name });
  }, [id, name, onName]);
  return null;
}
