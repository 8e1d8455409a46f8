import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { MailboxFault } from '@vaxel/core'
import { faultOf } from './mailbox-faults.ts'
import type { ServerPlace } from './server-place.ts'

const connectMs = 20_000
const silenceMs = 60_000
const mostLineBytes = 16 * 1024
const mostListBytes = 32 * 1024 * 1024
const lf = 10
const cr = 13
const dot = 46

interface Waiting {
  readonly resolve: () => void
  readonly reject: (error: MailboxFault) => void
}

/**
 * A client of POP3 (RFC 1939) with STLS (RFC 2595), CAPA (RFC 2449) and AUTH (RFC 5034): one command at a time, each answered in full before
 * the next. Bytes are looked at as a stream, wherever the network has cut them.
 */
export class Pop3Connection {
  #socket: Socket
  #chunks: Buffer[] = []
  #buffered = 0
  #waiting: Waiting | undefined
  #ended: MailboxFault | undefined

  private constructor(socket: Socket) {
    this.#socket = socket
    this.#follow(socket)
  }

  static async open(place: ServerPlace): Promise<Pop3Connection> {
    const socket = await connected(place)
    const connection = new Pop3Connection(socket)
    try {
      await connection.#answer()
      if (place.isUpgraded) await connection.#upgrade(place)
      return connection
    } catch (error) {
      connection.end()
      throw error
    }
  }

  /** @returns what stands behind `+OK`. Throws for `-ERR`. */
  async command(line: string, trouble: 'protocol' | 'login' | 'tls' = 'protocol'): Promise<string> {
    await this.#write(line)
    return this.#answer(trouble)
  }

  /** A command whose answer has more than one line. @returns the bytes between, dots undone (RFC 1939 §3) */
  async commandForLines(line: string, mostBytes: number = mostListBytes): Promise<Buffer> {
    await this.#write(line)
    await this.#answer()
    return this.#block(mostBytes)
  }

  /** AUTH with one answer of the client (RFC 5034 §4), given when the server asks for it: a line may not be longer than 255 bytes. */
  async authenticate(mechanism: string, response: string): Promise<void> {
    await this.#write(`AUTH ${mechanism}`)
    const first = await this.#line()
    if (!first.startsWith('+')) throw new MailboxFault('login', said(first))
    if (first.startsWith('+OK')) return
    await this.#write(response)
    const answer = await this.#line()
    if (answer.startsWith('+OK')) return
    // An error comes as another question (RFC 7628 §3.2.3); an empty answer ends it.
    if (answer.startsWith('+ ')) {
      await this.#write('')
      await this.#line().catch(() => '')
      throw new MailboxFault('login', Buffer.from(answer.slice(2), 'base64').toString('utf8'))
    }
    throw new MailboxFault('login', said(answer))
  }

  end(): void {
    this.#socket.destroy()
  }

  async #upgrade(place: ServerPlace): Promise<void> {
    await this.command('STLS', 'tls')
    // What came before TLS began was not said by the server that TLS proves (as in CVE-2011-0411).
    if (this.#buffered > 0) throw new MailboxFault('tls', 'the server says something between STLS and TLS')
    this.#socket.removeAllListeners()
    this.#socket = await secured(this.#socket, place)
    this.#follow(this.#socket)
  }

  #follow(socket: Socket): void {
    socket.setTimeout(silenceMs, () => this.#fail(new MailboxFault('silence', 'the server says nothing for a minute')))
    socket.on('data', (chunk: Buffer) => {
      this.#chunks.push(chunk)
      this.#buffered += chunk.length
      this.#waiting?.resolve()
    })
    socket.on('error', (error) => this.#fail(faultOf(error, 'lost')))
    socket.on('close', () => this.#fail(new MailboxFault('lost', 'the server has ended the connection')))
  }

  #fail(fault: MailboxFault): void {
    this.#ended ??= fault
    this.#socket.destroy()
    this.#waiting?.reject(fault)
  }

  async #write(line: string): Promise<void> {
    if (/[\r\n\0]/.test(line)) throw new MailboxFault('protocol', 'a login or password may not hold the end of a line')
    if (this.#ended) throw this.#ended
    this.#socket.write(`${line}\r\n`)
  }

  async #answer(trouble: 'protocol' | 'login' | 'tls' = 'protocol'): Promise<string> {
    const line = await this.#line()
    if (line.startsWith('+OK')) return line.slice(3).trim()
    if (line.startsWith('-ERR')) throw new MailboxFault(trouble, said(line))
    throw new MailboxFault('protocol', `this is no POP3 server; it says: ${line.slice(0, 100)}`)
  }

  async #line(): Promise<string> {
    for (;;) {
      const bytes = this.#joined()
      const end = bytes.indexOf(lf)
      if (end >= 0) {
        this.#keep(bytes.subarray(end + 1))
        return bytes.toString('utf8', 0, end).replace(/\r$/, '')
      }
      if (bytes.length > mostLineBytes) throw new MailboxFault('protocol', 'a line of the server has no end')
      await this.#more()
    }
  }

  /** Lines until one that is a dot. Kept in pieces: a mail of 30 MB is joined once, also when it is one line. */
  async #block(mostBytes: number): Promise<Buffer> {
    const lines: Buffer[] = []
    let size = 0
    /** Of a line whose end has not come yet. */
    let begun: Buffer[] = []
    let begunBytes = 0
    for (;;) {
      const come = this.#joined()
      let at = 0
      for (let end = come.indexOf(lf, at); end >= 0; end = come.indexOf(lf, at)) {
        const piece = come.subarray(at, end + 1)
        const line = begun.length === 0 ? piece : Buffer.concat([...begun, piece])
        begun = []
        begunBytes = 0
        at = end + 1
        const isDotted = line[0] === dot
        if (isDotted && (line.length === 2 || (line.length === 3 && line[1] === cr))) {
          this.#keep(come.subarray(at))
          return Buffer.concat(lines, size)
        }
        const kept = isDotted ? line.subarray(1) : line
        lines.push(kept)
        size += kept.length
        if (size > mostBytes) throw new MailboxFault('protocol', 'an answer of the server is longer than it announced')
      }
      begun.push(come.subarray(at))
      begunBytes += come.length - at
      if (begunBytes > mostBytes) throw new MailboxFault('protocol', 'a line of the server has no end')
      this.#keep(Buffer.alloc(0))
      await this.#more()
    }
  }

  async #more(): Promise<void> {
    const before = this.#buffered
    if (this.#ended) throw this.#ended
    await new Promise<void>((resolve, reject) => {
      this.#waiting = { resolve, reject }
      if (this.#buffered > before) resolve()
    })
    this.#waiting = undefined
  }

  #joined(): Buffer {
    if (this.#chunks.length > 1) this.#chunks = [Buffer.concat(this.#chunks)]
    return this.#chunks[0] ?? Buffer.alloc(0)
  }

  #keep(rest: Buffer): void {
    this.#chunks = rest.length > 0 ? [rest] : []
    this.#buffered = rest.length
  }
}

const said = (line: string): string => line.replace(/^-ERR\s*/, '')

function connected(place: ServerPlace): Promise<Socket> {
  const { address, port, isSecure, tls } = place
  const socket = isSecure ? connectTls({ ...tls, host: address, port }) : connect({ host: address, port })
  return opened(socket, isSecure ? 'secureConnect' : 'connect')
}

const secured = (plain: Socket, { tls }: ServerPlace): Promise<Socket> =>
  opened(connectTls({ ...tls, socket: plain }), 'secureConnect')

function opened(socket: Socket, event: 'connect' | 'secureConnect'): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const failed = (error: unknown) => {
      socket.destroy()
      reject(faultOf(error, 'port'))
    }
    socket.setTimeout(connectMs, () => failed(new MailboxFault('silence', 'nobody answers at this port')))
    socket.once('error', failed)
    socket.once(event, () => {
      socket.removeAllListeners('error')
      socket.removeAllListeners('timeout')
      socket.setTimeout(0)
      resolve(socket)
    })
  })
}
