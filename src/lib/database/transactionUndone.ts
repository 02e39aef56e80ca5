/**
 * A transaction was in the way of another one, or has lost its database before its commit: nothing of it was done, and nothing in
 * it is worth going on with. It is done anew from its beginning; whoever makes something of the failures of its parts lets this
 * one pass.
 */
export class TransactionUndone extends Error {
  constructor(cause: unknown) {
    super('The transaction has been undone', { cause });
    this.name = 'TransactionUndone';
  }
}
