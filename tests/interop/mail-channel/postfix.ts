import { chmodSync, chownSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { eventually, Program, unpackedPackage } from '@vaxel/testkit'
import type { MailCertificate } from './mail-certificate.ts'

const queues = [
  ...['active', 'bounce', 'corrupt', 'defer', 'deferred', 'flush', 'hold', 'incoming', 'maildrop', 'pid'],
  ...['private', 'public', 'saved', 'trace'],
]

/** Debian's Postfix, from its unpacked package: one port that takes mails as from the internet, one for submission with STARTTLS and a login. */
export class Postfix {
  readonly #program: Program
  readonly #port: number
  readonly #log: string

  private constructor(program: Program, port: number, log: string) {
    this.#program = program
    this.#port = port
    this.#log = log
  }

  /** @param options `mail`: folder of Maildirs, one for each name; `auth`: Dovecot's socket for logins */
  static async start(options: {
    folder: string
    mail: string
    auth: string
    names: readonly string[]
    port: number
    submission: number
    certificate: MailCertificate
    owner: { uid: number; gid: number }
  }): Promise<Postfix> {
    const { folder, owner } = options
    const root = unpackedPackage('postfix')
    chmodSync(folder, 0o755)
    for (const name of ['config', 'spool', 'data', ...queues.map((queue) => join('spool', queue))]) {
      mkdirSync(join(folder, name))
      if (!['config', 'spool', 'spool/pid'].includes(name)) chownSync(join(folder, name), owner.uid, owner.gid)
    }
    writeFileSync(join(folder, 'config/main.cf'), mainText({ ...options, root }))
    writeFileSync(join(folder, 'config/master.cf'), masterText(options))
    writeFileSync(join(folder, 'config/dynamicmaps.cf'), '')
    const program = Program.start(join(root, 'usr/lib/postfix/sbin/master'), ['-c', join(folder, 'config'), '-d'], {
      cwd: folder,
      env: { LD_LIBRARY_PATH: join(root, 'usr/lib/postfix'), MAIL_CONFIG: join(folder, 'config') },
    })
    const postfix = new Postfix(program, options.port, join(folder, 'mail.log'))
    await eventually('postfix listens', () =>
      postfix.#talk([]).then(
        () => true,
        () => false,
      ),
    )
    return postfix
  }

  /** Gives a mail as another server does. */
  async give(from: string, to: string, source: string): Promise<void> {
    await this.#talk([`MAIL FROM:<${from}>`, `RCPT TO:<${to}>`, 'DATA', `${source.replace(/^\./gm, '..')}\r\n.`])
  }

  log(): string {
    return readFileSync(this.#log, 'utf8')
  }

  stop(): Promise<unknown> {
    return this.#program.stop('SIGTERM', 5000)
  }

  async #talk(commands: readonly string[]): Promise<void> {
    const socket = connect(this.#port, '127.0.0.1')
    socket.setTimeout(10_000, () => socket.destroy(new Error('postfix is silent')))
    const said = createInterface({ input: socket, crlfDelay: Number.POSITIVE_INFINITY })[Symbol.asyncIterator]()
    const answer = async (): Promise<void> => {
      for (;;) {
        const { value, done } = await said.next()
        if (done) throw new Error('postfix has gone')
        if (/^[45]/.test(value)) throw new Error(value)
        if (/^\d{3} /.test(value)) return
      }
    }
    try {
      await answer()
      for (const command of ['EHLO test', ...commands, 'QUIT']) {
        socket.write(`${command}\r\n`)
        await answer()
      }
    } finally {
      socket.destroy()
    }
  }
}

const mainText = (of: {
  folder: string
  mail: string
  auth: string
  names: readonly string[]
  root: string
  certificate: MailCertificate
  owner: { uid: number; gid: number }
}): string => `
compatibility_level = 3.6
queue_directory = ${of.folder}/spool
command_directory = ${of.root}/usr/sbin
daemon_directory = ${of.root}/usr/lib/postfix/sbin
shlib_directory = ${of.root}/usr/lib/postfix
meta_directory = ${of.folder}/config
data_directory = ${of.folder}/data
mail_owner = Debian-exim
setgid_group = mail
default_privs = nobody
import_environment = LD_LIBRARY_PATH=${of.root}/usr/lib/postfix MAIL_CONFIG=${of.folder}/config
maillog_file = ${of.folder}/mail.log
maillog_file_prefixes = ${of.folder}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.shop.test
mydestination =
virtual_mailbox_domains = shop.test, customer.test
virtual_mailbox_base = ${of.mail}
virtual_mailbox_maps = inline:{ ${of.names.map((name) => `{ ${name}@shop.test = ${name}/ } { ${name}@customer.test = ${name}/ }`).join(' ')} }
virtual_minimum_uid = 1
virtual_uid_maps = static:${of.owner.uid}
virtual_gid_maps = static:${of.owner.gid}
alias_maps =
local_recipient_maps =
mynetworks =
smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
smtpd_tls_cert_file = ${of.certificate.certificate}
smtpd_tls_key_file = ${of.certificate.key}
smtpd_sasl_type = dovecot
smtpd_sasl_path = ${of.auth}
`

const masterText = ({ port, submission }: { port: number; submission: number }): string => `
127.0.0.1:${port} inet n - n - - smtpd
127.0.0.1:${submission} inet n - n - - smtpd
  -o smtpd_tls_security_level=encrypt
  -o smtpd_sasl_auth_enable=yes
  -o smtpd_client_restrictions=permit_sasl_authenticated,reject
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
`
