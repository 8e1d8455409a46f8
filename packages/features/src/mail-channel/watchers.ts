import type { Clock, CompanyId, UserId } from '@vaxel/base'
import type { Directory, MailConversation, MailConversationId, Notices } from '@vaxel/core'

/** Who has not said that they are there for so long is gone. */
const goneAfterMs = 75_000

export interface MailWatcher {
  readonly userId: UserId
  readonly name: string
  readonly doing: 'reading' | 'writing'
}

interface Watching {
  readonly doing: 'reading' | 'writing'
  readonly untilMs: number
}

/** Who has which conversation open: two who look at one are told of each other, before they write the same answer twice. */
export class MailWatchers {
  readonly #directory: Directory
  readonly #notices: Pick<Notices, 'publish'>
  readonly #clock: Clock
  readonly #open = new Map<MailConversationId, Map<UserId, Watching>>()

  constructor(options: { directory: Directory; notices: Pick<Notices, 'publish'>; clock: Clock }) {
    this.#directory = options.directory
    this.#notices = options.notices
    this.#clock = options.clock
  }

  /** The others. */
  of({ id }: MailConversation, except: UserId): readonly MailWatcher[] {
    return this.#all(id).filter(({ userId }) => userId !== except)
  }

  set({ id, companyId }: MailConversation, userId: UserId, doing: Watching['doing'] | 'gone'): void {
    const open = this.#open.get(id) ?? new Map<UserId, Watching>()
    const before = open.get(userId)
    const everybody = [...open.keys()]
    if (doing === 'gone') open.delete(userId)
    else open.set(userId, { doing, untilMs: this.#clock.now() + goneAfterMs })
    if (open.size === 0) this.#open.delete(id)
    else this.#open.set(id, open)
    if (before?.doing !== (doing === 'gone' ? undefined : doing)) this.#tell(id, companyId, everybody)
    if (doing !== 'gone') this.#clock.startTimer(goneAfterMs + 1000, () => this.#look(id, companyId))
  }

  #look(id: MailConversationId, companyId: CompanyId): void {
    const open = this.#open.get(id)
    if (!open) return
    const gone = [...open].filter(([, { untilMs }]) => untilMs <= this.#clock.now())
    for (const [userId] of gone) open.delete(userId)
    if (open.size === 0) this.#open.delete(id)
    if (gone.length > 0) this.#tell(id, companyId, [])
  }

  #tell(id: MailConversationId, companyId: CompanyId, before: readonly UserId[]): void {
    const watchers = this.#all(id)
    const to = [...new Set([...before, ...watchers.map(({ userId }) => userId)])]
    if (to.length === 0) return
    const data = { conversation: id, watchers }
    this.#notices.publish({ companyId, kind: 'mailChannel.watched', data, atMs: this.#clock.now(), to })
  }

  #all(id: MailConversationId): readonly MailWatcher[] {
    return [...(this.#open.get(id) ?? [])]
      .filter(([, { untilMs }]) => untilMs > this.#clock.now())
      .map(([userId, { doing }]) => ({ userId, name: this.#directory.user(userId)?.displayName ?? '', doing }))
  }
}
