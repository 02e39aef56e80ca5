import { readContentLine } from './contentLine.ts';
import { logicalLines, type LogicalLine } from './logicalLines.ts';
import { escapeText } from './text.ts';
import { VCardError, type VCard, type VCardLine, type VCardVersion } from './types.ts';

const maxLines = 10_000;

/** Parses all cards of a text; throws a VCardError for the first thing that is not a vCard. */
export function parseVCards(text: string): VCard[] {
  const { cards, errors } = readVCards(text);
  if (errors[0]) throw errors[0];
  return cards;
}

/** Parses a text that must contain exactly one card. */
export function parseVCard(text: string): VCard {
  const cards = parseVCards(text);
  if (cards.length !== 1) throw new VCardError(1, `one card is expected here, not ${cards.length}.`);
  return cards[0]!;
}

/** Parses the cards that can be read and reports what is wrong with the others; for imports. */
export function readVCards(text: string): { cards: VCard[]; errors: VCardError[] } {
  const cards: VCard[] = [];
  const errors: VCardError[] = [];
  let open: { begin: number; lines: LogicalLine[] } | undefined;
  let agent: LogicalLine[] | undefined;
  for (const line of logicalLines(text)) {
    const edge = cardEdge(line.text);
    if (agent) {
      agent.push(line);
      if (edge === 'END') {
        open!.lines.push(nestedAgent(open!.lines.pop()!, agent));
        agent = undefined;
      }
    } else if (edge === 'BEGIN') {
      // vCard 2.1 puts the agent's whole card on the lines after AGENT: (2.1 §2.4.2).
      if (open && /^([A-Za-z0-9-]+\.)?AGENT[^:]*:\s*$/i.test(open.lines.at(-1)?.text ?? '')) agent = [line];
      else {
        if (open) errors.push(new VCardError(line.number, 'a card begins inside another; END:VCARD is missing.'));
        open = { begin: line.number, lines: [] };
      }
    } else if (edge === 'END') {
      if (open) collect(() => readCard(open!.lines), cards, errors);
      else errors.push(new VCardError(line.number, 'END:VCARD without BEGIN:VCARD.'));
      open = undefined;
    } else if (open) {
      open.lines.push(line);
    } else {
      errors.push(new VCardError(line.number, 'BEGIN:VCARD is expected here.'));
      if (errors.length >= maxLines) return { cards, errors };
    }
  }
  if (open) errors.push(new VCardError(open.begin, 'this card has no END:VCARD.'));
  return { cards, errors };
}

function collect(read: () => VCard, cards: VCard[], errors: VCardError[]): void {
  try {
    cards.push(read());
  } catch (error) {
    if (!(error instanceof VCardError)) throw error;
    errors.push(error);
  }
}

function cardEdge(text: string): 'BEGIN' | 'END' | undefined {
  const edge = /^\s*(BEGIN|END)\s*:\s*VCARD\s*$/i.exec(text.length < 100 ? text : '');
  return edge ? (edge[1]!.toUpperCase() as 'BEGIN' | 'END') : undefined;
}

function nestedAgent(line: LogicalLine, card: readonly LogicalLine[]): LogicalLine {
  const value = escapeText(card.map((inner) => inner.text).join('\n'));
  return {
    text: line.text.trimEnd() + value,
    raw: [line, ...card].map((part) => part.raw).join('\r\n'),
    number: line.number,
  };
}

function readCard(lines: readonly LogicalLine[]): VCard {
  if (lines.length > maxLines) throw new VCardError(lines[0]!.number, `a card has more than ${maxLines} lines.`);
  const version = readVersion(lines);
  return {
    version,
    lines: lines.map((line): VCardLine => ({ ...readContentLine(line.text, line.number, version), raw: line.raw })),
  };
}

function readVersion(lines: readonly LogicalLine[]): VCardVersion {
  for (const line of lines) {
    const version = /^VERSION[^:]*:(.*)$/i.exec(line.text.length < 200 ? line.text : '')?.[1]?.trim();
    if (version === undefined) continue;
    if (version === '2.1' || version === '3.0' || version === '4.0') return version;
    throw new VCardError(line.number, `vCard version ${version.slice(0, 20)} is not known.`);
  }
  // A card without VERSION is broken, but every address book has written some: 3.0 is the safest reading.
  return '3.0';
}
