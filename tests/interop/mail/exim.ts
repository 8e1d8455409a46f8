import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findProgram, Program, temporaryFolder } from '@vaxel/testkit'
import { spawnSync } from 'node:child_process'

/** Debian's Exim as a mail server on loopback with one mailbox; it refuses the user `nobody-here`. */
export class Exim {
  readonly port: number
  /** The file of the mailbox. */
  readonly box: string
  readonly #program: Program

  private constructor(port: number, program: Program, box: string) {
    this.port = port
    this.#program = program
    this.box = box
  }

  static async start(port: number): Promise<Exim> {
    const folder = temporaryFolder('exim')
    chmodSync(folder, 0o755)
    const [, , uid, gid] = spawnSync('getent', ['passwd', 'Debian-exim'], { encoding: 'utf8' }).stdout.split(':')
    for (const name of ['spool', 'log', 'mail']) {
      mkdirSync(join(folder, name))
      chownSync(join(folder, name), Number(uid), Number(gid))
    }
    const box = join(folder, 'mail/box')
    const configuration = join(folder, 'exim.conf')
    writeFileSync(configuration, configurationText(folder, port, box), { mode: 0o644 })
    const program = Program.start(findProgram('exim4') ?? 'exim4', ['-C', configuration, '-bdf', '-odf'], {
      cwd: folder,
    })
    await waitFor(port)
    return new Exim(port, program, box)
  }

  /** All mails of the box, as they lie there. */
  mails(): string {
    return existsSync(this.box) ? readFileSync(this.box, 'utf8') : ''
  }

  stop(): Promise<unknown> {
    return this.#program.stop('SIGTERM', 5000)
  }
}

async function waitFor(port: number): Promise<void> {
  const { connect } = await import('node:net')
  for (let tries = 0; tries < 200; tries++) {
    const isUp = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).once('error', () => resolve(false))
      socket.once('connect', () => socket.end())
    })
    if (isUp) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('exim4 does not listen')
}

const configurationText = (folder: string, port: number, box: string): string => `primary_hostname = mail.test
daemon_smtp_ports = ${port}
local_interfaces = 127.0.0.1
spool_directory = ${folder}/spool
log_file_path = ${folder}/log/%slog
pid_file_path = ${folder}/spool/exim.pid
acl_smtp_rcpt = rcpt
acl_smtp_data = everything
begin acl
rcpt:
  deny message = no such user here
    local_parts = nobody-here
  accept
everything:
  accept
begin routers
box:
  driver = accept
  transport = box
begin transports
box:
  driver = appendfile
  file = ${box}
  user = Debian-exim
  envelope_to_add
`
