import { homeTag, homeViewer, readHome } from '../../../core/addressbook/homeState.ts';
import { calendarserver, dav, xml } from '../names.ts';
import { reportsFor } from '../reports/names.ts';
import { syncToken, writeHomeToken } from '../syncToken.ts';
import { everywhere, property } from './define.ts';

/** Where a client's copy stands (RFC 6578 §4, Apple's ctag), and what may be asked (RFC 3253 §3.1.5). */
export const rfc6578 = [
  property(dav('sync-token'), ['book'], ({ book }) => syncToken(book.seen.book)),
  property(calendarserver('getctag'), ['book'], ({ book }) => syncToken(book.seen.book)),
  property(dav('sync-token'), ['home'], async (_, context) =>
    writeHomeToken(homeViewer(context), (await readHome(context)).seq),
  ),
  property(calendarserver('getctag'), ['home', 'oneHome', 'oneBook'], (_, context) => homeTag(context)),
  property(dav('supported-report-set'), everywhere, (resource) =>
    reportsFor(resource.kind)
      .map((name) => xml(dav('supported-report'), xml(dav('report'), xml(name))))
      .join(''),
  ),
];
