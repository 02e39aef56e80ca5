import { useEffect, useState } from 'react';
import type { ImportProblem } from '../../../client/src/imports.ts';
import type { Id } from '../../../client/src/types.ts';
import { someProblems } from './import-operations.ts';

/** What an import has not understood, as far as it is shown; nothing while it is asked for. */
export function useImportProblems(accountId: Id, importId: Id): readonly ImportProblem[] {
  const [problems, setProblems] = useState<readonly ImportProblem[]>([]);
  useEffect(() => {
    let isCurrent = true;
    someProblems(accountId, importId).then(
      (list) => isCurrent && setProblems(list),
      () => {},
    );
    return () => {
      isCurrent = false;
    };
  }, [accountId, importId]);
  return problems;
}
