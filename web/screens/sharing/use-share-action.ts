import { useRef, useState } from 'react';
import { describeError } from '../../api/errors.ts';

/** The state of a dialog's operation. */
export interface ShareAction {
  readonly isWorking: boolean;
  readonly failure: string | undefined;
  readonly run: () => void;
}

/** Runs a dialog's operation once at a time; closes on success, shows what was refused. */
export function useShareAction(operation: () => Promise<void>, onDone: () => void): ShareAction {
  const [isWorking, setWorking] = useState(false);
  const [failure, setFailure] = useState<string>();
  const isBusy = useRef(false);
  const run = () => {
    // State comes too late for a second press within one frame.
    if (isBusy.current) return;
    isBusy.current = true;
    setWorking(true);
    setFailure(undefined);
    operation()
      .then(onDone, (error: unknown) => setFailure(describeError(error)))
      .finally(() => {
        isBusy.current = false;
        setWorking(false);
      });
  };
  return { isWorking, failure, run };
}
