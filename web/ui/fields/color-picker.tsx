import { Palette } from 'lucide-react';
import { useState } from 'react';
import { useMessages } from '../../locales/messages.ts';
import { classes } from '../button.tsx';
import { colorAttributes, colorNames, isColorName, parseHexColor } from '../color.ts';
import styles from './color-picker.module.css';
import { Select } from './select.tsx';
import { TextField } from './text-field.tsx';

/** A dot of a colour; null is a dashed ring. */
export function ColorSwatch({ color }: { readonly color: string | null }) {
  return (
    <span
      {...colorAttributes(color)}
      className={classes(styles['swatch'], color === null && styles['none'])}
      aria-hidden
    />
  );
}

export interface ColorPickerProps {
  /** A standard name, "#rrggbb", or null for « Aucune ». */
  readonly value: string | null;
  readonly onChange: (color: string | null) => void;
  readonly label?: string;
  /** Beside what it is the colour of; still heard. */
  readonly isLabelHidden?: boolean;
  /** What it is called that nothing is chosen. */
  readonly noneLabel?: string;
}

const firstCustom = '#5b9bf2';

/** The « Couleur » drop-down: the standard colours, then « Plus de couleurs... » for any other. */
export function ColorPicker({ value, onChange, label, isLabelHidden = false, noneLabel }: ColorPickerProps) {
  const { common } = useMessages();
  const isCustom = value !== null && !isColorName(value);
  const options = [
    { id: 'none', label: noneLabel ?? common.colors.none, icon: <ColorSwatch color={null} /> },
    ...colorNames.map((name) => ({ id: name, label: common.colors[name], icon: <ColorSwatch color={name} /> })),
    {
      id: 'custom',
      label: isCustom ? common.colors.custom : common.moreColors,
      icon: isCustom ? <ColorSwatch color={value} /> : <Palette size={16} aria-hidden />,
    },
  ];
  const choose = (id: string) => {
    if (id === 'custom') onChange(isCustom ? value : firstCustom);
    else onChange(id === 'none' ? null : id);
  };
  return (
    <div className={styles['picker']}>
      <Select
        label={label ?? common.color}
        isLabelHidden={isLabelHidden}
        options={options}
        value={isCustom ? 'custom' : (value ?? 'none')}
        onChange={choose}
      />
      {isCustom ? <CustomColor value={value} onChange={onChange} /> : null}
    </div>
  );
}

function CustomColor({ value, onChange }: { readonly value: string; readonly onChange: (color: string) => void }) {
  const { common } = useMessages();
  const [text, setText] = useState(value);
  const type = (typed: string) => {
    setText(typed);
    const color = parseHexColor(typed);
    if (color) onChange(color);
  };
  return (
    <div className={styles['custom']}>
      <TextField
        label={common.colorCode}
        value={text}
        onChange={type}
        error={parseHexColor(text) ? undefined : common.colorCodeHint}
        autoFocus
      />
      <input
        type="color"
        className={styles['palette']}
        aria-label={common.colorPick}
        value={value}
        onChange={(event) => type(event.currentTarget.value)}
      />
    </div>
  );
}
