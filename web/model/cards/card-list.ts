import type { ContactCard, Id } from '../../../client/src/types.ts';
import { type QueryDelta, spliceIds } from './splice-ids.ts';
import { bookIdOf, cardKey, type CardRef } from './card-ref.ts';

/** One query whose results stand in the list; several follow one another. */
export interface CardSource {
  readonly accountId: Id;
  /** Where all results of the source are, if that is one folder. */
  readonly bookId: Id | null;
  /** null: everything. */
  readonly filter: Readonly<Record<string, unknown>> | null;
  /** Properties that its rows need beside those of every list. */
  readonly more?: readonly string[];
  /** The account with the person's private notes, where these are looked through, too. */
  readonly notesIn?: Id;
}

/** A part of the results of a source. */
export interface CardPage {
  readonly ids: readonly Id[];
  readonly cards: readonly ContactCard[];
  readonly total: number;
  readonly queryState: string;
}

/** How a list asks the server; `fetchIds` may answer with fewer ids than were asked for. */
export interface CardTransport {
  readonly fetchPage: (source: CardSource, position: number, limit: number) => Promise<CardPage>;
  readonly fetchIds: (source: CardSource, position: number, limit: number) => Promise<readonly Id[]>;
  /** Rejects when the server cannot say: then everything is asked for anew. */
  readonly fetchDelta: (
    source: CardSource,
    queryState: string,
  ) => Promise<QueryDelta & { readonly queryState: string }>;
  readonly fetchCards: (source: CardSource, ids: readonly Id[]) => Promise<readonly ContactCard[]>;
}

/** What is known of a list; another object whenever something changed. */
export interface CardListState {
  readonly status: 'loading' | 'ready' | 'failed';
  readonly total: number;
  readonly error: unknown;
}

/** A place of the list that is known. */
export interface ListedCard {
  readonly ref: CardRef;
  /** Undefined until its page has come, and again when it was scrolled away long ago. */
  readonly card: ContactCard | undefined;
}

interface Held {
  readonly source: CardSource;
  readonly fresh: Set<number>;
  readonly loading: Set<number>;
  ids: (Id | undefined)[];
  total: number | undefined;
  queryState: string | undefined;
  generation: number;
  following: Promise<void> | undefined;
}

interface Place {
  readonly held: Held;
  readonly position: number;
}

/** Where the cards of a list come from, and how many of them are held. */
export interface CardListOptions {
  /** null: it is not known yet which they are. */
  readonly sources: readonly CardSource[] | null;
  readonly transport: CardTransport;
  readonly pageSize?: number;
  readonly maximumHeld?: number;
}

// Two at a time: who scrolls through 50,000 rows passes hundreds of pages and needs only the last one.
const requestsAtOnce = 2;
const idsPerRequest = 5_000;

/** A list of cards of which only a window is held: the server knows order and length. A class because it has a life. */
export class CardList {
  readonly #areSourcesKnown: boolean;
  readonly #all: readonly Held[];
  readonly #transport: CardTransport;
  readonly #pageSize: number;
  readonly #maximumHeld: number;
  readonly #cards = new Map<string, ContactCard>();
  readonly #listeners = new Set<() => void>();
  #shown: { readonly first: number; readonly last: number };
  #running = 0;
  #error: unknown;
  #state: CardListState;

  constructor({ sources, transport, pageSize = 100, maximumHeld = 1_500 }: CardListOptions) {
    this.#areSourcesKnown = sources !== null;
    this.#all = (sources ?? []).map((source) => ({
      source,
      ids: [],
      total: undefined,
      queryState: undefined,
      fresh: new Set(),
      loading: new Set(),
      generation: 0,
      following: undefined,
    }));
    this.#transport = transport;
    this.#pageSize = pageSize;
    this.#maximumHeld = maximumHeld;
    this.#shown = { first: 0, last: pageSize - 1 };
    this.#state = this.#stateNow();
  }

  /** Calls the listener whenever the list is another. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly state = (): CardListState => this.#state;

  /** What stands at a place; undefined where nothing was loaded yet. */
  at(index: number): ListedCard | undefined {
    const place = this.#locate(index);
    const id = place?.held.ids[place.position];
    if (!place || id === undefined) return undefined;
    const ref = this.#refOf(place.held.source, id);
    return { ref, card: this.#cards.get(cardKey(ref)) };
  }

  /** Where a card stands, if its page has been loaded; else -1. */
  indexOf(key: string): number {
    let start = 0;
    for (const { source, ids, total } of this.#all) {
      const prefix = `${source.accountId}/`;
      const index = key.startsWith(prefix) ? ids.indexOf(key.slice(prefix.length)) : -1;
      if (index >= 0) return start + index;
      start += total ?? 0;
    }
    return -1;
  }

  /** Tells which rows are on the screen; what they lack is fetched. */
  show(first: number, last: number): void {
    this.#shown = { first, last };
    for (let index = first; index <= last; index += 1) {
      const place = this.#locate(index);
      // A card that had made room for others is fetched again with its page.
      if (place && this.at(index)?.card === undefined)
        place.held.fresh.delete(Math.floor(place.position / this.#pageSize));
    }
    this.#pump();
  }

  /** The cards of a range, of which most may never have been loaded. */
  async refsBetween(first: number, last: number): Promise<readonly CardRef[]> {
    const parts: Promise<CardRef[]>[] = [];
    let start = 0;
    for (const held of this.#all) {
      const total = held.total ?? 0;
      const from = Math.max(0, first - start);
      const to = Math.min(total - 1, last - start);
      if (from <= to) parts.push(this.#refsOf(held, from, to));
      start += total;
    }
    return (await Promise.all(parts)).flat();
  }

  /** What is on the screen is fetched anew, quietly; the rest when it is scrolled to. */
  refresh(accountId?: Id): void {
    this.#error = undefined;
    for (const held of this.#all) {
      if (accountId !== undefined && held.source.accountId !== accountId) continue;
      held.generation += 1;
      held.fresh.clear();
    }
    this.#tell();
    this.#pump();
  }

  /**
   * Follows what changed in an account without asking again for what it has: the places of ids are spliced, and only
   * cards that are held or on the screen are fetched. Where that cannot be told, as `refresh`.
   */
  async follow(accountId: Id, updated: readonly Id[]): Promise<void> {
    this.#error = undefined;
    const concerned = this.#all.filter((held) => held.source.accountId === accountId);
    await Promise.all(
      concerned.map((held) => {
        held.following = (held.following ?? Promise.resolve()).then(() => this.#followOne(held, updated));
        return held.following;
      }),
    );
  }

  /** Takes cards out at once, before the server has confirmed that they left. */
  drop(keys: ReadonlySet<string>): void {
    for (const held of this.#all) {
      const { accountId } = held.source;
      // Array.from, because filter() would drop the holes of what was never loaded.
      const ids = Array.from(held.ids).filter((id) => id === undefined || !keys.has(cardKey({ accountId, id })));
      if (held.total !== undefined) held.total -= held.ids.length - ids.length;
      held.ids = ids;
    }
    this.#tell();
  }

  async #followOne(held: Held, updated: readonly Id[]): Promise<void> {
    const { source, queryState, generation } = held;
    try {
      if (queryState === undefined) throw new Error('Nothing was loaded yet');
      const delta = await this.#transport.fetchDelta(source, queryState);
      const ids = spliceIds(this.#trustedIds(held), delta);
      // A page that came meanwhile is of a state that nobody can place.
      if (!ids || held.queryState !== queryState || held.generation !== generation)
        throw new Error('The list is another');
      held.ids = ids;
      held.total = delta.total;
      held.queryState = delta.queryState;
      held.fresh.clear();
      for (const page of pagesOf(0, delta.total - 1, this.#pageSize))
        if (!ids.slice(page * this.#pageSize, (page + 1) * this.#pageSize).includes(undefined)) held.fresh.add(page);
      await this.#fetchChanged(source, new Set([...updated, ...delta.added.map(({ id }) => id)]));
      this.#tell();
      this.show(this.#shown.first, this.#shown.last);
    } catch {
      this.refresh(source.accountId);
    }
  }

  /** The ids whose pages are as the server has them; of the others nobody knows where they are now. */
  #trustedIds({ ids, fresh, total }: Held): (Id | undefined)[] {
    return Array.from({ length: total ?? 0 }, (_, index) =>
      fresh.has(Math.floor(index / this.#pageSize)) ? ids[index] : undefined,
    );
  }

  /** Cards that are held are fetched anew; of those that came, the ones on the screen. */
  async #fetchChanged(source: CardSource, changed: ReadonlySet<Id>): Promise<void> {
    const { accountId } = source;
    const wanted = new Set<Id>();
    for (const id of changed) if (this.#cards.has(cardKey({ accountId, id }))) wanted.add(id);
    for (let index = this.#shown.first; index <= this.#shown.last; index += 1) {
      const ref = this.at(index)?.ref;
      if (ref?.accountId === accountId && changed.has(ref.id)) wanted.add(ref.id);
    }
    if (wanted.size === 0) return;
    for (const card of await this.#transport.fetchCards(source, [...wanted]))
      this.#cards.set(cardKey({ accountId, id: card.id }), card);
  }

  #stateNow(): CardListState {
    const known = this.#all.filter((held) => held.total !== undefined);
    const total = known.reduce((sum, held) => sum + (held.total ?? 0), 0);
    const isReady = this.#areSourcesKnown && known.length === this.#all.length;
    return { status: isReady ? 'ready' : this.#error === undefined ? 'loading' : 'failed', total, error: this.#error };
  }

  #tell(): void {
    this.#state = this.#stateNow();
    for (const listener of this.#listeners) listener();
  }

  #locate(index: number): Place | undefined {
    let position = index;
    for (const held of this.#all) {
      const total = held.total ?? 0;
      if (position < total) return { held, position };
      position -= total;
    }
    return undefined;
  }

  #refOf({ accountId, bookId }: CardSource, id: Id): CardRef {
    const card = this.#cards.get(cardKey({ accountId, id }));
    return { accountId, id, bookId: bookId ?? (card ? bookIdOf(card) : null), ...addedBy(card) };
  }

  async #refsOf(held: Held, first: number, last: number): Promise<CardRef[]> {
    const known = held.ids.slice(first, last + 1);
    // includes() sees the holes of what was never loaded as undefined.
    const isComplete = known.length === last + 1 - first && !known.includes(undefined);
    const ids = isComplete ? (known as Id[]) : await this.#fetchIds(held.source, first, last);
    return ids.map((id) => this.#refOf(held.source, id));
  }

  async #fetchIds(source: CardSource, first: number, last: number): Promise<Id[]> {
    const ids: Id[] = [];
    while (first + ids.length <= last) {
      const position = first + ids.length;
      const more = await this.#transport.fetchIds(source, position, Math.min(idsPerRequest, last + 1 - position));
      if (more.length === 0) break;
      ids.push(...more);
    }
    return ids;
  }

  /** The pages that the screen lacks; of a source that is not on it the first, because its total is shown too. */
  #wishes(): { held: Held; page: number }[] {
    let start = 0;
    const wished = this.#all.flatMap((held) => {
      const total = held.total ?? this.#pageSize;
      const first = Math.max(0, this.#shown.first - start);
      const last = Math.min(total - 1, this.#shown.last - start);
      start += held.total ?? 0;
      const pages = pagesOf(first, last, this.#pageSize);
      return (pages.length > 0 ? pages : held.fresh.size === 0 ? [0] : []).map((page) => ({ held, page }));
    });
    return wished.filter(({ held, page }) => !held.fresh.has(page) && !held.loading.has(page));
  }

  #pump(): void {
    if (this.#error !== undefined) return;
    for (const { held, page } of this.#wishes()) {
      if (this.#running >= requestsAtOnce) return;
      this.#running += 1;
      held.loading.add(page);
      void this.#fetchPage(held, page);
    }
  }

  async #fetchPage(held: Held, page: number): Promise<void> {
    const { generation } = held;
    try {
      this.#take(held, page, await this.#transport.fetchPage(held.source, page * this.#pageSize, this.#pageSize));
      // What changed while the answer was on its way is asked for again.
      if (held.generation === generation) held.fresh.add(page);
    } catch (error) {
      this.#error = error;
    } finally {
      held.loading.delete(page);
      this.#running -= 1;
      this.#tell();
      this.#pump();
    }
  }

  #take(held: Held, page: number, reply: CardPage): void {
    const start = page * this.#pageSize;
    // Of another state than the rest: the rest is read again when it is on the screen.
    if (held.queryState !== reply.queryState) held.fresh.clear();
    held.queryState = reply.queryState;
    held.ids.length = Math.max(held.ids.length, start);
    held.ids.splice(start, this.#pageSize, ...reply.ids);
    held.ids.length = Math.min(held.ids.length, reply.total);
    held.total = reply.total;
    for (const card of reply.cards) {
      const key = cardKey({ accountId: held.source.accountId, id: card.id });
      this.#cards.delete(key);
      this.#cards.set(key, card);
    }
    this.#makeRoom();
  }

  /** The cards that came first make room, but not what is on the screen. */
  #makeRoom(): void {
    if (this.#cards.size <= this.#maximumHeld) return;
    const visible = new Set<string>();
    for (let index = this.#shown.first; index <= this.#shown.last; index += 1) {
      const listed = this.at(index);
      if (listed) visible.add(cardKey(listed.ref));
    }
    for (const key of this.#cards.keys()) {
      if (this.#cards.size <= this.#maximumHeld) return;
      if (!visible.has(key)) this.#cards.delete(key);
    }
  }
}

function pagesOf(first: number, last: number, pageSize: number): number[] {
  const pages: number[] = [];
  for (let page = Math.floor(first / pageSize); page * pageSize <= last; page += 1) pages.push(page);
  return pages;
}

/** Where it counts, whether the person added the card. */
function addedBy(card: ContactCard | undefined): Pick<CardRef, 'addedByMe'> {
  return card?.addedByMe === undefined ? {} : { addedByMe: card.addedByMe };
}
