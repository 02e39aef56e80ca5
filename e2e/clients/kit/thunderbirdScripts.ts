/** What is run inside Thunderbird, with its own address book: each is the body of an asynchronous function over `args`. */
export const thunderbirdScripts = {
  /** Finds the address books from an address, as its dialog does, and adds all of them; their names. */
  addAccount: `
    const [url, username, password] = args;
    const { CardDAVUtils } = ChromeUtils.importESModule('resource:///modules/CardDAVUtils.sys.mjs');
    const found = await CardDAVUtils.detectAddressBooks(username, password, url, false, true);
    for (const book of found) {
      const synced = once('addrbook-directory-synced');
      book.create();
      await synced;
    }
    return found.map(({ name }) => name);`,
  isReadOnly: `return directory(args[0], args[1]).readOnly;`,
  names: `
    const book = directory(args[0], args[1]);
    await book.syncWithServer();
    return book.childCards.map(({ displayName }) => displayName).sort();`,
  /** As its database has them, without asking the server. */
  tags: `
    const statement = directory(args[0], args[1])._dbConnection.createStatement(
      "SELECT href.value AS href, etag.value AS etag FROM properties AS href LEFT JOIN properties AS etag" +
        " ON etag.card = href.card AND etag.name = '_etag' WHERE href.name = '_href'");
    const found = [];
    while (statement.executeStep()) found.push([statement.row.href, statement.row.etag]);
    statement.finalize();
    return found;`,
  vcard: `return card(directory(args[0], args[1]), args[2]).getProperty('_vCard', '');`,
  add: `
    const { VCardUtils } = ChromeUtils.importESModule('resource:///modules/VCardUtils.sys.mjs');
    const book = directory(args[0], args[1]);
    // What is added is sent, then fetched as the server has it.
    const stored = once('addrbook-contact-updated');
    book.addCard(VCardUtils.vCardToAbCard(args[2]));
    await stored;`,
  setEmail: `
    const book = directory(args[0], args[1]);
    const edited = card(book, args[2]);
    const entries = edited.vCardProperties;
    entries.clearValues('email');
    entries.addValue('email', args[3]);
    edited.setProperty('_vCard', entries.toVCard());
    const stored = twice('addrbook-contact-updated');
    book.modifyCard(edited);
    await stored;`,
  remove: `
    const book = directory(args[0], args[1]);
    const gone = card(book, args[2]);
    const sent = new Promise((resolve) => {
      const send = book._deleteCardFromServer;
      book._deleteCardFromServer = async (what) => {
        await send.call(book, what);
        delete book._deleteCardFromServer;
        resolve();
      };
    });
    book.deleteCards([gone]);
    await sent;`,
} as const;

/** What they share. */
export const thunderbirdPrelude = `
  const { MailServices } = ChromeUtils.importESModule('resource:///modules/MailServices.sys.mjs');
  const { CardDAVDirectory } = ChromeUtils.importESModule('resource:///modules/CardDAVDirectory.sys.mjs');
  const times = (topic, count) => new Promise((resolve) => {
    const observer = { observe() {
      if (--count > 0) return;
      Services.obs.removeObserver(observer, topic);
      resolve();
    } };
    Services.obs.addObserver(observer, topic);
  });
  const once = (topic) => times(topic, 1);
  const twice = (topic) => times(topic, 2);
  const directory = (username, name) => {
    const found = MailServices.ab.directories.find((book) =>
      book.dirName === name && book.getStringValue('carddav.username', '') === username);
    if (!found) throw new Error('No address book ' + name + ' of ' + username);
    return CardDAVDirectory.forFile(found.fileName);
  };
  const card = (book, name) => {
    const found = book.childCards.find(({ displayName }) => displayName === name);
    if (!found) throw new Error('No card ' + name);
    return found;
  };
`;
