// The types of RFC 9553, with the vCard carriers of RFC 9555 §2.15. Unknown and vendor properties may
// stand beside those named here: code keeps them and does not look at them.

/** Any JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
/** A JSON object. */
export type JsonObject = { readonly [key: string]: Json };
/** RFC 9553 §1.4.1: 1 to 255 of A-Z a-z 0-9 - _ */
export type Id = string;
/** RFC 9553 §1.4.5, as in 2010-10-10T10:10:10Z */
export type UTCDateTime = string;
/** A set: every value is true. */
export type StringSet = { readonly [key: string]: true };
/** RFC 6901 pointers without the first slash, and the values they get. */
export type PatchObject = { readonly [pointer: string]: Json };
/** A property in jCard form (RFC 7095 §3.3): name, parameters, value type, values. */
export type JCardProp = readonly [name: string, params: VCardParams, type: string, ...values: Json[]];
/** vCard parameters that JSContact has no word for. */
export type VCardParams = { readonly [name: string]: string | readonly string[] };

type Common = { readonly '@type'?: string; readonly vCardParams?: VCardParams; readonly vCardName?: string };
type Usage = { readonly contexts?: StringSet; readonly pref?: number };
type Labelled = Usage & { readonly label?: string };

/** RFC 9553 §2.2.1.2; well-known kinds: title given given2 surname surname2 credential generation separator */
export type NameComponent = Common & { readonly kind: string; readonly value: string; readonly phonetic?: string };
/** RFC 9553 §2.2.1 */
export type Name = Common & {
  readonly components?: readonly NameComponent[];
  readonly isOrdered?: boolean;
  readonly defaultSeparator?: string;
  readonly full?: string;
  readonly sortAs?: { readonly [kind: string]: string };
  readonly phoneticScript?: string;
  readonly phoneticSystem?: string;
};
/** RFC 9553 §2.2.2 */
export type Nickname = Common & Usage & { readonly name: string };
/** RFC 9553 §2.2.3 */
export type OrgUnit = Common & { readonly name: string; readonly sortAs?: string };
/** RFC 9553 §2.2.3 */
export type Organization = Common & {
  readonly name?: string;
  readonly units?: readonly OrgUnit[];
  readonly sortAs?: string;
  readonly contexts?: StringSet;
};
/** RFC 9553 §2.2.4 */
export type Pronouns = Common & Usage & { readonly pronouns: string };
/** RFC 9553 §2.2.4 */
export type SpeakToAs = Common & {
  readonly grammaticalGender?: string;
  readonly pronouns?: { readonly [id: Id]: Pronouns };
};
/** RFC 9553 §2.2.5 */
export type Title = Common & { readonly name: string; readonly kind?: string; readonly organizationId?: Id };
/** RFC 9553 §2.3.1 */
export type EmailAddress = Common & Labelled & { readonly address: string };
/** RFC 9553 §2.3.2 */
export type OnlineService = Common &
  Labelled & { readonly service?: string; readonly uri?: string; readonly user?: string };
/** RFC 9553 §2.3.3 */
export type Phone = Common & Labelled & { readonly number: string; readonly features?: StringSet };
/** RFC 9553 §2.3.4 */
export type LanguagePref = Common & Usage & { readonly language: string };
/** RFC 9553 §2.4.2 */
export type SchedulingAddress = Common & Labelled & { readonly uri: string };
/** RFC 9553 §2.5.1.2 */
export type AddressComponent = Common & { readonly kind: string; readonly value: string; readonly phonetic?: string };
/** RFC 9553 §2.5.1.1 */
export type Address = Common &
  Usage & {
    readonly components?: readonly AddressComponent[];
    readonly isOrdered?: boolean;
    readonly defaultSeparator?: string;
    readonly countryCode?: string;
    readonly coordinates?: string;
    readonly timeZone?: string;
    readonly full?: string;
    readonly phoneticScript?: string;
    readonly phoneticSystem?: string;
  };
/** RFC 9553 §1.4.4 */
export type Resource = Common &
  Labelled & { readonly uri: string; readonly kind?: string; readonly mediaType?: string };
/** RFC 9553 §2.6.2 */
export type Directory = Resource & { readonly listAs?: number };
/** RFC 9553 §2.6.4; `blobId` stands for `uri` on JMAP (RFC 9610 §3) */
export type Media = Common &
  Labelled & { readonly kind: string; readonly uri?: string; readonly blobId?: Id; readonly mediaType?: string };
/** RFC 9553 §2.8.1 */
export type PartialDate = Common & {
  readonly year?: number;
  readonly month?: number;
  readonly day?: number;
  readonly calendarScale?: string;
};
/** RFC 9553 §2.8.1 */
export type Timestamp = Common & { readonly '@type': 'Timestamp'; readonly utc: UTCDateTime };
/** RFC 9553 §2.8.1 */
export type Anniversary = Common & {
  readonly kind: string;
  readonly date: PartialDate | Timestamp;
  readonly place?: Address;
};
/** RFC 9553 §2.8.3 */
export type Author = Common & { readonly name?: string; readonly uri?: string };
/** RFC 9553 §2.8.3 */
export type Note = Common & { readonly note: string; readonly created?: UTCDateTime; readonly author?: Author };
/** RFC 9553 §2.8.4 */
export type PersonalInfo = Common & {
  readonly kind: string;
  readonly value: string;
  readonly level?: string;
  readonly listAs?: number;
  readonly label?: string;
};
/** RFC 9553 §2.1.8 */
export type Relation = Common & { readonly relation?: StringSet };

type IdMap<Value> = { readonly [id: Id]: Value };

/** RFC 9553 §2 */
export type Card = {
  readonly '@type': 'Card';
  readonly version: string;
  readonly uid: string;
  readonly created?: UTCDateTime;
  readonly updated?: UTCDateTime;
  readonly kind?: string;
  readonly language?: string;
  readonly members?: StringSet;
  readonly prodId?: string;
  readonly relatedTo?: { readonly [uid: string]: Relation };
  readonly name?: Name;
  readonly nicknames?: IdMap<Nickname>;
  readonly organizations?: IdMap<Organization>;
  readonly speakToAs?: SpeakToAs;
  readonly titles?: IdMap<Title>;
  readonly emails?: IdMap<EmailAddress>;
  readonly onlineServices?: IdMap<OnlineService>;
  readonly phones?: IdMap<Phone>;
  readonly preferredLanguages?: IdMap<LanguagePref>;
  readonly calendars?: IdMap<Resource>;
  readonly schedulingAddresses?: IdMap<SchedulingAddress>;
  readonly addresses?: IdMap<Address>;
  readonly cryptoKeys?: IdMap<Resource>;
  readonly directories?: IdMap<Directory>;
  readonly links?: IdMap<Resource>;
  readonly media?: IdMap<Media>;
  readonly localizations?: { readonly [language: string]: PatchObject };
  readonly anniversaries?: IdMap<Anniversary>;
  readonly keywords?: StringSet;
  readonly notes?: IdMap<Note>;
  readonly personalInfo?: IdMap<PersonalInfo>;
  readonly vCardProps?: readonly JCardProp[];
  readonly vCardParams?: VCardParams;
  readonly vCardName?: string;
};
