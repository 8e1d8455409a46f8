import type { Clock } from '@vaxel/base'
import { type MailAccess, MailboxFault, type OpenMailbox, type ServerMail } from '@vaxel/core'
import type { ImapFlow } from 'imapflow'
import { faultOf } from './mailbox-faults.ts'
import type { ServerPlace } from './server-place.ts'

const connectMs = 20_000
/** For one command; a list of a hundred thousand mails takes its time. */
const commandMs = 120_000
const listMs = 600_000
/** Below what servers and translators of addresses on the way let an idle connection live (RFC 2177: 29 minutes). */
const longestIdleMs = 9 * 60_000
const settledAtOnce = 100

/** A mailbox by IMAP (RFC 3501, 9051); told of new mails by IDLE (RFC 2177) where there is. */
export class ImapMailbox implements OpenMailbox {
  readonly epoch: string
  readonly tells = true
  readonly #client: ImapFlow
  readonly #clock: Clock
  readonly #access: MailAccess
  #lastUid = 0
  #isGone = false
  /** The server told of a mail that no list has held yet: it does so within any command, also when nobody waits. */
  #hasNews = false

  private constructor(client: ImapFlow, access: MailAccess, clock: Clock, uidValidity: string) {
    this.#client = client
    this.#access = access
    this.#clock = clock
    this.epoch = uidValidity
    client.on('close', () => {
      this.#isGone = true
    })
    client.on('exists', () => {
      this.#hasNews = true
    })
  }

  static async open(place: ServerPlace, access: MailAccess, clock: Clock): Promise<ImapMailbox> {
    const { account, secrets } = access
    const { login, folder } = account.reading
    const library = await import('imapflow')
    const client = new library.ImapFlow({
      host: place.address,
      port: place.port,
      secure: place.isSecure,
      doSTARTTLS: place.isSecure ? undefined : place.isUpgraded,
      // Without a name the certificate is checked for the address.
      ...(place.tls.servername === undefined ? {} : { servername: place.tls.servername }),
      tls: place.tls,
      auth:
        account.login.kind === 'oauth'
          ? { user: login, accessToken: secrets.accessToken ?? '' }
          : { user: login, pass: secrets.password ?? '' },
      logger: false,
      disableAutoIdle: true,
      connectionTimeout: connectMs,
      greetingTimeout: connectMs,
      // Longer than any wait of ours: a connection that waits is no silence.
      socketTimeout: longestIdleMs,
      maxIdleTime: longestIdleMs,
      // A literal that a server announces is memory of ours.
      maxLiteralSize: account.reading.mostBytes + 1024,
      clientInfo: { name: 'Vaxel' },
    })
    // Each failure is told by the command that meets it.
    client.on('error', () => {})
    try {
      await client.connect()
    } catch (error) {
      client.close()
      throw faultOf(error, 'port')
    }
    try {
      const { uidValidity } = await client.mailboxOpen(folder)
      if (account.reading.after === 'move') await hasFolder(client, account.reading.moveTo)
      return new ImapMailbox(client, access, clock, String(uidValidity))
    } catch (error) {
      client.close()
      throw faultOf(error, 'folder')
    }
  }

  async list(): Promise<readonly ServerMail[]> {
    const found: ServerMail[] = []
    await this.#do(async () => {
      await this.#client.noop()
      this.#hasNews = false
      const range = `${this.#lastUid + 1}:*`
      const query = { uid: true, size: true, flags: true, internalDate: true }
      for await (const { uid, size = 0, flags, internalDate } of this.#client.fetch(range, query, { uid: true })) {
        // `n:*` holds the last mail always, also when it is older (RFC 9051 §9, seq-range).
        if (uid <= this.#lastUid) continue
        const receivedAtMs = internalDate === undefined ? Number.NaN : new Date(internalDate).getTime()
        found.push({
          key: `${this.epoch}.${uid}`,
          sizeBytes: size,
          isSeen: flags?.has('\\Seen') ?? false,
          ...(Number.isFinite(receivedAtMs) ? { receivedAtMs } : {}),
        })
      }
    }, listMs)
    found.sort((one, other) => uidOf(one.key) - uidOf(other.key))
    const last = found.at(-1)
    if (last) this.#lastUid = uidOf(last.key)
    return found
  }

  fetch({ key, sizeBytes }: ServerMail, mostBytes: number): Promise<Uint8Array | undefined> {
    return this.#do(async () => {
      const source = sizeBytes > mostBytes ? { start: 0, maxLength: mostBytes } : true
      const fetched = await this.#client.fetchOne(String(uidOf(key)), { uid: true, source }, { uid: true })
      return fetched ? fetched.source : undefined
    })
  }

  async settle(keys: readonly string[]): Promise<void> {
    const { after, moveTo } = this.#access.account.reading
    const uids = keys.filter((key) => key.startsWith(`${this.epoch}.`)).map(uidOf)
    for (let at = 0; at < uids.length && after !== 'keep'; at += settledAtOnce) {
      const range = uids.slice(at, at + settledAtOnce).join(',')
      await this.#do(async () => {
        if (!(await this.#settleRange(range, after, moveTo)))
          throw new MailboxFault('protocol', `the server refuses to ${after} mails`)
      })
    }
  }

  async #settleRange(range: string, after: string, moveTo: string | undefined): Promise<boolean> {
    // Those that are there still: a command about none is an error for some servers.
    const there = await this.#client.search({ uid: range }, { uid: true })
    if (!there) return false
    if (there.length === 0) return true
    const uids = there.join(',')
    if (after === 'read') return this.#client.messageFlagsAdd(uids, ['\\Seen'], { uid: true })
    if (after === 'move' && moveTo !== undefined)
      return (await this.#client.messageMove(uids, moveTo, { uid: true })) !== false
    // Without UIDPLUS (RFC 4315) EXPUNGE would also take what others have marked.
    if (this.#client.capabilities.has('UIDPLUS')) return this.#client.messageDelete(uids, { uid: true })
    return this.#client.messageFlagsAdd(uids, ['\\Deleted'], { uid: true })
  }

  wait(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        timer.stop()
        this.#client.off('exists', done)
        this.#client.off('close', done)
        signal.removeEventListener('abort', done)
        resolve()
      }
      const hasIdle = this.#client.capabilities.has('IDLE')
      const timer = this.#clock.startTimer(hasIdle ? Math.max(ms, longestIdleMs / 2) : ms, done)
      this.#client.on('exists', done)
      this.#client.on('close', done)
      signal.addEventListener('abort', done)
      if (this.#isGone || this.#hasNews || signal.aborted) return done()
      // Ends when the next command comes; what goes wrong is met by that one.
      if (hasIdle) this.#client.idle().catch(() => {})
    })
  }

  async close(): Promise<void> {
    if (!this.#isGone) await Promise.race([this.#client.logout().catch(() => {}), this.#soon()])
    this.#client.close()
  }

  #soon(): Promise<void> {
    return new Promise((resolve) => this.#clock.startTimer(2000, resolve))
  }

  async #do<T>(work: () => Promise<T>, limitMs = commandMs): Promise<T> {
    if (this.#isGone) throw new MailboxFault('lost', 'the connection has ended')
    let isSilent = false
    const limit = this.#clock.startTimer(limitMs, () => {
      isSilent = true
      this.#client.close()
    })
    try {
      return await work()
    } catch (error) {
      if (isSilent) throw new MailboxFault('silence', `a command has no answer after ${limitMs / 1000} s`)
      throw faultOf(error, this.#isGone ? 'lost' : 'protocol')
    } finally {
      limit.stop()
    }
  }
}

async function hasFolder(client: ImapFlow, path: string | undefined): Promise<void> {
  const known = path !== undefined && (await client.status(path, { messages: true }).catch(() => false))
  if (known === false) throw new MailboxFault('folder', `there is no folder ${path ?? ''}`)
}

const uidOf = (key: string): number => Number(key.slice(key.lastIndexOf('.') + 1))
