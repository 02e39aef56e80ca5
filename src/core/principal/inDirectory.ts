import { AppError } from '../../errors.ts';

/** The refusal to change here what the organisation's directory says. */
export function inDirectory(): AppError {
  return new AppError('forbidden', 'This is kept in the directory of the organisation: change it there', {
    reason: 'inDirectory',
  });
}
