import { downgradeSocialProfile } from './liftChats.ts';
import {
  labelOf,
  makeLine,
  makeParam,
  paramValue,
  paramValues,
  rewriteLine,
  valueType,
  withoutParams,
} from './line.ts';
import { typeOfMedia } from './media.ts';
import { downgradePhoneticName } from './phoneticNames.ts';
import { escapeText, readStructured, splitUnescaped, unescapeText } from './text.ts';
import type { VCardLine, VCardParam } from './types.ts';

type Downgrade = (line: VCardLine) => VCardLine[];

const downgrades: Record<string, Downgrade> = {
  PHOTO: downgradeBinary,
  LOGO: downgradeBinary,
  SOUND: downgradeBinary,
  KEY: downgradeBinary,
  BDAY: (line) => [downgradeDate(line)],
  ANNIVERSARY: downgradeAnniversary,
  ADR: downgradeAddress,
  N: downgradeName,
  GEO: (line) => {
    const place = /^geo:(-?[\d.]+),(-?[\d.]+)$/.exec(line.value);
    return [place ? rewriteLine(line, { value: `${place[1]};${place[2]}` }) : line];
  },
  TZ: downgradeTz,
  UID: (line) => [rewriteLine(line, { params: withoutParams(line.params, 'VALUE') })],
  KIND: downgradeKind,
  SOCIALPROFILE: (line) => [downgradeSocialProfile(line)],
  MEMBER: (line) => [downgradeMember(line)],
  IMPP: (line) => [
    rewriteLine(line, {
      params: line.params.map((param) =>
        param.name.toUpperCase() === 'SERVICE-TYPE' ? { ...param, name: 'X-SERVICE-TYPE' } : param,
      ),
    }),
  ],
};

/** A 4.0 line as 3.0 writes it. What 3.0 has no word for keeps its 4.0 name: 3.0 allows unknown names. */
export function downgradeLine(line: VCardLine): VCardLine[] {
  const preferred = rewriteLine(line, { params: downgradePref(line.params) });
  return downgrades[line.name.toUpperCase()]?.(preferred) ?? [preferred];
}

/** Apple's words for the kinds it knows. */
function downgradeKind(line: VCardLine): VCardLine[] {
  const kind = line.value.toLowerCase();
  if (kind === 'group') return [rewriteLine(line, { name: 'X-ADDRESSBOOKSERVER-KIND' })];
  return [kind === 'org' ? rewriteLine(line, { name: 'X-ABShowAs', value: 'COMPANY' }) : line];
}

/** Apple names a member `urn:uuid:` and its uid, whatever that looks like. */
function downgradeMember(line: VCardLine): VCardLine {
  const name = 'X-ADDRESSBOOKSERVER-MEMBER';
  if (valueType(line) !== 'text') return rewriteLine(line, { name });
  const uid = unescapeText(line.value);
  return rewriteLine(line, { name, value: `urn:uuid:${uid}`, params: withoutParams(line.params, 'VALUE') });
}

function downgradePref(params: readonly VCardParam[]): VCardParam[] {
  return params.map((param) =>
    param.name.toUpperCase() === 'PREF' && param.values[0] === '1' ? makeParam('TYPE', 'pref') : param,
  );
}

function downgradeBinary(line: VCardLine): VCardLine[] {
  const data = /^data:([^;,]*);base64,/.exec(line.value.slice(0, 200));
  const kept = withoutParams(line.params, 'VALUE', 'MEDIATYPE');
  if (data) {
    return [
      rewriteLine(line, {
        params: [...kept, makeParam('ENCODING', 'b'), makeParam('TYPE', typeOfMedia(data[1]!))],
        value: line.value.slice(data[0].length),
      }),
    ];
  }
  const mediaType = paramValue(line, 'MEDIATYPE');
  return [
    rewriteLine(line, {
      params: [...kept, makeParam('VALUE', 'uri'), ...(mediaType ? [makeParam('TYPE', typeOfMedia(mediaType))] : [])],
    }),
  ];
}

/** 3.0 dates are complete; Apple's way around is a year that is marked as omitted. */
function downgradeDate(line: VCardLine): VCardLine {
  const yearless = /^--(\d{2})-?(\d{2})$/.exec(line.value);
  if (yearless) {
    const params = [...withoutParams(line.params, 'VALUE'), makeParam('X-APPLE-OMIT-YEAR', '1604')];
    return rewriteLine(line, { params, value: `1604-${yearless[1]}-${yearless[2]}` });
  }
  const date = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})Z)?$/.exec(line.value);
  if (!date) return line;
  const time = date[4] === undefined ? '' : `T${date[4]}:${date[5]}:${date[6]}Z`;
  const params = time ? [...withoutParams(line.params, 'VALUE'), makeParam('VALUE', 'date-time')] : line.params;
  return rewriteLine(line, { params, value: `${date[1]}-${date[2]}-${date[3]}${time}` });
}

function downgradeAnniversary(line: VCardLine): VCardLine[] {
  const date = downgradeDate(line);
  // Without Apple's pair of lines no 3.0 program would show it.
  if (date.value === line.value || line.group !== null) return [rewriteLine(date, { name: 'X-ANNIVERSARY' })];
  const group = 'anniversary';
  return [rewriteLine(date, { name: 'X-ABDATE', group }), makeLine('X-ABLabel', '_$!<Anniversary>!$_', [], group)];
}

function downgradeAddress(line: VCardLine): VCardLine[] {
  const [label, country] = [labelOf(line), paramValue(line, 'CC')];
  // Apple's way to say the country needs a group to tie it to the address.
  const isApple = country !== undefined && /^[A-Z]{2}$/.test(country) && line.group !== null;
  const kept = withoutParams(line.params, 'LABEL', ...(isApple ? ['CC'] : []));
  const address = rewriteLine(line, { params: kept, value: trimComponents(line.value, 7) });
  const types = line.params.filter((param) => param.name.toUpperCase() === 'TYPE');
  return [
    address,
    ...(isApple ? [makeLine('X-ABADR', country.toLowerCase(), [], line.group)] : []),
    ...(label === undefined ? [] : [rewriteLine(line, { name: 'LABEL', params: types, value: escapeText(label) })]),
  ];
}

function downgradeName(line: VCardLine): VCardLine[] {
  if (paramValue(line, 'PHONETIC') !== undefined) return downgradePhoneticName(line);
  const value = trimComponents(line.value, 5);
  const sortAs = paramValues(line, 'SORT-AS').flatMap((text) => text.split(','));
  if (sortAs.length !== 1 || !sortAs[0]) return [rewriteLine(line, { value })];
  return [
    rewriteLine(line, { value, params: withoutParams(line.params, 'SORT-AS') }),
    makeLine('SORT-STRING', escapeText(sortAs[0])),
  ];
}

/** Takes away empty components beyond those 3.0 knows. */
function trimComponents(value: string, count: number): string {
  const extra = readStructured(value).slice(count).flat();
  return extra.some((text) => text !== '') ? value : splitUnescaped(value, ';').slice(0, count).join(';');
}

function downgradeTz(line: VCardLine): VCardLine[] {
  const offset = /^([+-]\d{2})(\d{2})?$/.exec(line.value);
  if (valueType(line) !== 'utc-offset' || !offset)
    return [
      rewriteLine(line, {
        params: [...withoutParams(line.params, 'VALUE'), makeParam('VALUE', valueType(line) ?? 'text')],
      }),
    ];
  return [
    rewriteLine(line, { params: withoutParams(line.params, 'VALUE'), value: `${offset[1]}:${offset[2] ?? '00'}` }),
  ];
}
