import type { Clock } from '@vaxel/base'
import { type MailAccess, MailboxFault, type OpenMailbox, type ServerMail } from '@vaxel/core'
import { Pop3Connection } from './pop3-connection.ts'
import type { ServerPlace } from './server-place.ts'

/** Lines of the body of a mail that is too large to fetch. */
const linesOfLarge = 200

/** A mailbox by POP3. Mails are known by their UIDL (RFC 1939 §7); what is deleted is gone once QUIT was answered (§6). */
export class Pop3Mailbox implements OpenMailbox {
  readonly epoch = 'pop3'
  readonly tells = false
  readonly #connection: Pop3Connection
  readonly #access: MailAccess
  readonly #clock: Clock
  readonly #numbers = new Map<string, number>()

  private constructor(connection: Pop3Connection, access: MailAccess, clock: Clock) {
    this.#connection = connection
    this.#access = access
    this.#clock = clock
  }

  static async open(place: ServerPlace, access: MailAccess, clock: Clock): Promise<Pop3Mailbox> {
    const connection = await Pop3Connection.open(place)
    try {
      await logIn(connection, access)
      return new Pop3Mailbox(connection, access, clock)
    } catch (error) {
      connection.end()
      throw error
    }
  }

  async list(): Promise<readonly ServerMail[]> {
    const sizes = new Map(await this.#table('LIST').then((rows) => rows.map(([n, size]) => [n, Number(size)] as const)))
    const uidl = await this.#table('UIDL').catch((error: unknown) => {
      if (!(error instanceof MailboxFault) || error.trouble !== 'protocol') throw error
      throw new MailboxFault('protocol', `the server does not name its mails (UIDL); use IMAP: ${error.message}`)
    })
    this.#numbers.clear()
    return uidl.map(([number, key]) => {
      this.#numbers.set(key, number)
      return { key, sizeBytes: sizes.get(number) ?? 0 }
    })
  }

  async fetch({ key, sizeBytes }: ServerMail, mostBytes: number): Promise<Uint8Array | undefined> {
    const number = this.#numbers.get(key)
    if (number === undefined) return undefined
    if (sizeBytes <= mostBytes) return this.#connection.commandForLines(`RETR ${number}`, 2 * mostBytes + 1024)
    const beginning = await this.#connection.commandForLines(`TOP ${number} ${linesOfLarge}`, 2 * mostBytes + 1024)
    return beginning.subarray(0, mostBytes)
  }

  async settle(keys: readonly string[]): Promise<void> {
    if (this.#access.account.reading.after === 'delete')
      for (const key of keys) {
        const number = this.#numbers.get(key)
        if (number !== undefined) await this.#connection.command(`DELE ${number}`)
      }
    await this.#connection.command('QUIT')
    this.#connection.end()
  }

  wait(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        timer.stop()
        signal.removeEventListener('abort', done)
        resolve()
      }
      const timer = this.#clock.startTimer(ms, done)
      signal.addEventListener('abort', done)
      if (signal.aborted) done()
    })
  }

  async close(): Promise<void> {
    this.#connection.end()
  }

  /** Lines of a number and a word. */
  async #table(command: string): Promise<[number, string][]> {
    const text = (await this.#connection.commandForLines(command)).toString('latin1')
    return text.split(/\r?\n/).flatMap((line): [number, string][] => {
      const [, number, word] = /^(\d{1,9})\s+(\S{1,100})/.exec(line) ?? []
      return number === undefined || word === undefined ? [] : [[Number(number), word]]
    })
  }
}

async function logIn(connection: Pop3Connection, { account, secrets }: MailAccess): Promise<void> {
  const { login } = account.reading
  if (account.login.kind === 'oauth') {
    const capabilities = (await connection.commandForLines('CAPA').catch(() => Buffer.alloc(0))).toString('latin1')
    const token = secrets.accessToken ?? ''
    const isBearer = /^SASL .*\bOAUTHBEARER\b/im.test(capabilities)
    const [mechanism, text] = isBearer
      ? ['OAUTHBEARER', `n,a=${login},\x01auth=Bearer ${token}\x01\x01`]
      : ['XOAUTH2', `user=${login}\x01auth=Bearer ${token}\x01\x01`]
    return connection.authenticate(mechanism!, Buffer.from(text!).toString('base64'))
  }
  await connection.command(`USER ${login}`, 'login')
  await connection.command(`PASS ${secrets.password ?? ''}`, 'login')
}
