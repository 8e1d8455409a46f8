import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { type Refusal, silentLogger, systemClock } from '@vaxel/base'
import type { FileDoor, FileVisitor, SeenFile } from '@vaxel/core'
import { makeSelfSigned } from '../certificates/certificate-issuer.ts'
import type { FtpsLimits } from './ftps-limits.ts'
import { type FtpsServer, openFtpsServer } from './ftps-server.ts'

/** The one file of the tree below, at /2026/a.wav. */
export const content = Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * 7) % 251))

const folder = (name: string): SeenFile => ({ name, kind: 'folder', sizeBytes: 0, changedAtMs: 0 })
const file: SeenFile = { name: 'a.wav', kind: 'file', sizeBytes: content.length, changedAtMs: 0 }

async function* entries(...seen: readonly SeenFile[]): AsyncGenerator<SeenFile> {
  yield* seen
}

async function* pieces(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536)
}

const wrongLogin: Refusal = {
  refused: true,
  code: 'WRONG',
  sip: 403,
  http: 401,
  blame: 'caller',
  text: 'Login or password is wrong.',
}

/** A tree with one folder and one file. */
export class FakeVisitor implements FileVisitor {
  needsSessionReuse = true
  isGood = true
  readonly opened: string[] = []
  isValid = () => this.isGood

  async find(path: readonly string[]): Promise<SeenFile | undefined> {
    if (path.length === 0) return folder('')
    if (path.join('/') === '2026') return folder('2026')
    return path.join('/') === '2026/a.wav' ? file : undefined
  }

  async list(path: readonly string[]): Promise<AsyncIterable<SeenFile> | undefined> {
    return path.length === 0 ? entries(folder('2026')) : entries(file)
  }

  async open(path: readonly string[], fromByte: number) {
    this.opened.push(`${path.join('/')} from ${fromByte}`)
    return { sizeBytes: content.length, read: (start: number, end: number) => pieces(content.subarray(start, end)) }
  }
}

/** A server on loopback. */
export async function openServer(
  visitor: FileVisitor,
  limits: Partial<FtpsLimits> = {},
  passivePorts: readonly [number, number] = [42_000, 42_999],
): Promise<FtpsServer> {
  const door: FileDoor = {
    logIn: async (login, password) => (login === 'a@b.test' && password === 'right' ? visitor : wrongLogin),
  }
  return openFtpsServer({
    clock: systemClock,
    log: silentLogger,
    door,
    bind: '127.0.0.1',
    port: 0,
    implicitPort: 0,
    passivePorts,
    certificate: await makeSelfSigned({
      commonName: 'ftps.test',
      names: ['127.0.0.1'],
      nowMs: systemClock.now(),
      lifetimeMs: 86_400_000,
      uses: ['serverAuth'],
    }),
    advertise: () => '127.0.0.1',
    limits,
  })
}

/** A client that says exactly what a test wants. */
export class RawClient {
  socket: Socket | TLSSocket
  session: Buffer | undefined
  #text = ''
  #wake: () => void = () => {}

  constructor(socket: Socket) {
    this.socket = socket
    this.#listen(socket)
  }

  static async open(port: number): Promise<RawClient> {
    const client = new RawClient(connect({ host: '127.0.0.1', port }))
    await client.reply()
    return client
  }

  static async openImplicit(port: number): Promise<RawClient> {
    const socket = connectTls({ host: '127.0.0.1', port, rejectUnauthorized: false })
    const client = new RawClient(socket)
    client.#keepSession(socket)
    await client.reply()
    return client
  }

  /** Over explicit TLS, logged in, data connections encrypted. */
  static async logIn(port: number): Promise<RawClient> {
    const client = await RawClient.open(port)
    await client.ask('AUTH TLS')
    await client.startTls()
    for (const line of ['PBSZ 0', 'PROT P', 'USER a@b.test', 'PASS right']) await client.ask(line)
    return client
  }

  async startTls(): Promise<void> {
    const plain = this.socket
    plain.removeAllListeners('data')
    const secure = connectTls({ socket: plain, rejectUnauthorized: false })
    this.socket = secure
    this.#keepSession(secure)
    await once(secure, 'secureConnect')
    this.#listen(secure)
  }

  say(line: string): void {
    this.socket.write(`${line}\r\n`)
  }

  /** @returns the last line of the reply, or `closed` */
  async ask(line: string): Promise<string> {
    this.say(line)
    return this.reply()
  }

  async reply(): Promise<string> {
    for (;;) {
      const match = /^(?:.*\r\n)*?(\d{3} .*)\r\n/.exec(this.#text)
      if (match) {
        this.#text = this.#text.slice(match[0].length)
        return match[1]!
      }
      if (this.socket.destroyed) return 'closed'
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  /** Opens a data connection to where EPSV has said. @param resumes the TLS session of the control connection */
  async data(resumes = true, localAddress = '127.0.0.1'): Promise<TLSSocket> {
    const port = Number(/\|\|\|(\d+)\|/.exec(await this.ask('EPSV'))?.[1])
    const raw = connect({ host: '127.0.0.1', port, localAddress })
    const socket = connectTls({
      socket: raw,
      rejectUnauthorized: false,
      ...(resumes && this.session ? { session: this.session } : {}),
    })
    socket.on('error', () => {})
    return socket
  }

  close(): void {
    this.socket.destroy()
  }

  #keepSession(socket: TLSSocket): void {
    socket.on('session', (session: Buffer) => {
      this.session = session
    })
  }

  #listen(socket: Socket): void {
    socket.on('data', (bytes: Buffer) => {
      this.#text += bytes.toString()
      this.#wake()
    })
    socket.on('error', () => {})
    socket.on('close', () => this.#wake())
  }
}

/** Everything that comes on a data connection. */
export async function readAll(socket: TLSSocket): Promise<Buffer> {
  const all: Buffer[] = []
  socket.on('data', (bytes: Buffer) => all.push(bytes))
  await once(socket, 'close')
  return Buffer.concat(all)
}
