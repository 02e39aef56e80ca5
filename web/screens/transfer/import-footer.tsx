import type { Id } from '../../../client/src/types.ts';
import { useMessages } from '../../locales/messages.ts';
import { Button } from '../../ui/button.tsx';
import { downloadReport } from './import-operations.ts';
import type { ImportState } from './use-import.ts';

interface ImportFooterProps {
  readonly accountId: Id;
  readonly state: ImportState;
  readonly onClose: () => void;
  readonly onAsk: (wanted: 'cancelled' | 'undoing') => void;
  readonly onAgain: () => void;
}

/** What can be done at each step of an import. */
export function ImportFooter({ accountId, state, onClose, onAsk, onAgain }: ImportFooterProps) {
  const { common, transfer } = useMessages();
  const { step, preview, run } = state;
  if (step === 'running')
    return (
      <>
        <Button onPress={onClose}>{transfer.background}</Button>
        {run?.state === 'undoing' ? null : <Button onPress={() => onAsk('cancelled')}>{transfer.stop}</Button>}
      </>
    );
  if (step === 'result' && run)
    return (
      <>
        {state.hasProblems && run.state !== 'undone' ? (
          <Button variant="quiet" onPress={() => void downloadReport(accountId, run)}>
            {transfer.report}
          </Button>
        ) : null}
        {run.state !== 'undone' && run.made + run.merged > run.undone + run.kept ? (
          <Button onPress={() => onAsk('undoing')}>{transfer.undo}</Button>
        ) : null}
        <Button variant="primary" onPress={onClose} autoFocus>
          {common.close}
        </Button>
      </>
    );
  return (
    <>
      {step === 'preview' ? (
        <Button variant="quiet" onPress={onAgain}>
          {transfer.chooseOther}
        </Button>
      ) : null}
      <Button onPress={onClose}>{common.cancel}</Button>
      {step === 'preview' && preview ? (
        <Button type="submit" variant="primary" isPending={state.isRereading} isDisabled={preview.count === 0}>
          {transfer.importCount(preview.count)}
        </Button>
      ) : null}
    </>
  );
}
