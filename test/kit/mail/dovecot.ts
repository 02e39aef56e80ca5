import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { ImapFlow } from 'imapflow';
import { simpleParser } from 'mailparser';
import type { ParsedMail } from 'mailparser';
import type { SelfSigned } from '../selfSigned.ts';
import { freePort, startDaemon } from '../daemon.ts';

/** A real Dovecot with a mailbox for everybody, by the password « secret ». */
export type Dovecot = {
  readonly lmtpPort: number;
  readonly imapPort: number;
  readonly log: () => string;
  /** Waits until so many mails are in the INBOX of an address; all of them, oldest first. */
  mailsOf(address: string, count: number): Promise<ParsedMail[]>;
  close(): Promise<void>;
};

/** Starts Dovecot (LMTP and IMAP) on free ports of this machine; with a certificate it offers STARTTLS, and « Éléments envoyés ». */
export async function startDovecot({
  certificate,
  introspectionUrl,
}: {
  readonly certificate?: SelfSigned;
  /** Also by tokens (XOAUTH2, OAUTHBEARER), of which this address tells whose they are (RFC 7662). */
  readonly introspectionUrl?: string;
} = {}): Promise<Dovecot> {
  const folder = await mkdtemp(join(tmpdir(), 'coterie-dovecot-'));
  chmodSync(folder, 0o755);
  const [lmtpPort, imapPort] = [await freePort(), await freePort()];
  for (const name of ['run', 'state', 'mail']) mkdirSync(join(folder, name), { mode: 0o777 });
  chmodSync(join(folder, 'mail'), 0o777);
  const logFile = join(folder, 'dovecot.log');
  writeFileSync(logFile, '');
  const config = join(folder, 'dovecot.conf');
  const tls = certificate ? encrypted(folder, certificate) : 'ssl = no\n';
  const tokens = introspectionUrl === undefined ? '' : byToken(folder, introspectionUrl);
  writeFileSync(config, `${tokens}${settingsOf(folder, { lmtpPort, imapPort })}${tls}`);
  const daemon = await startDaemon({
    command: '/usr/sbin/dovecot',
    words: ['-F', '-c', config],
    packageName: 'dovecot-imapd dovecot-lmtpd',
    logFile,
    port: imapPort,
  });
  return {
    lmtpPort,
    imapPort,
    log: daemon.log,
    mailsOf: (address, count) => fetchMails(imapPort, address, count),
    async close() {
      await daemon.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function settingsOf(folder: string, ports: { readonly lmtpPort: number; readonly imapPort: number }): string {
  const { uid, gid, username } = userInfo();
  // As root the mailboxes belong to somebody else: Dovecot refuses to keep mail as root.
  const [user, userId, groupId] = uid === 0 ? ['nobody', 65_534, 65_534] : [username, uid, gid];
  return `base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
disable_plaintext_auth = no
default_internal_user = ${user}
default_login_user = ${user}
default_internal_group = ${uid === 0 ? 'nogroup' : gid}
first_valid_uid = 1
mail_location = maildir:${folder}/mail/%n
passdb {
  driver = static
  args = password=secret
}
userdb {
  driver = static
  args = uid=${userId} gid=${groupId} home=${folder}/mail/%n allow_all_users=yes
}
service anvil {
  chroot =
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${ports.imapPort}
  }
  inet_listener imaps {
    port = 0
  }
}
service lmtp {
  inet_listener lmtp {
    port = ${ports.lmtpPort}
  }
}
`;
}

/** Stands before the passwords, and for the two mechanisms alone. */
function byToken(folder: string, introspectionUrl: string): string {
  const file = join(folder, 'oauth2.conf');
  writeFileSync(
    file,
    `introspection_url = ${introspectionUrl}
introspection_mode = post
username_attribute = sub
active_attribute = active
active_value = true
`,
  );
  return `auth_mechanisms = plain xoauth2 oauthbearer
passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = ${file}
}
`;
}

function encrypted(folder: string, { cert, key }: SelfSigned): string {
  const file = join(folder, 'tls.pem');
  writeFileSync(file, key + cert, { mode: 0o600 });
  return `ssl = yes
ssl_cert = <${file}
ssl_key = <${file}
auth_failure_delay = 0
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
namespace inbox {
  inbox = yes
  mailbox "Éléments envoyés" {
    auto = create
    special_use = \\Sent
  }
}
`;
}

async function fetchMails(port: number, address: string, count: number): Promise<ParsedMail[]> {
  const client = new ImapFlow({
    host: '127.0.0.1',
    port,
    secure: false,
    auth: { user: address, pass: 'secret' },
    logger: false,
  });
  await client.connect();
  try {
    // Not of the mailbox that is open: what is known of that one comes when the server likes.
    for (let attempt = 0; attempt < 300; attempt++) {
      const status = await client.status('INBOX', { messages: true });
      if (status && (status.messages ?? 0) >= count) return await readAll(client);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`${address} has not got ${count} mails within 30 seconds.`);
  } finally {
    await client.logout();
  }
}

async function readAll(client: ImapFlow): Promise<ParsedMail[]> {
  const lock = await client.getMailboxLock('INBOX');
  try {
    const mails: ParsedMail[] = [];
    for await (const { source } of client.fetch('1:*', { source: true })) {
      if (source) mails.push(await simpleParser(source));
    }
    return mails;
  } finally {
    lock.release();
  }
}
