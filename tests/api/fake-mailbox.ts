import {
  type ComposedMail,
  type MailAccess,
  type MailboxDoor,
  MailboxFault,
  type MailOutcome,
  type OpenMailbox,
  type ServerMail,
} from '@vaxel/core'

/** A mail as it lies at the fake server. */
export interface LyingMail {
  readonly key: string
  readonly source: Buffer
  isSeen: boolean
  readonly receivedAtMs?: number
}

/** Mailboxes by login, and what was given for sending. A step can be made to fail: the line is then lost. */
export class FakeMailServers implements MailboxDoor {
  readonly boxes = new Map<string, LyingMail[]>()
  readonly sent: ComposedMail[] = []
  /** What a try of sending comes to. */
  outcome: (mail: ComposedMail) => MailOutcome = () => ({ kind: 'sent' })
  /** Called before and after each step; may throw. */
  onStep: (step: string) => void = () => {}
  /** What opening fails with. */
  fault: MailboxFault | undefined
  epoch = '1'
  #lastUid = 0
  readonly #waiting = new Set<() => void>()

  /** Lays a mail into the box of a login. */
  deliver(login: string, source: string | Buffer, more: { isSeen?: boolean; receivedAtMs?: number } = {}): LyingMail {
    const mail: LyingMail = {
      key: `${this.epoch}.${++this.#lastUid}`,
      source: Buffer.from(source as string),
      isSeen: more.isSeen ?? false,
      ...(more.receivedAtMs === undefined ? {} : { receivedAtMs: more.receivedAtMs }),
    }
    this.box(login).push(mail)
    for (const wake of this.#waiting) wake()
    return mail
  }

  box(login: string): LyingMail[] {
    let box = this.boxes.get(login)
    if (!box) this.boxes.set(login, (box = []))
    return box
  }

  async open({ account }: MailAccess, signal: AbortSignal): Promise<OpenMailbox> {
    this.onStep('open')
    if (this.fault) throw this.fault
    const { login, after } = account.reading
    let listed = 0
    const step = async <T>(name: string, work: () => T): Promise<T> => {
      this.onStep(`before ${name}`)
      const result = work()
      this.onStep(`after ${name}`)
      return result
    }
    return {
      epoch: this.epoch,
      tells: true,
      list: () =>
        step('list', () => {
          const found = this.box(login).filter(({ key }) => Number(key.split('.')[1]) > listed)
          listed = Math.max(listed, ...found.map(({ key }) => Number(key.split('.')[1])))
          return found.map(({ key, source, isSeen, receivedAtMs }) => ({
            key,
            sizeBytes: source.length,
            isSeen,
            ...(receivedAtMs === undefined ? {} : { receivedAtMs }),
          }))
        }),
      fetch: (mail: ServerMail, mostBytes: number) =>
        step('fetch', () =>
          this.box(login)
            .find(({ key }) => key === mail.key)
            ?.source.subarray(0, mostBytes),
        ),
      settle: (keys) =>
        step('settle', () => {
          if (after === 'delete')
            this.boxes.set(
              login,
              this.box(login).filter(({ key }) => !keys.includes(key)),
            )
          else for (const mail of this.box(login)) if (keys.includes(mail.key)) mail.isSeen = true
        }),
      wait: (_, ending) =>
        new Promise((resolve) => {
          const done = () => {
            this.#waiting.delete(done)
            resolve()
          }
          this.#waiting.add(done)
          for (const one of [signal, ending]) one.addEventListener('abort', done)
          const isFresh = this.box(login).some(({ key }) => Number(key.split('.')[1]) > listed)
          if (ending.aborted || isFresh) done()
        }),
      close: async () => {},
    }
  }

  async trySending({ account }: MailAccess): Promise<void> {
    if (account.sending?.server.host === 'nowhere.test') throw new MailboxFault('name', 'nowhere.test: ENOTFOUND')
  }

  async send(_: MailAccess, mail: ComposedMail): Promise<MailOutcome> {
    this.onStep('before send')
    this.sent.push(mail)
    return this.outcome(mail)
  }
}
