import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../test/kit/daemon.ts';
import { openWire, wireRequest } from '../carddav/wire.ts';
import type { StartPeer } from './peer.ts';
import { isInstalled, peerAuthorization, peerPassword, peerUser, usageOf } from './peer.ts';
import { startPhp } from './php.ts';
import { hasPostgres, startPostgres } from './postgres.ts';

const place = '/usr/share/davical';

/** DAViCal behind nginx and php-fpm, on a PostgreSQL of its own. */
export const startDavical: StartPeer = async (folder) => {
  if (!isInstalled(`${place}/htdocs/caldav.php`, '/usr/sbin/php-fpm8.2', '/usr/sbin/nginx') || !hasPostgres())
    return null;
  const postgres = await startPostgres(folder);
  const psql = (database: string, words: readonly string[], input?: string) =>
    postgres.run('/usr/bin/psql', ['-q', '-v', 'ON_ERROR_STOP=1', '-d', database, ...words], input);
  try {
    psql('postgres', [
      '-c',
      'CREATE ROLE davical_dba LOGIN SUPERUSER',
      '-c',
      'CREATE ROLE davical_app LOGIN SUPERUSER',
    ]);
    psql('postgres', ['-c', "CREATE DATABASE davical TEMPLATE template0 ENCODING 'UTF8' OWNER davical_dba"]);
    postgres.run('/bin/sh', [
      '-c',
      `cd ${place}/dba && for file in /usr/share/awl/dba/awl-tables.sql /usr/share/awl/dba/schema-management.sql davical.sql; do psql -q -d davical -f "$file"; done`,
    ]);
    postgres.run('/usr/bin/env', [
      'perl',
      `${place}/dba/update-davical-database`,
      '--dbname',
      'davical',
      '--dbuser',
      'davical_dba',
      '--appuser',
      'davical_app',
      '--nopatch',
      '--owner',
      'davical_dba',
    ]);
    psql('davical', ['-f', `${place}/dba/base-data.sql`]);
    psql('davical', ['-c', person]);
    mkdirSync(join(folder, 'config'));
    const port = await freePort();
    writeFileSync(join(folder, 'config', 'bench-conf.php'), settings(postgres.socket));
    writeFileSync(join(folder, 'config', 'prepend.php'), `<?php chdir('${place}/htdocs');`);
    const php = await startPhp(folder, port, `${place}/htdocs/caldav.php`, {
      // It looks in /etc/davical for a file that is named after the host.
      variables: { SCRIPT_NAME: '', SERVER_NAME: `../..${folder}/config/bench` },
      settings: [
        `php_value[include_path] = "${place}/inc:/usr/share/awl/inc:."`,
        `php_admin_value[auto_prepend_file] = ${join(folder, 'config', 'prepend.php')}`,
      ],
    });
    const host = { host: '127.0.0.1', port, authorization: peerAuthorization };
    const base = `/${peerUser}/`;
    const wire = openWire(host);
    const body =
      '<d:mkcol xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:carddav"><d:set><d:prop><d:resourcetype><d:collection/><c:addressbook/></d:resourcetype></d:prop></d:set></d:mkcol>';
    const made = await wire.ask(
      wireRequest(host, 'MKCOL', `${base}contacts/`, { headers: { 'Content-Type': 'application/xml' }, body }),
    );
    wire.close();
    if (made.status !== 201) throw new Error(`MKCOL: ${made.status} ${made.body.toString()}`);
    const groups = usageOf(postgres.process);
    return {
      name: 'DAViCal',
      host,
      root: base,
      book: `${base}contacts/`,
      memory: () => php.memory() + groups.memory(),
      cpu: () => php.cpu() + groups.cpu(),
      stop: async () => {
        await php.stop();
        await postgres.process.stop();
      },
    };
  } catch (error) {
    await postgres.process.stop();
    throw error;
  }
};

const person = `
  INSERT INTO usr (username, password, fullname, email, active) VALUES ('${peerUser}', '**${peerPassword}', 'Ada', 'ada@demo.example', TRUE);
  INSERT INTO principal (type_id, user_no, displayname, default_privileges)
    SELECT 1, user_no, fullname, privilege_to_bits(ARRAY['read-free-busy','schedule-send','schedule-deliver']) FROM usr WHERE username = '${peerUser}';`;

const settings = (socket: string) => `<?php
$c->pg_connect[] = 'dbname=davical user=davical_app host=${socket}';
$c->admin_email = 'ada@demo.example';
$c->default_locale = 'en';
$c->domain_name = 'localhost';
$c->dbg = array();
`;
