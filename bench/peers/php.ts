import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listening, usageOf, startProcess } from './peer.ts';
import type { Usage } from './peer.ts';

/** nginx and php-fpm, with one program for every path. */
export type Php = Usage & { stop(): Promise<void> };

/** Starts both; `variables` are given to PHP with each request, `settings` stand in its pool. */
export async function startPhp(
  folder: string,
  port: number,
  script: string,
  {
    variables = {},
    settings = [],
  }: { variables?: Readonly<Record<string, string>>; settings?: readonly string[] } = {},
): Promise<Php> {
  for (const name of ['body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'])
    mkdirSync(join(folder, 'nginx', name), { recursive: true });
  writeFileSync(join(folder, 'nginx.conf'), nginx(folder, port, script, variables));
  writeFileSync(join(folder, 'fpm.conf'), fpm(folder, settings));
  const php = startProcess('/usr/sbin/php-fpm8.2', ['-R', '-F', '-y', join(folder, 'fpm.conf')], {
    logFile: join(folder, 'fpm.log'),
  });
  const web = startProcess('/usr/sbin/nginx', ['-c', join(folder, 'nginx.conf'), '-p', folder], {
    logFile: join(folder, 'nginx.log'),
  });
  while (!existsSync(join(folder, 'php.sock'))) {
    if (php.hasEnded()) throw new Error(`php-fpm ended:\n${php.log()}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  await listening(port, web.log);
  return {
    ...usageOf(php, web),
    stop: async () => {
      await web.stop();
      await php.stop();
    },
  };
}

const nginx = (folder: string, port: number, script: string, variables: Readonly<Record<string, string>>) => `
user root;
worker_processes 2;
daemon off;
pid ${folder}/nginx.pid;
error_log ${folder}/nginx-error.log;
events { worker_connections 256; }
http {
  access_log off;
  client_max_body_size 20m;
  keepalive_requests 1000000;
  client_body_temp_path ${folder}/nginx/body;
  proxy_temp_path ${folder}/nginx/proxy;
  fastcgi_temp_path ${folder}/nginx/fastcgi;
  uwsgi_temp_path ${folder}/nginx/uwsgi;
  scgi_temp_path ${folder}/nginx/scgi;
  server {
    listen 127.0.0.1:${port};
    location / {
      include /etc/nginx/fastcgi_params;
      fastcgi_param SCRIPT_FILENAME ${script};
      fastcgi_param SCRIPT_NAME /${script.split('/').at(-1)};
      fastcgi_param PATH_INFO $uri;
${Object.entries(variables)
  .map(([name, value]) => `      fastcgi_param ${name} "${value}";`)
  .join('\n')}
      fastcgi_read_timeout 300;
      fastcgi_pass unix:${folder}/php.sock;
    }
  }
}
`;

const fpm = (folder: string, settings: readonly string[]) => `
[global]
error_log = ${folder}/fpm-error.log
daemonize = no
[www]
user = root
group = root
listen = ${folder}/php.sock
pm = static
pm.max_children = 8
pm.max_requests = 0
php_admin_value[memory_limit] = 1024M
php_admin_value[max_execution_time] = 300
php_admin_value[display_errors] = 0
php_admin_value[log_errors] = 1
php_admin_value[error_log] = ${folder}/php-errors.log
php_admin_value[error_reporting] = 1
php_admin_value[opcache.enable] = 1
${settings.join('\n')}
`;
