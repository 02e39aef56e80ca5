import { directoryAccount } from '../../../core/directorybook/directoryBook.ts';
import { escapeXml } from '../../../lib/xml/escapeXml.ts';
import { colorText } from '../colorText.ts';
import { calendarserver, carddav, colorNames, dav, href, xml } from '../names.ts';
import { paths } from '../paths.ts';
import { property } from './define.ts';

/** The versions that are taken and given; the first is what clients get that do not ask (RFC 6352 §5.1). */
export const vcardVersions = ['3.0', '4.0'] as const;
/** How texts are compared (RFC 6352 §8.3). */
export const collations = ['i;ascii-casemap', 'i;unicode-casemap', 'i;octet'] as const;

/** CardDAV: RFC 6352 §6.2 and §7.1. */
export const rfc6352 = [
  property(carddav('addressbook-home-set'), ['principal'], ({ principal }, { actor, wantsOne }) => {
    if (principal.id !== actor.principalId) return undefined;
    return href(wantsOne ? paths.oneHome(principal.id) : paths.home(principal.id));
  }),
  // draft-daboo-carddav-directory-gateway: where programs search the organisation's directory, as « Annuaire » shows it.
  property(carddav('directory-gateway'), ['principal', 'home', 'oneHome'], async (_resource, context) =>
    (await directoryAccount(context)) ? href(paths.directory) : undefined,
  ),
  property(carddav('addressbook-description'), ['book'], ({ book }) =>
    book.seen.book.description === null ? undefined : escapeXml(book.seen.book.description),
  ),
  property(carddav('supported-address-data'), ['book', 'directory', 'oneBook'], () =>
    vcardVersions
      .map((version) => xml(carddav('address-data-type'), '', ` content-type="text/vcard" version="${version}"`))
      .join(''),
  ),
  property(carddav('supported-collation-set'), ['book', 'home', 'directory', 'oneBook'], () =>
    collations.map((collation) => xml(carddav('supported-collation'), collation)).join(''),
  ),
  property(carddav('max-resource-size'), ['book', 'oneBook'], (_, { settings }) => String(settings.maxCardSize)),
  ...colorNames.map((name) => property(name, ['book'], ({ book }) => colorText(book.color) ?? undefined)),
  // Apple's: so many cards an account may have.
  property(calendarserver('max-resources'), ['book', 'home'], (_, { settings }) => String(settings.maxCardsPerAccount)),
  // RFC 5995 §3.2.1: cards may be POSTed to the folder itself.
  property(dav('add-member'), ['book'], ({ path }) => href(path)),
];
