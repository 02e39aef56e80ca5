"""Evolution Data Server by its own library: reads one order a line (JSON), answers with one line (JSON)."""
import json
import os
import sys
import threading
import time
from urllib.parse import urlsplit

import gi

for name in ('EDataServer', 'EBook', 'EBookContacts'):
    gi.require_version(name, '1.2')
from gi.repository import EBook, EBookContacts, EDataServer, GLib  # noqa: E402

url, user, password = sys.argv[1:4]
seconds = 30
# Its name in the library begins with a digit.
version_30 = EBookContacts.VCardFormat(1)


def write_account():
    """What the assistant of Evolution writes when somebody gives an address and a name."""
    address = urlsplit(url)
    folder = os.path.join(os.environ['XDG_CONFIG_HOME'], 'evolution', 'sources')
    os.makedirs(folder)
    with open(os.path.join(folder, 'account.source'), 'w', encoding='utf-8') as file:
        file.write(f"""[Data Source]
DisplayName=Coterie
Enabled=true
Parent=

[Collection]
BackendName=webdav
CalendarEnabled=false
ContactsEnabled=true
Identity={user}
ContactsUrl={url}

[Authentication]
Host={address.hostname}
Port={address.port}
Method=plain/password
User={user}
ProxyUid=system-proxy
RememberPassword=false

[Security]
Method=none
""")


def until(read):
    """Waits for what other processes tell in their own time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = read()
        if found:
            return found
        time.sleep(0.05)
    raise TimeoutError('It did not happen')


def answer_credentials(registry):
    credentials = EDataServer.NamedParameters.new()
    credentials.set('username', user)
    credentials.set('password', password)

    def required(_registry, source, *_reason):
        source.invoke_authenticate(credentials, None, None, None)

    registry.connect('credentials-required', required)
    return credentials


class Evolution:
    def __init__(self):
        self.registry = EDataServer.SourceRegistry.new_sync(None)
        self.credentials = answer_credentials(self.registry)
        account = self.registry.ref_source('account')
        account.invoke_authenticate_sync(self.credentials, None)
        self.clients = {}

    def sources(self):
        found = self.registry.list_sources(EDataServer.SOURCE_EXTENSION_ADDRESS_BOOK)
        return {source.get_display_name(): source for source in found if source.get_parent() == 'account'}

    def client(self, book):
        if book not in self.clients:
            source = until(lambda: self.sources().get(book))
            self.clients[book] = EBook.BookClient.connect_sync(source, seconds, None)
        return self.clients[book]

    def contacts(self, book):
        _, found = self.client(book).get_contacts_sync('(contains "x-evolution-any-field" "")', None)
        return found

    # The orders.

    def books(self, count):
        return sorted(until(lambda: len(self.sources()) >= count and list(self.sources())))

    def writable(self, book, expected):
        """Whether it takes changes: known when the server has been asked for the first time."""
        read = lambda: not self.client(book).is_readonly()
        try:
            until(lambda: read() == expected)
        except TimeoutError:
            pass
        return read()

    def names(self, book, expected):
        """The names in a folder, as soon as they are those that are expected, or after long enough."""
        read = lambda: sorted(contact.get_property('full-name') for contact in self.contacts(book))
        self.client(book).refresh_sync(None)
        try:
            until(lambda: read() == expected)
        except TimeoutError:
            pass
        return read()

    def find(self, book, name):
        return next(contact for contact in self.contacts(book) if contact.get_property('full-name') == name)

    def vcard(self, book, name):
        return self.find(book, name).to_string(version_30)

    def add(self, book, vcard):
        contact = EBookContacts.Contact.new_from_vcard(vcard)
        return self.client(book).add_contact_sync(contact, 0, None)[1]

    def edit(self, book, name, email):
        contact = self.find(book, name)
        contact.set_property('email-1', email)
        return self.client(book).modify_contact_sync(contact, 0, None)

    def remove(self, book, name):
        return self.client(book).remove_contact_by_uid_sync(self.find(book, name).get_property('id'), 0, None)


def work(loop):
    evolution = Evolution()
    for line in sys.stdin:
        order, *words = json.loads(line)
        try:
            answer = {'result': getattr(evolution, order)(*words)}
        except Exception as error:  # pylint: disable=broad-except
            answer = {'error': f'{type(error).__name__}: {error}'}
        print(json.dumps(answer), flush=True)
    loop.quit()


write_account()
main_loop = GLib.MainLoop()
threading.Thread(target=work, args=(main_loop,), daemon=True).start()
main_loop.run()
