import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { spawnSync } from 'node:child_process'
import { connect } from 'node:net'
import { join } from 'node:path'
import { eventually, findProgram, Program } from '@vaxel/testkit'
import type { MailCertificate } from './mail-certificate.ts'

export interface BoxPorts {
  readonly imap: number
  readonly imaps: number
  readonly pop3: number
  readonly pop3s: number
}

/** Debian's Dovecot with a Maildir for each name, by IMAP and POP3, with STARTTLS and with TLS from the first byte; logins by password and by token. */
export class DovecotBoxes {
  readonly #program: Program
  readonly #mail: string
  readonly owner: { readonly uid: number; readonly gid: number }
  #delivered = 0

  private constructor(program: Program, mail: string, owner: { uid: number; gid: number }) {
    this.#program = program
    this.#mail = mail
    this.owner = owner
  }

  /** @param options `tokens`: where Dovecot asks whose a token is */
  static async start(options: {
    folder: string
    ports: BoxPorts
    certificate: MailCertificate
    tokens: string
  }): Promise<DovecotBoxes> {
    const { folder, ports } = options
    const [, , uid = '', gid = ''] = spawnSync('getent', ['passwd', 'Debian-exim'], { encoding: 'utf8' }).stdout.split(
      ':',
    )
    const owner = { uid: Number(uid), gid: Number(gid) }
    chmodSync(folder, 0o755)
    for (const name of ['run', 'home', 'mail']) {
      mkdirSync(join(folder, name))
      chownSync(join(folder, name), owner.uid, owner.gid)
      chmodSync(join(folder, name), 0o777)
    }
    writeFileSync(join(folder, 'oauth2.conf'), `tokeninfo_url = ${options.tokens}?token=\nusername_attribute = email\n`)
    const configuration = join(folder, 'dovecot.conf')
    writeFileSync(configuration, configurationText({ ...options, ...owner }))
    const program = Program.start(findProgram('dovecot') ?? 'dovecot', ['-F', '-c', configuration], { cwd: folder })
    for (const port of [ports.imap, ports.pop3]) await eventually('dovecot listens', () => isOpen(port))
    return new DovecotBoxes(program, join(folder, 'mail'), owner)
  }

  /** Lays a mail into a box, as a delivery agent does: written aside, then moved in. */
  deliver(name: string, source: string): void {
    const box = join(this.#mail, name)
    for (const folder of ['', 'tmp', 'new', 'cur']) {
      if (existsSync(join(box, folder))) continue
      mkdirSync(join(box, folder), { recursive: true })
      chownSync(join(box, folder), this.owner.uid, this.owner.gid)
    }
    const file = `${Date.now()}.${++this.#delivered}.test`
    writeFileSync(join(box, 'tmp', file), source)
    chownSync(join(box, 'tmp', file), this.owner.uid, this.owner.gid)
    renameSync(join(box, 'tmp', file), join(box, 'new', file))
  }

  /** How many mails lie in a box, and how many of them are marked as read. */
  counts(name: string): { all: number; seen: number } {
    const cur = list(join(this.#mail, name, 'cur'))
    return {
      all: cur.length + list(join(this.#mail, name, 'new')).length,
      seen: cur.filter((file) => /:2,.*S/.test(file)).length,
    }
  }

  /** The whole text of every mail of a box. */
  mails(name: string): string[] {
    return ['new', 'cur'].flatMap((folder) => {
      const path = join(this.#mail, name, folder)
      return list(path).map((file) => readFileSync(join(path, file), 'utf8'))
    })
  }

  stop(): Promise<unknown> {
    return this.#program.stop('SIGTERM', 5000)
  }
}

const list = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder) : [])

const isOpen = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    const end = (is: boolean) => {
      socket.destroy()
      resolve(is)
    }
    socket.once('data', () => end(true)).once('error', () => end(false))
  })

const configurationText = (of: {
  folder: string
  ports: BoxPorts
  certificate: MailCertificate
  uid: number
  gid: number
}): string => `
base_dir = ${of.folder}/run
log_path = ${of.folder}/dovecot.log
protocols = imap pop3
listen = 127.0.0.1
ssl = required
ssl_cert = <${of.certificate.certificate}
ssl_key = <${of.certificate.key}
ssl_min_protocol = TLSv1.2
disable_plaintext_auth = yes
first_valid_uid = 1
auth_mechanisms = plain login xoauth2 oauthbearer
mail_location = maildir:${of.folder}/mail/%n
namespace inbox {
  inbox = yes
  mailbox Done {
    auto = create
  }
}
passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = ${of.folder}/oauth2.conf
}
passdb {
  driver = static
  mechanisms = plain login
  args = password=secret
}
userdb {
  driver = static
  args = uid=${of.uid} gid=${of.gid} home=${of.folder}/home
}
service auth {
  unix_listener ${of.folder}/auth-postfix {
    mode = 0666
  }
}
service imap-login {
  inet_listener imap {
    port = ${of.ports.imap}
  }
  inet_listener imaps {
    port = ${of.ports.imaps}
    ssl = yes
  }
}
service pop3-login {
  inet_listener pop3 {
    port = ${of.ports.pop3}
  }
  inet_listener pop3s {
    port = ${of.ports.pop3s}
    ssl = yes
  }
}
`
