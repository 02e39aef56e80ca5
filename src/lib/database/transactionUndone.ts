/**
 * A transaction was in the way of another one, and is done anew from its beginning: nothing in it is worth going on with, and
 * whoever makes something of the failures of its parts lets this one pass.
 */
export class TransactionUndone extends Error {
  constructor(cause: unknown) {
    super('The transaction was in the way of another one', { cause });
    this.name = 'TransactionUndone';
  }
}
