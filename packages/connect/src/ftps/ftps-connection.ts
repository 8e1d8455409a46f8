import type { Socket } from 'node:net'
import type { Timer } from '@vaxel/base'
import { plainAddress } from '../net/ip-address.ts'
import type { ServerCertificate } from '../net/tls-settings.ts'
import { CommandLines, type FtpCommand, readCommand } from './command-lines.ts'
import { type FtpsAround, type FtpsCommand, type FtpsCommands, FtpsSession, type FtpsWire } from './ftps-session.ts'
import { SecureSockets } from './secure-sockets.ts'
import { openCommands, plainCommands } from './session-commands.ts'
import { transferCommands } from './transfer-commands.ts'
import { treeCommands } from './tree-commands.ts'

const loggedInCommands: FtpsCommands = { ...openCommands, ...treeCommands, ...transferCommands }

/** What may stand between REST and the RETR that it is for (RFC 3659 §5.3). */
const keepsRestart: ReadonlySet<string> = new Set(['REST', 'RETR', 'PASV', 'EPSV', 'TYPE', 'SIZE', 'MDTM'])

/**
 * One control connection (RFC 959, secured by RFC 4217). Commands are performed one after another, in the order in which they came; only
 * ABOR does not wait for a transfer. It ends with its socket, by QUIT, by a time limit, or by a command line that is too long.
 */
export class FtpsConnection implements FtpsWire {
  readonly peer: string
  readonly address: string
  readonly sockets: SecureSockets
  readonly #around: FtpsAround
  readonly #session: FtpsSession
  readonly #waiting: string[] = []
  readonly #onClosed: () => void
  readonly #startedMs: number
  #lines: CommandLines
  #socket: Socket
  #timer: Timer | undefined
  #isBusy = false
  #isEnding = false
  #isClosed = false

  constructor(options: {
    around: FtpsAround
    socket: Socket
    certificate: ServerCertificate
    isImplicit: boolean
    onClosed: () => void
  }) {
    const { around, socket, certificate, isImplicit } = options
    this.#around = around
    this.#socket = socket
    this.#onClosed = options.onClosed
    this.#startedMs = around.clock.monotonicMs()
    this.peer = plainAddress(socket.remoteAddress ?? '')
    this.address = plainAddress(socket.localAddress ?? '')
    this.sockets = new SecureSockets(certificate, around.limits.handshakeMs)
    this.#session = new FtpsSession(around, this, isImplicit)
    this.#lines = new CommandLines(around.limits.lineBytes)
    this.#timer = around.clock.startTimer(around.limits.loginMs, () => this.#timedOut('Nobody logged in for too long.'))
    socket.on('error', () => {})
    socket.once('close', () => this.close())
    socket.setNoDelay(true)
    if (isImplicit) void this.#secure().then((isDone) => isDone && this.#greet())
    else {
      this.#listen(socket)
      this.#greet()
    }
  }

  reply(code: number, ...lines: readonly string[]): void {
    if (this.#isClosed || !this.#socket.writable) return
    const [first = '', ...more] = lines
    const last = more.pop()
    const text =
      last === undefined
        ? `${code} ${first}\r\n`
        : [`${code}-${first}`, ...more, `${code} ${last}`].join('\r\n').concat('\r\n')
    this.#socket.write(text)
    // Whoever asks and does not read has no use of the answers.
    if (this.#socket.writableLength > this.#around.limits.replyBytes) this.close()
  }

  async startTls(): Promise<void> {
    // What came in plain after AUTH must not count as said within TLS.
    if (this.#waiting.length > 0 || this.#lines.pendingBytes > 0) {
      this.reply(421, 'Nothing may follow AUTH before the handshake.')
      return this.end()
    }
    this.#socket.removeAllListeners('data')
    this.#socket.pause()
    this.reply(234, 'Begin the TLS handshake.')
    if (await this.#secure()) this.#session.isSecure = true
  }

  end(): void {
    this.#isEnding = true
    this.#waiting.length = 0
    this.#session.close()
    this.#socket.end()
    this.#timer?.stop()
    // A client that does not close its side is not waited for.
    this.#timer = this.#around.clock.startTimer(5000, () => this.#socket.destroy())
  }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#timer?.stop()
    this.#session.close()
    this.#socket.destroy()
    this.#onClosed()
  }

  /** Says why, then ends. */
  leave(why: string): void {
    this.reply(421, why)
    this.end()
  }

  #greet(): void {
    this.reply(220, 'Recordings. TLS only, reading only.')
  }

  #listen(socket: Socket): void {
    socket.on('data', (bytes: Buffer) => this.#take(bytes))
    socket.resume()
  }

  async #secure(): Promise<boolean> {
    const secure = await this.sockets.secure(this.#socket)
    if (!secure || this.#isClosed) {
      this.close()
      return false
    }
    this.#lines = new CommandLines(this.#around.limits.lineBytes)
    this.#socket = secure
    secure.on('error', () => {})
    secure.once('close', () => this.close())
    this.#listen(secure)
    return true
  }

  #take(bytes: Buffer): void {
    if (this.#isEnding) return
    const lines = this.#lines.take(bytes)
    if (lines === undefined) return this.leave('A command was too long.')
    for (const line of lines) {
      const transferring = this.#session.transfer
      if (transferring && readCommand(line)?.verb === 'ABOR') transferring.abort()
      this.#waiting.push(line)
    }
    if (this.#waiting.length > this.#around.limits.waitingCommands) return this.leave('Too many commands at once.')
    void this.#work()
  }

  async #work(): Promise<void> {
    if (this.#isBusy) return
    this.#isBusy = true
    this.#timer?.stop()
    try {
      for (let line = this.#waiting.shift(); line !== undefined && !this.#isEnding; line = this.#waiting.shift())
        await this.#perform(line)
    } catch (error) {
      this.#around.log.error('a command of FTPS failed', { error: String(error), address: this.peer })
      this.leave('This server has made a mistake; connect anew.')
    } finally {
      this.#isBusy = false
    }
    if (this.#isEnding || this.#isClosed) return
    const { limits, clock } = this.#around
    const leftMs = Math.max(0, this.#startedMs + limits.loginMs - clock.monotonicMs())
    const [limitMs, why] = this.#session.visitor
      ? [limits.idleMs, 'Nothing was asked for too long.']
      : [leftMs, 'Nobody logged in for too long.']
    this.#timer = clock.startTimer(limitMs, () => this.#timedOut(why))
  }

  async #perform(line: string): Promise<void> {
    if (line === '') return
    const command = readCommand(line)
    const session = this.#session
    if (session.visitor && !session.visitor.isValid()) return this.leave('This account has ended.')
    if (!command) return this.reply(500, 'That is no command.')
    const performs = this.#find(command)
    if (!performs) return
    if (!keepsRestart.has(command.verb)) session.fromByte = 0
    await performs(session, command.argument)
  }

  #find({ verb }: FtpCommand): FtpsCommand | undefined {
    const { isSecure, visitor } = this.#session
    if (!isSecure) {
      const plain = plainCommands[verb]
      if (!plain) this.reply(530, 'Nothing is said here without encryption: begin with AUTH TLS.')
      return plain
    }
    const known = Object.hasOwn(loggedInCommands, verb) ? loggedInCommands[verb] : undefined
    if (!known) this.reply(502, 'This command is not known here.')
    else if (!visitor && !Object.hasOwn(openCommands, verb)) {
      this.reply(530, 'Log in first.')
      return undefined
    }
    return known
  }

  #timedOut(why: string): void {
    if (!this.#isBusy) this.leave(why)
  }
}
