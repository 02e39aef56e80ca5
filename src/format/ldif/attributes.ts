import type { ColumnField } from '../csv/layouts/layout.ts';

/** An attribute: what it is in a contact, what it is called when written, and its other names. */
export type LdifAttribute = readonly [field: ColumnField, name: string, ...others: readonly string[]];

/**
 * The attributes of persons: inetOrgPerson (RFC 2798, RFC 4519) and Mozilla's mozillaAbPersonAlpha, in the order in
 * which they are written.
 */
export const ldifAttributes: readonly LdifAttribute[] = [
  ['namePrefix', 'personalTitle'],
  ['firstName', 'givenName', 'gn'],
  ['lastName', 'sn', 'surname'],
  ['nameSuffix', 'generationQualifier'],
  ['fullName', 'cn', 'commonname', 'displayname'],
  ['nickname', 'mozillaNickname', 'xmozillanickname'],
  ['email', 'mail', 'rfc822mailbox'],
  ['email2', 'mozillaSecondEmail', 'xmozillasecondemail'],
  ['imAddress1', 'nsAIMid', 'nscpaimscreenname'],
  ['workPhone', 'telephoneNumber'],
  ['homePhone', 'homePhone', 'hometelephonenumber'],
  ['mobilePhone', 'mobile', 'mobiletelephonenumber', 'cellphone'],
  ['workFax', 'facsimileTelephoneNumber', 'fax'],
  ['pager', 'pager', 'pagertelephonenumber', 'pagerphone'],
  ['homeStreet', 'mozillaHomeStreet'],
  ['homeStreet:2', 'mozillaHomeStreet2'],
  ['homeCity', 'mozillaHomeLocalityName', 'homelocality'],
  ['homeState', 'mozillaHomeState'],
  ['homePostalCode', 'mozillaHomePostalCode'],
  ['homeCountry', 'mozillaHomeCountryName'],
  ['workStreet', 'street', 'streetaddress'],
  ['workStreet:2', 'mozillaWorkStreet2'],
  ['workPOBox', 'postOfficeBox'],
  ['workCity', 'l', 'locality', 'localityname'],
  ['workState', 'st', 'region', 'stateorprovincename'],
  ['workPostalCode', 'postalCode', 'zip'],
  ['workCountry', 'c', 'countryname', 'co'],
  ['jobTitle', 'title'],
  ['department', 'ou', 'department', 'departmentnumber', 'orgunit'],
  ['company', 'o', 'company', 'organizationname'],
  ['workURL', 'mozillaWorkUrl', 'workurl'],
  ['homeURL', 'mozillaHomeUrl', 'homeurl'],
  ['otherURL', 'labeledURI', 'labeleduri', 'url'],
  ['birthday:year', 'birthyear'],
  ['birthday:month', 'birthmonth'],
  ['birthday:day', 'birthday'],
  ['languages', 'preferredLanguage'],
  ['notes', 'description'],
  ['note', 'mozillaCustom1', 'custom1'],
  ['note', 'mozillaCustom2', 'custom2'],
  ['note', 'mozillaCustom3', 'custom3'],
  ['note', 'mozillaCustom4', 'custom4'],
  ['note', 'roomNumber'],
  ['note', 'physicalDeliveryOfficeName'],
];

/** What an attribute is, by its name in lower case. */
export const fieldOfAttribute: ReadonlyMap<string, ColumnField> = new Map(
  ldifAttributes.flatMap(([field, ...names]) =>
    names.map((name): [string, ColumnField] => [name.toLowerCase(), field]),
  ),
);
