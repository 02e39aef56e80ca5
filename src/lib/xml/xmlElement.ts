/** An element that was read; names are in Clark's notation, `{namespace}name`, so that prefixes do not matter. */
export type XmlElement = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Elements and runs of text, in their order. */
  readonly children: readonly (XmlElement | string)[];
  /** `xml:lang` of the element or of the nearest one around it. */
  readonly language: string | null;
};

/** The elements directly inside. */
export function elementsOf(element: XmlElement): XmlElement[] {
  return element.children.filter((child) => typeof child !== 'string');
}

/** The first element of this name directly inside. */
export function childOf(element: XmlElement, name: string): XmlElement | undefined {
  return elementsOf(element).find((child) => child.name === name);
}

/** The elements of this name directly inside. */
export function childrenOf(element: XmlElement, name: string): XmlElement[] {
  return elementsOf(element).filter((child) => child.name === name);
}

/** The text directly inside, as it stands. */
export function textOf(element: XmlElement): string {
  return element.children.filter((child) => typeof child === 'string').join('');
}

/** Namespace and local name of a name in Clark's notation. */
export function splitName(name: string): [namespace: string, local: string] {
  const end = name.startsWith('{') ? name.indexOf('}') : -1;
  return end === -1 ? ['', name] : [name.slice(1, end), name.slice(end + 1)];
}
