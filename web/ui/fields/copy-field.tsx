import { Check, Copy } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useMessages } from '../../locales/messages.ts';
import { announce } from '../announce.ts';
import { Button } from '../button.tsx';
import { copyText } from '../copy-text.ts';
import styles from './copy-field.module.css';
import field from './field.module.css';

export interface CopyFieldProps {
  readonly label: string;
  readonly value: string;
  readonly description?: ReactNode;
  /** Said by screen readers: « Copier l’adresse ». */
  readonly copyLabel: string;
  readonly failedText: string;
}

const confirmedFor = 2_500;

/** A text to take elsewhere, with a button that copies it. */
export function CopyField({ label, value, description, copyLabel, failedText }: CopyFieldProps) {
  const { common } = useMessages();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [isCopied, setCopied] = useState(false);

  useEffect(() => {
    if (!isCopied) return undefined;
    const timer = setTimeout(() => setCopied(false), confirmedFor);
    return () => clearTimeout(timer);
  }, [isCopied]);

  const copy = async () => {
    const done = await copyText(value, input.current);
    setCopied(done);
    announce(done ? common.copied : failedText);
    if (!done) input.current?.select();
  };

  return (
    <div className={field['field']}>
      <label htmlFor={id} className={field['label']}>
        {label}
      </label>
      {description ? (
        <div id={`${id}-description`} className={field['description']}>
          {description}
        </div>
      ) : null}
      <div className={styles['line']}>
        <input
          ref={input}
          id={id}
          readOnly
          value={value}
          className={`${field['control']} ${styles['value']}`}
          aria-describedby={description ? `${id}-description` : undefined}
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button
          aria-label={isCopied ? common.copied : copyLabel}
          icon={isCopied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
          onPress={() => void copy()}
        >
          {isCopied ? common.copied : common.copy}
        </Button>
      </div>
    </div>
  );
}
