import { mkdirSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { eventually, FreePorts, Program, temporaryFolder } from '@vaxel/testkit'

const login = 'asa'
const password = 'dav-geheim'

/** Debian's Radicale, a CalDAV server, with one calendar; a person's calendar program is curl. */
export class Radicale {
  readonly #program: Program
  readonly address: string
  readonly login = login
  readonly password = password

  private constructor(program: Program, address: string) {
    this.#program = program
    this.address = address
  }

  static async start(): Promise<Radicale> {
    const folder = temporaryFolder('radicale')
    const free = await FreePorts.claim()
    const port = await free.port()
    mkdirSync(join(folder, 'storage'))
    writeFileSync(join(folder, 'users'), `${login}:${password}\n`)
    const configuration = [
      '[server]',
      `hosts = 127.0.0.1:${port}`,
      '[auth]',
      'type = htpasswd',
      `htpasswd_filename = ${join(folder, 'users')}`,
      'htpasswd_encryption = plain',
      'delay = 0',
      '[storage]',
      `filesystem_folder = ${join(folder, 'storage')}`,
      '',
    ]
    writeFileSync(join(folder, 'config'), configuration.join('\n'))
    const program = Program.start('radicale', ['-C', join(folder, 'config')], { cwd: folder })
    try {
      await eventually('radicale listens', () => isOpen(port))
    } catch (error) {
      await program.stop('SIGKILL')
      throw new Error(`Radicale does not start: ${program.output}`, { cause: error })
    }
    const radicale = new Radicale(program, `http://127.0.0.1:${port}/${login}/work/`)
    await radicale.#curl('MKCALENDAR', '')
    return radicale
  }

  /** Puts an event into the calendar, or in place of the one with this identifier. */
  async put(uid: string, ...lines: string[]): Promise<void> {
    const text = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//test//EN', 'BEGIN:VEVENT', `UID:${uid}`, ...lines]
    const whole = [...text, 'DTSTAMP:20260101T000000Z', 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n')
    await this.#curl('PUT', `${uid}.ics`, '-H', 'Content-Type: text/calendar; charset=utf-8', '--data-binary', whole)
  }

  async remove(uid: string): Promise<void> {
    await this.#curl('DELETE', `${uid}.ics`)
  }

  async stop(): Promise<void> {
    await this.#program.stop()
  }

  async #curl(method: string, path: string, ...more: string[]): Promise<void> {
    const args = ['-sS', '--fail-with-body', '-m', '20', '-u', `${login}:${password}`, '-X', method, ...more]
    const curl = Program.start('curl', [...args, this.address + path])
    const { code } = await curl.ended
    if (code !== 0) throw new Error(`curl ${method} ${path} ended with ${code}: ${curl.output}`)
  }
}

const isOpen = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port })
    socket.once('connect', () => socket.destroy())
    socket.once('close', (hadError) => resolve(!hadError))
    socket.on('error', () => {})
  })
