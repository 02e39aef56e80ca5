import { escapeXml } from './escapeXml.ts';
import { splitName } from './xmlElement.ts';
import type { XmlElement } from './xmlElement.ts';

/** An element as text that means the same anywhere: each element declares its own namespace. */
export function serializeElement(element: XmlElement, outerLanguage: string | null = null): string {
  const [namespace, local] = splitName(element.name);
  let start = `<${local} xmlns="${escapeXml(namespace)}"`;
  if (element.language !== null && element.language !== outerLanguage)
    start += ` xml:lang="${escapeXml(element.language)}"`;
  for (const [index, [name, value]] of Object.entries(element.attributes).entries()) {
    const [space, attribute] = splitName(name);
    start +=
      space === ''
        ? ` ${attribute}="${escapeXml(value)}"`
        : ` xmlns:a${index}="${escapeXml(space)}" a${index}:${attribute}="${escapeXml(value)}"`;
  }
  const content = element.children
    .map((child) => (typeof child === 'string' ? escapeXml(child) : serializeElement(child, element.language)))
    .join('');
  return content === '' ? `${start}/>` : `${start}>${content}</${local}>`;
}
