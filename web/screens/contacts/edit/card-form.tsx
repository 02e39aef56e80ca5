import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import type { ContactCard, Id } from '../../../../client/src/types.ts';
import { useLanguage, useMessages } from '../../../locales/messages.ts';
import { relativeTime } from '../../../model/relative-time.ts';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { openDialog } from '../../../ui/dialog-host.tsx';
import { focusFirstInvalid } from '../../../ui/fields/focus-invalid.ts';
import { CardFields } from './card-fields.tsx';
import styles from './card-form.module.css';
import { Conflicts } from './conflicts.tsx';
import { DiscardDialog } from './discard-dialog.tsx';
import { useEditTexts } from './edit-texts.ts';
import type { CardForm as FormState } from './use-card-form.ts';

interface CardFormProps {
  readonly title: string;
  readonly accountId: Id;
  /** The card that is changed; none: a new one. */
  readonly card?: ContactCard;
  readonly form: FormState;
  readonly onClose: () => void;
  readonly footer?: ReactNode;
  /** What has to be said above the fields. */
  readonly children?: ReactNode;
}

/** The form of a card, as the table of fields describes it. Ctrl+S saves, Escape leaves. */
export function CardForm({ title, accountId, card, form, onClose, footer, children }: CardFormProps) {
  const { common } = useMessages();
  const element = useRef<HTMLFormElement>(null);

  const submit = () => {
    form.submit();
    if (!element.current) return;
    if (form.conflicts.length > 0) element.current.querySelector<HTMLElement>('[data-conflicts] button')?.focus();
    else focusFirstInvalid(element.current);
  };
  const leave = () => {
    form.release();
    onClose();
  };
  const cancel = () => {
    if (form.isDirty) openDialog((close) => <DiscardDialog onClose={close} onDiscard={leave} />);
    else leave();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const withControl = event.ctrlKey || event.metaKey;
    const isSave = withControl && (event.key === 'Enter' || event.key.toLowerCase() === 's');
    const isInside = element.current?.contains(event.target as Node) === true;
    if (event.defaultPrevented || !isInside || (!isSave && event.key !== 'Escape')) return;
    event.preventDefault();
    if (isSave) submit();
    else cancel();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys of the whole form
    <form
      ref={element}
      className={styles['form']}
      noValidate
      aria-label={title}
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className={styles['bar']}>
        <h2 className={styles['title']}>{title}</h2>
        <Button onPress={cancel}>{common.cancel}</Button>
        <Button variant="primary" type="submit" isPending={form.isPending}>
          {common.save}
        </Button>
      </div>
      <div className={styles['fields']}>
        {children}
        <OfferedDraft form={form} isNew={card === undefined} />
        {form.failure ? (
          <Banner tone="danger" isInline isLive>
            {form.failure}
          </Banner>
        ) : null}
        <Conflicts form={form} />
        <CardFields accountId={accountId} card={card} form={form} />
        {footer ? <div className={styles['footer']}>{footer}</div> : null}
      </div>
    </form>
  );
}

/** What was typed another time comes back, or goes. */
function OfferedDraft({ form: { offered, answer }, isNew }: { readonly form: FormState; readonly isNew: boolean }) {
  const texts = useEditTexts();
  const language = useLanguage();
  if (!offered) return null;
  const when = relativeTime(new Date(offered.keptAt).toISOString(), language);
  return (
    <Banner
      isInline
      isLive
      actions={
        <>
          <Button size="small" variant="primary" onPress={() => answer(true)}>
            {texts.resumeDraft}
          </Button>
          <Button size="small" onPress={() => answer(false)}>
            {texts.dropDraft}
          </Button>
        </>
      }
    >
      <strong>{isNew ? texts.draftTitleNew : texts.draftTitle}</strong> {texts.draftText(when)}
    </Banner>
  );
}
