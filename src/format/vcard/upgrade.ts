import { makeParam, paramValue, rewriteLine, typesOf, valueType, withoutParams } from './line.ts';
import { mediaTypeOf, sniffBase64 } from './media.ts';
import { decodeQuotedPrintable } from './quotedPrintable.ts';
import { cleanText } from './text.ts';
import { absorbLabels, absorbSortString, type SourcedLine } from './upgradeMany.ts';
import { liftVendorProperties } from './vendorProperties.ts';
import type { VCard, VCardLine, VCardParam } from './types.ts';

/** The lines of a card in their 4.0 form, each with the places of the lines it came from. */
export function upgradeLines(card: VCard): SourcedLine[] {
  const modern = card.version === '4.0';
  const sourced = card.lines.map((line, index): SourcedLine => ({
    line: modern ? mendLine(line) : upgradeLine(line, card.version),
    sources: [index],
  }));
  return liftVendorProperties(modern ? sourced : absorbSortString(absorbLabels(sourced)));
}

type Upgrade = (line: VCardLine) => VCardLine;

const upgrades: Record<string, Upgrade> = {
  PHOTO: upgradeBinary,
  LOGO: upgradeBinary,
  SOUND: upgradeBinary,
  KEY: upgradeBinary,
  BDAY: upgradeDate,
  EMAIL: (line) => rewriteLine(line, { params: withoutTypes(line.params, 'internet') }),
  GEO: upgradeGeo,
  TZ: upgradeTz,
  'X-ADDRESSBOOKSERVER-KIND': (line) => rewriteLine(line, { name: 'KIND' }),
  'X-ADDRESSBOOKSERVER-MEMBER': (line) => rewriteLine(line, { name: 'MEMBER' }),
  IMPP: upgradeService,
};

const structured = new Set(['N', 'ADR', 'ORG']);

function upgradeLine(line: VCardLine, version: VCard['version']): VCardLine {
  const name = line.name.toUpperCase();
  const decoded =
    version === '2.1' || paramValue(line, 'ENCODING')?.toUpperCase() === 'QUOTED-PRINTABLE'
      ? decodeOld(line, name)
      : line;
  const { params } = decoded;
  const preferred = rewriteLine(
    decoded,
    params.length === 0 ? {} : { params: upgradePref(withoutParams(params, 'CHARSET')) },
  );
  return upgrades[name]?.(preferred) ?? preferred;
}

function decodeOld(line: VCardLine, name: string): VCardLine {
  const encoding = paramValue(line, 'ENCODING')?.toUpperCase();
  const isBinary = encoding === 'BASE64' || encoding === 'B';
  let value =
    encoding === 'QUOTED-PRINTABLE' ? decodeQuotedPrintable(line.value, paramValue(line, 'CHARSET')) : line.value;
  value = cleanText(value).replaceAll('\n', '\\n');
  // In 2.1 a comma is a comma: components have no lists.
  if (structured.has(name)) value = value.replace(/\\[\s\S]|,/g, (found) => (found === ',' ? '\\,' : found));
  return rewriteLine(line, { value, params: isBinary ? line.params : withoutParams(line.params, 'ENCODING') });
}

/** What programs carry over from 3.0 into their 4.0: TYPE=pref and X-SERVICE-TYPE (RFC 9554 §4.9). */
function mendLine(line: VCardLine): VCardLine {
  if (line.params.length === 0) return line;
  const isPreferred = typesOf(line).includes('pref');
  const mended = isPreferred ? rewriteLine(line, { params: upgradePref(line.params) }) : line;
  return paramValue(line, 'X-SERVICE-TYPE') !== undefined && line.name.toUpperCase() === 'IMPP'
    ? upgradeService(mended)
    : mended;
}

function upgradeService(line: VCardLine): VCardLine {
  return rewriteLine(line, {
    params: line.params.map((param) =>
      param.name.toUpperCase() === 'X-SERVICE-TYPE' ? { ...param, name: 'SERVICE-TYPE' } : param,
    ),
  });
}

/** TYPE=pref became PREF=1 (RFC 6350 §5.3). */
function upgradePref(params: readonly VCardParam[]): VCardParam[] {
  const isPreferred = params.some(
    (param) => param.name.toUpperCase() === 'TYPE' && param.values.some((value) => /(^|,)\s*pref\s*(,|$)/i.test(value)),
  );
  if (!isPreferred) return [...params];
  const others = withoutTypes(params, 'pref');
  return others.some((param) => param.name.toUpperCase() === 'PREF') ? others : [...others, makeParam('PREF', '1')];
}

function withoutTypes(params: readonly VCardParam[], ...types: readonly string[]): VCardParam[] {
  return params.flatMap((param) => {
    if (param.name.toUpperCase() !== 'TYPE') return [param];
    const values = param.values
      .flatMap((value) => value.split(','))
      .filter((value) => !types.includes(value.trim().toLowerCase()));
    return values.length > 0 ? [{ name: param.name, values }] : [];
  });
}

/** ENCODING=b became a data: URI, TYPE=JPEG became part of it (RFC 6350 §6.2.4). */
function upgradeBinary(line: VCardLine): VCardLine {
  const encoding = paramValue(line, 'ENCODING')?.toLowerCase();
  const types = typesOf(line);
  const mediaType = types.map(mediaTypeOf).find((known) => known !== undefined);
  const kept = withoutTypes(
    withoutParams(line.params, 'ENCODING', 'VALUE'),
    ...types.filter((type) => mediaTypeOf(type) !== undefined),
  );
  const isUrl = /^[A-Za-z][A-Za-z0-9+.-]*:/.test(line.value);
  if ((encoding === 'b' || encoding === 'base64') && !isUrl) {
    const base64 = line.value.replace(/\s+/g, '');
    if (base64 === '') return rewriteLine(line, { params: kept, value: '' });
    return rewriteLine(line, {
      params: kept,
      value: `data:${sniffBase64(base64) ?? mediaType ?? 'application/octet-stream'};base64,${base64}`,
    });
  }
  if (isUrl)
    return rewriteLine(line, {
      params: mediaType && !line.value.startsWith('data:') ? [...kept, makeParam('MEDIATYPE', mediaType)] : kept,
    });
  return line;
}

/** Apple writes a birthday without year as a date of the year 1604. */
function upgradeDate(line: VCardLine): VCardLine {
  const omitted = paramValue(line, 'X-APPLE-OMIT-YEAR');
  const date = /^(\d{4})-?(\d{2})-?(\d{2})/.exec(line.value);
  if (omitted === undefined || date?.[1] !== omitted) return line;
  return rewriteLine(line, {
    params: withoutParams(line.params, 'X-APPLE-OMIT-YEAR', 'VALUE'),
    value: `--${date[2]}${date[3]}`,
  });
}

function upgradeGeo(line: VCardLine): VCardLine {
  const place = /^\s*(-?[\d.]+)\s*[;,]\s*(-?[\d.]+)\s*$/.exec(line.value);
  return place ? rewriteLine(line, { value: `geo:${place[1]},${place[2]}` }) : line;
}

/** The default type of TZ was utc-offset and became text. */
function upgradeTz(line: VCardLine): VCardLine {
  const offset = /^([+-]\d{2}):?(\d{2})?$/.exec(line.value);
  if (!offset || valueType(line) !== undefined) return line;
  return rewriteLine(line, {
    params: [...line.params, makeParam('VALUE', 'utc-offset')],
    value: offset[1]! + (offset[2] ?? '00'),
  });
}
