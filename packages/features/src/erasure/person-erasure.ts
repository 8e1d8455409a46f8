import type { CallId, Clock, CompanyId, Logger, Mistake, Refusal, UserId } from '@vaxel/base'
import { type erasePerson, InvalidRequest, type OperationReply, type Principal } from '@vaxel/contract'
import {
  type CallLedger,
  type Directory,
  emergencyNumbersOf,
  type PersonEraser,
  type PersonKeys,
  toE164,
  type VoiceMessage,
  type VoiceMessageId,
  type WebChatId,
} from '@vaxel/core'

/** Looked at in one step of a search, which others wait for. */
const searchedAtOnce = 2000
/** Erased in one step. */
const erasedAtOnce = 50
const breathMs = 20
/** A request that takes longer says where to go on: a proxy between would give it up. */
const longestMs = 5000
const callsCursor = /^calls\.([\w-]{1,64})$/

type FoundChat = Awaited<ReturnType<PersonEraser['chats']>>['found'][number]
type Reply = OperationReply<typeof erasePerson>
type Count = Reply['erased']
type Kept = Reply['kept']

export interface PersonErasureDependencies {
  readonly personEraser: PersonEraser
  readonly recording: {
    /** @param by nobody: it only counts */
    erase(companyId: CompanyId, callId: CallId, by: UserId | undefined): Promise<{ erased: number; kept: number }>
  }
  readonly voicemail: { erase(message: VoiceMessage): Promise<void> }
  readonly directory: Pick<Directory, 'company' | 'number' | 'usersOf'>
  readonly ledger: Pick<CallLedger, 'append'>
  readonly clock: Clock
  readonly log: Logger
}

/** One request, as it is worked on. */
interface Task extends PersonKeys {
  readonly companyId: CompanyId
  /** Nobody: it only counts. */
  readonly by: UserId | undefined
  readonly erased: Count
  readonly kept: Kept
}

/**
 * Erases what is kept of one person who is not of the company: everything that is told by their numbers and addresses. What goes on is left and
 * counted; whoever asks again when it is over erases that too.
 */
export class PersonErasure {
  readonly #around: PersonErasureDependencies

  constructor(dependencies: PersonErasureDependencies) {
    this.#around = dependencies
  }

  async work(
    principal: Principal,
    wish: { numbers: readonly string[]; addresses: readonly string[]; isTrial: boolean; after?: string },
  ): Promise<Reply | Refusal> {
    const companyId = principal.companyId as CompanyId
    const mistakes = this.#mistakes(companyId, wish)
    if (mistakes.length > 0) return InvalidRequest(undefined, { mistakes })
    const task: Task = {
      companyId,
      by: wish.isTrial ? undefined : (principal.userId as UserId),
      numbers: this.#numbers(companyId, wish.numbers),
      addresses: [...new Set(wish.addresses.map((address) => address.trim().toLowerCase()))],
      erased: { calls: 0, recordings: 0, voiceMessages: 0, visits: 0, mails: 0, chats: 0 },
      kept: { calls: 0, recordings: 0, visits: 0, mails: 0, chats: 0 },
    }
    const next = await this.#calls(task, callsCursor.exec(wish.after ?? '')?.[1] as CallId | undefined)
    if (next === undefined) {
      await this.#voiceMessages(task)
      await this.#mails(task)
      const written = await this.#chats(task)
      await this.#visits({ ...task, addresses: [...new Set([...task.addresses, ...written])] })
    }
    await this.#note(task)
    return { erased: task.erased, kept: task.kept, ...(next === undefined ? {} : { next: `calls.${next}` }) }
  }

  #mistakes(
    companyId: CompanyId,
    { numbers, addresses, after }: { numbers: readonly string[]; addresses: readonly string[]; after?: string },
  ): Mistake[] {
    if (after !== undefined && !callsCursor.test(after))
      return [{ path: '/after', reason: 'is not from a reply: leave it out to begin' }]
    if (numbers.length + addresses.length === 0)
      return [{ path: '/numbers', reason: 'must name a number, or /addresses a mail address' }]
    const { directory } = this.#around
    const extensions = new Set([...directory.usersOf(companyId)].map(({ extension }) => extension))
    return numbers.flatMap((typed, index) => {
      const path = `/numbers/${index}`
      const known = this.#numbers(companyId, [typed])
      if (!known.some((number) => /^\+?\d{3,}$/.test(number))) return [{ path, reason: 'is no telephone number' }]
      if (known.some((number) => this.#isEmergency(companyId, number)))
        return [{ path, reason: 'is an emergency number, which is nobody’s: such calls go by their age alone' }]
      const own = known.some((number) => extensions.has(number) || directory.number(companyId, number) !== undefined)
      return own ? [{ path, reason: 'is a number of the company itself: its people are removed as users' }] : []
    })
  }

  #isEmergency(companyId: CompanyId, number: string): boolean {
    const company = this.#around.directory.company(companyId)
    return [...(company?.emergencyNumbers ?? []), ...emergencyNumbersOf(company?.country ?? '')].includes(number)
  }

  /** As they stand in calls, and as they were typed. */
  #numbers(companyId: CompanyId, typed: readonly string[]): string[] {
    const country = this.#around.directory.company(companyId)?.country ?? ''
    return [
      ...new Set(
        typed.flatMap((number) => {
          const plain = number.replace(/[\s()./-]/g, '')
          return [toE164(number, country) ?? plain, plain]
        }),
      ),
    ]
  }

  /** @returns where the next request goes on; undefined: all were looked at */
  async #calls(task: Task, from: CallId | undefined): Promise<CallId | undefined> {
    const { personEraser, clock } = this.#around
    const { companyId, numbers } = task
    if (numbers.length === 0) return undefined
    const endMs = clock.monotonicMs() + longestMs
    let after = from
    for (;;) {
      const step = await personEraser.calls(companyId, numbers, {
        limit: searchedAtOnce,
        ...(after === undefined ? {} : { after }),
      })
      for (let at = 0; at < step.found.length; at += erasedAtOnce) {
        if (at > 0) await this.#breathe()
        await this.#eraseCalls(task, step.found.slice(at, at + erasedAtOnce))
      }
      after = step.after
      if (after === undefined || clock.monotonicMs() >= endMs) return after
      await this.#breathe()
    }
  }

  async #eraseCalls(
    { companyId, by, erased, kept }: Task,
    found: readonly { readonly id: CallId; readonly isOver: boolean }[],
  ): Promise<void> {
    const { recording, personEraser } = this.#around
    const gone: CallId[] = []
    for (const { id, isOver } of found) {
      if (!isOver) {
        kept.calls++
        continue
      }
      const recordings = await recording.erase(companyId, id, by)
      erased.recordings += recordings.erased
      kept.recordings += recordings.kept
      if (recordings.kept > 0) kept.calls++
      else gone.push(id)
    }
    if (by !== undefined && gone.length > 0) await personEraser.eraseCalls(gone)
    erased.calls += gone.length
  }

  async #voiceMessages({ companyId, by, numbers, erased }: Task): Promise<void> {
    if (numbers.length === 0) return
    const { personEraser, voicemail } = this.#around
    await this.#each<VoiceMessage, VoiceMessageId>(
      (step) => personEraser.voiceMessages(companyId, numbers, step),
      async (messages) => {
        if (by !== undefined) for (const message of messages) await voicemail.erase(message)
        erased.voiceMessages += messages.length
      },
    )
  }

  /** @returns the addresses as they were written, of which queues know */
  async #chats({ companyId, by, addresses, erased, kept }: Task): Promise<readonly string[]> {
    if (addresses.length === 0) return []
    const { personEraser } = this.#around
    const written = new Set<string>()
    await this.#each<FoundChat, WebChatId>(
      (step) => personEraser.chats(companyId, addresses, step),
      async (chats) => {
        const over = chats.filter(({ isOver }) => isOver)
        if (by !== undefined) await personEraser.eraseChats(over.map(({ id }) => id))
        for (const { address } of chats) written.add(address)
        erased.chats += over.length
        kept.chats += chats.length - over.length
      },
    )
    return [...written]
  }

  async #mails({ companyId, by, addresses, erased, kept }: Task): Promise<void> {
    if (addresses.length === 0) return
    const { personEraser } = this.#around
    const { done, open } = await personEraser.mails(companyId, addresses)
    kept.mails += open
    if (by === undefined) erased.mails += done
    else erased.mails += await this.#repeat((limit) => personEraser.eraseMails(companyId, addresses, limit))
  }

  async #visits({ companyId, by, numbers, addresses, erased, kept }: Task): Promise<void> {
    const { personEraser } = this.#around
    const keys = { numbers, addresses }
    const { done, open } = await personEraser.visits(companyId, keys)
    kept.visits += open
    if (by === undefined) erased.visits += done
    else erased.visits += await this.#repeat((limit) => personEraser.forgetVisits(companyId, keys, limit))
  }

  async #each<Thing, Id>(
    search: (step: { after?: Id; limit: number }) => Promise<{ found: readonly Thing[]; after?: Id }>,
    take: (found: readonly Thing[]) => Promise<void>,
  ): Promise<void> {
    let after: Id | undefined
    do {
      const step = await search({ limit: searchedAtOnce, ...(after === undefined ? {} : { after }) })
      if (step.found.length > 0) await take(step.found)
      after = step.after
      if (after !== undefined) await this.#breathe()
    } while (after !== undefined)
  }

  async #repeat(erase: (limit: number) => Promise<number>): Promise<number> {
    let sum = 0
    for (;;) {
      const some = await erase(erasedAtOnce)
      sum += some
      if (some < erasedAtOnce) return sum
      await this.#breathe()
    }
  }

  /** That it was done and by whom, and not of whom: that would be kept of them. */
  async #note({ companyId, by, erased }: Task): Promise<void> {
    if (by === undefined || Object.values(erased).every((count) => count === 0)) return
    const { ledger, clock, log } = this.#around
    log.info('what was kept of a person is erased', { companyId, ...erased })
    const data = { by: `user:${by}`, ...erased }
    await ledger.append({ events: [{ kind: 'person.erased', atMs: clock.now(), companyId, data }] })
  }

  #breathe(): Promise<void> {
    return new Promise((resolve) => {
      this.#around.clock.startTimer(breathMs, resolve)
    })
  }
}
