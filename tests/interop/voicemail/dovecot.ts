import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { dirname, join } from 'node:path'
import { eventually, findProgram, Program, temporaryFolder } from '@vaxel/testkit'

/** Debian's Dovecot on loopback: one mailbox in a file that a mail server writes, read by IMAP (RFC 3501). */
export class Dovecot {
  readonly #program: Program
  readonly #port: number

  private constructor(program: Program, port: number) {
    this.#program = program
    this.#port = port
  }

  /** @param box the mbox file */
  static async start(port: number, box: string): Promise<Dovecot> {
    const folder = temporaryFolder('dovecot')
    chmodSync(folder, 0o755)
    for (const name of ['run', 'home', 'index']) {
      mkdirSync(join(folder, name))
      chmodSync(join(folder, name), 0o777)
    }
    const [, , uid = '', gid = ''] = spawnSync('getent', ['passwd', 'Debian-exim'], { encoding: 'utf8' }).stdout.split(
      ':',
    )
    const configuration = join(folder, 'dovecot.conf')
    writeFileSync(configuration, configurationText({ folder, port, box, uid, gid }))
    const program = Program.start(findProgram('dovecot') ?? 'dovecot', ['-F', '-c', configuration], { cwd: folder })
    await eventually('dovecot listens', async () => {
      const socket = await open(port)
      socket?.destroy()
      return socket !== undefined
    })
    return new Dovecot(program, port)
  }

  /** The whole text of every mail of the box. */
  async mails(): Promise<string[]> {
    const socket = await open(this.#port)
    if (!socket) throw new Error('dovecot is away')
    const client = new ImapClient(socket)
    try {
      await client.ask('LOGIN box secret')
      const { length } = [...(await client.ask('SELECT INBOX')).matchAll(/\* (\d+) EXISTS/g)].flatMap(([, count]) =>
        Array.from({ length: Number(count) }),
      )
      const mails: string[] = []
      for (let i = 1; i <= length; i++) mails.push(await client.ask(`FETCH ${i} BODY.PEEK[]`))
      return mails
    } finally {
      socket.destroy()
    }
  }

  stop(): Promise<unknown> {
    return this.#program.stop('SIGTERM', 5000)
  }
}

/** Asks one thing after another, each answered in full before the next. */
class ImapClient {
  readonly #socket: Socket
  #text = ''
  #tag = 0
  #came: () => void = () => {}

  constructor(socket: Socket) {
    this.#socket = socket
    socket.setEncoding('latin1')
    socket.on('data', (text) => {
      this.#text += String(text)
      this.#came()
    })
  }

  async ask(command: string): Promise<string> {
    const tag = `a${++this.#tag}`
    this.#text = ''
    this.#socket.write(`${tag} ${command}\r\n`)
    const done = new RegExp(`^${tag} (OK|NO|BAD)`, 'm')
    await new Promise<void>((resolve, reject) => {
      const limit = setTimeout(() => reject(new Error(`no answer to ${command}: ${this.#text}`)), 10_000)
      this.#came = () => {
        if (!done.test(this.#text)) return
        clearTimeout(limit)
        resolve()
      }
    })
    if (done.exec(this.#text)?.[1] !== 'OK') throw new Error(`${command}: ${this.#text}`)
    return this.#text
  }
}

const open = (port: number): Promise<Socket | undefined> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    // Its greeting comes first.
    socket.once('data', () => resolve(socket)).once('error', () => resolve(undefined))
  })

const configurationText = (of: { folder: string; port: number; box: string; uid: string; gid: string }): string => `
base_dir = ${of.folder}/run
log_path = ${of.folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
first_valid_uid = 1
mail_location = mbox:${dirname(of.box)}/folders:INBOX=${of.box}:INDEX=${of.folder}/index
mbox_read_locks = fcntl
mbox_write_locks = fcntl
passdb {
  driver = static
  args = password=secret
}
userdb {
  driver = static
  args = uid=${of.uid} gid=${of.gid} home=${of.folder}/home
}
service imap-login {
  inet_listener imap {
    port = ${of.port}
  }
  inet_listener imaps {
    port = 0
  }
}
`
