import { FolderCheck, FolderX, X } from 'lucide-react';
import { useState } from 'react';
import type { AccessRequest, FolderHandover, GrantedRole } from '../../../client/src/requests.ts';
import { useSession } from '../../api/hooks.ts';
import { useLanguage, useMessages } from '../../locales/messages.ts';
import { dayInWords } from '../../model/sharing/end-date.ts';
import type { RequestNews } from '../../model/sharing/request-news.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { showFailure } from '../../ui/toasts.tsx';
import styles from '../invitation/inbox.module.css';
import { answerRequest, describeRefusal, endHandover, endRequest } from './handover-operations.ts';
import { useHandoverTexts } from './handover-texts.ts';

/** Rows of the bell: folders that are offered or asked for, and what was answered to one's own. */
export function RequestCards({
  news,
  onOpen,
}: {
  readonly news: readonly RequestNews[];
  readonly onOpen: (address: string) => void;
}) {
  return news.map((item) => {
    if (item.kind === 'offered') return <OfferCard key={item.offer.id} offer={item.offer} onOpen={onOpen} />;
    if (item.kind === 'asked') return <AskedCard key={item.request.id} request={item.request} />;
    return <AnswerCard key={'offer' in item ? item.offer.id : item.request.id} news={item} />;
  });
}

/** A folder that somebody wants to hand over: taking it is a duty, so both answers stand on its page. */
function OfferCard({ offer, onOpen }: { readonly offer: FolderHandover; readonly onOpen: (address: string) => void }) {
  const texts = useHandoverTexts();
  const { common } = useMessages();
  const { id, fromName, fromEmail, name, cardCount } = offer;
  return (
    <li className={styles['card']}>
      <Avatar name={fromName} seed={fromEmail ?? fromName} size={36} />
      <div className={styles['content']}>
        <span className={styles['quiet']}>{texts.news.offered(fromName)}</span>
        <strong className={styles['what']}>{name}</strong>
        <span className={styles['quiet']}>{common.contactCount(cardCount ?? 0)}</span>
        <div className={styles['actions']}>
          <Button
            variant="primary"
            size="small"
            aria-label={texts.acceptOf(name)}
            onPress={() => onOpen(`/handover/${encodeURIComponent(id)}/accept`)}
          >
            {texts.accept}
          </Button>
          <Button
            size="small"
            aria-label={texts.declineOf(name)}
            onPress={() => onOpen(`/handover/${encodeURIComponent(id)}/decline`)}
          >
            {texts.decline}
          </Button>
        </div>
      </div>
    </li>
  );
}

const granted = ['viewer', 'manager'] as const;

/** Somebody asks for access: given, or not, with one press. */
function AskedCard({ request }: { readonly request: AccessRequest }) {
  const texts = useHandoverTexts();
  const { common } = useMessages();
  const { accountId } = useSession();
  const [isWorking, setWorking] = useState(false);
  const { askedByName, askedByEmail, name, note } = request;
  const answer = (role: GrantedRole | null) => {
    setWorking(true);
    answerRequest(accountId, request, role)
      .catch((error: unknown) => showFailure(describeRefusal(error)))
      .finally(() => setWorking(false));
  };
  return (
    <li className={styles['card']}>
      <Avatar name={askedByName} seed={askedByEmail ?? askedByName} size={36} />
      <div className={styles['content']}>
        <span className={styles['quiet']}>{texts.news.asked(askedByName)}</span>
        <strong className={styles['what']}>{name}</strong>
        {note ? <span className={styles['said']}>{note}</span> : null}
        <span className={styles['quiet']}>{texts.grantAs}</span>
        <div className={styles['actions']}>
          {granted.map((role) => (
            <Button
              key={role}
              variant={role === 'viewer' ? 'primary' : 'secondary'}
              size="small"
              aria-label={texts.grantOf(common.roles[role], askedByName)}
              isDisabled={isWorking}
              onPress={() => answer(role)}
            >
              {common.roles[role]}
            </Button>
          ))}
          <Button
            variant="quiet"
            size="small"
            aria-label={texts.refuseOf(askedByName)}
            isDisabled={isWorking}
            onPress={() => answer(null)}
          >
            {texts.refuse}
          </Button>
        </div>
      </div>
    </li>
  );
}

/** What somebody answered, until it is put away. */
function AnswerCard({ news }: { readonly news: RequestNews }) {
  const texts = useHandoverTexts();
  const language = useLanguage();
  const { accountId } = useSession();
  const isGood = news.kind === 'accepted' || news.kind === 'granted';
  const Icon = isGood ? FolderCheck : FolderX;
  const { name } = 'offer' in news ? news.offer : news.request;
  const who = 'offer' in news ? news.offer.toName : news.request.ownerName;
  const dismiss = () => {
    const ended = 'offer' in news ? endHandover(accountId, news.offer) : endRequest(accountId, news.request);
    ended.catch((error: unknown) => showFailure(describeRefusal(error)));
  };
  return (
    <li className={styles['card']}>
      <span className={styles['icon']} aria-hidden>
        <Icon size={18} />
      </span>
      <div className={styles['content']}>
        <span className={styles['what']}>{texts.news[news.kind](who, name)}</span>
        <span className={styles['quiet']}>{dayInWords(news.at, language)}</span>
      </div>
      <IconButton size="small" label={texts.dismissOf(name)} onPress={dismiss}>
        <X size={16} aria-hidden />
      </IconButton>
    </li>
  );
}
