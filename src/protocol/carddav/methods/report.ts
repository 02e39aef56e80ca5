import type { Context } from '../../../core/context.ts';
import type { HttpReply, HttpRequest } from '../../../lib/http/http.ts';
import type { XmlElement } from '../../../lib/xml/xmlElement.ts';
import { DavError } from '../errors.ts';
import { calendarserver, carddav, dav, xml } from '../names.ts';
import { readXmlBody } from '../readXmlBody.ts';
import { expandProperty } from '../reports/expandProperty.ts';
import { multiget } from '../reports/multiget.ts';
import { reportsFor } from '../reports/names.ts';
import { principalMatch } from '../reports/principalMatch.ts';
import {
  aclPrincipalPropSet,
  principalPropertySearch,
  principalSearch,
  principalSearchPropertySet,
} from '../reports/principals.ts';
import { query } from '../reports/query.ts';
import { syncCollection } from '../reports/syncCollection.ts';
import type { Resource } from '../resources.ts';

type Report = (context: Context, resource: Resource, question: XmlElement, request: HttpRequest) => Promise<HttpReply>;

/** The reports by the name of the element that asks; of what they may be asked stands in `reports/names.ts`. */
const reports: Readonly<Record<string, Report>> = {
  [carddav('addressbook-query')]: query,
  [carddav('addressbook-multiget')]: multiget,
  [dav('sync-collection')]: syncCollection,
  [dav('expand-property')]: expandProperty,
  [dav('principal-property-search')]: principalPropertySearch,
  [dav('principal-match')]: principalMatch,
  [dav('principal-search-property-set')]: principalSearchPropertySet,
  [dav('acl-principal-prop-set')]: aclPrincipalPropSet,
  [calendarserver('calendarserver-principal-search')]: principalSearch,
};

/** REPORT (RFC 3253 §3.6). */
export async function report(context: Context, resource: Resource, request: HttpRequest): Promise<HttpReply> {
  const question = await readXmlBody(request, { cards: context.settings.maxCardsPerAccount });
  if (!question) throw new DavError(400);
  const answer = reports[question.name];
  if (!answer || !reportsFor(resource.kind).includes(question.name))
    throw new DavError(403, xml(dav('supported-report')));
  return answer(context, resource, question, request);
}
