import { Plus } from 'lucide-react';
import { dateFields, type FieldLabel, ownFields, repeatedFields, textFields } from '../../../fields.ts';
import { useMessages } from '../../../locales/messages.ts';
import { Button } from '../../../ui/button.tsx';
import { Menu, type MenuEntry } from '../../../ui/menu.tsx';
import { useEditTexts } from './edit-texts.ts';

interface AddFieldProps {
  readonly isShown: (field: { readonly label: FieldLabel; readonly isAlways: boolean }) => boolean;
  readonly hasTags: boolean;
  readonly onAdd: (label: FieldLabel) => void;
}

/** « Ajouter un champ »: the fields that are not there yet, and one more of those that a card may have several times. */
export function AddField({ isShown, hasTags, onAdd }: AddFieldProps) {
  const texts = useEditTexts();
  const {
    contacts: { fields },
  } = useMessages();
  const entry = ({ label }: { readonly label: FieldLabel }) => ({
    id: label,
    label: fields[label],
    onAction: () => onAdd(label),
  });
  const groups: readonly (readonly MenuEntry[])[] = [
    repeatedFields.map(entry),
    [...dateFields.filter((field) => !isShown(field)), ...ownFields].map(entry),
    hasTags ? [] : [entry({ label: 'keywords' })],
    textFields.filter((field) => !isShown(field)).map(entry),
  ];
  const entries = groups
    .filter((group) => group.length > 0)
    .flatMap((group, index) => (index === 0 ? group : [{ id: `line${index}`, separator: true as const }, ...group]));
  return (
    <div>
      <Menu label={texts.addField} entries={entries} placement="bottom start">
        <Button size="small" icon={<Plus size={16} aria-hidden />}>
          {texts.addField}
        </Button>
      </Menu>
    </div>
  );
}
