import { type CompanyId, isRefusal, makeId, type Refusal, type UserId } from '@vaxel/base'
import {
  CentreQueueNotPublished,
  CentreTooMany,
  Conflict,
  InvalidRequest,
  NumberForEmergencies,
  mostOfCentre,
  NotFound,
  type Principal,
} from '@vaxel/contract'
import type { ConfigurationReader, Language, PhoneNumber, QueueId } from '@vaxel/core'
import { withNewQueue, type QueueWish } from './delivered.ts'
import type { CentreDependencies } from './dependencies.ts'
import { sentences } from './sentences.ts'
import type { CentrePublisher } from './publisher.ts'
import { type CentreDraftView, toDraftView } from './views.ts'

/** E.164: at most 15 digits, the first not 0. */
const e164 = /^\+[1-9]\d{5,14}$/

/** A queue in one step, and the numbers that lead to queues. */
export class QueueService {
  readonly #parts: CentreDependencies
  readonly #publisher: CentrePublisher

  constructor(parts: CentreDependencies, publisher: CentrePublisher) {
    this.#parts = parts
    this.#publisher = publisher
  }

  /** Publishes a queue that works; then lets its number lead there. */
  async make(
    principal: Principal,
    address: string,
    language: Language,
    wish: Omit<QueueWish, 'userIds'> & { readonly userIds: readonly string[]; readonly number?: string },
  ): Promise<{ queueId: string; view: CentreDraftView } | Refusal> {
    const companyId = principal.companyId as CompanyId
    const company = this.#parts.directory.company(companyId)
    if (!company) return NotFound()
    const { number, name, hours } = wish
    const around = this.#publisher.around(companyId)
    const userIds = [...new Set(wish.userIds)] as UserId[]
    const mistakes = [
      ...(name.trim() === '' ? [{ path: '/name', reason: 'is blank' }] : []),
      ...wish.userIds.flatMap((id, i) =>
        around.userName(id) === undefined ? [{ path: `/userIds/${i}`, reason: 'is no user of the company' }] : [],
      ),
    ]
    if (mistakes.length > 0) return InvalidRequest(undefined, { mistakes })
    const queueId = makeId<QueueId>(this.#parts.clock.now())
    const refusedNumber = number === undefined ? undefined : this.#whyNotNumber(companyId, number, queueId, language)
    if (refusedNumber) return refusedNumber
    const note = sentences[language].newQueue(name)
    const refused = await this.#publisher.change(companyId, principal.userId as UserId, note, (centre) =>
      centre.queues.length >= mostOfCentre.queues
        ? CentreTooMany()
        : withNewQueue(centre, queueId, { name, userIds, hours }, company, language, this.#parts.clock.now()),
    )
    if (refused) return refused
    const notGiven = number === undefined ? undefined : await this.#give(principal, address, language, queueId, number)
    if (notGiven) return notGiven
    return { queueId, view: toDraftView(this.#parts, companyId, language) }
  }

  async giveNumber(
    principal: Principal,
    address: string,
    language: Language,
    queueId: string,
    number: string,
  ): Promise<CentreDraftView | Refusal> {
    const companyId = principal.companyId as CompanyId
    if (!this.#publisher.live(companyId).queues.some(({ id }) => id === queueId)) return CentreQueueNotPublished()
    const refused = await this.#give(principal, address, language, queueId as QueueId, number)
    return refused ?? toDraftView(this.#parts, companyId, language)
  }

  #give(
    principal: Principal,
    address: string,
    language: Language,
    queueId: QueueId,
    number: string,
  ): Promise<Refusal | undefined> {
    const companyId = principal.companyId as CompanyId
    return this.#parts.configuration.change({ by: `user:${principal.userId}`, address }, (current) => {
      const before = this.#numberFor(current, companyId, number, queueId, language)
      if (isRefusal(before)) return before
      const after: PhoneNumber = { number, companyId, target: { kind: 'service', service: 'queue', id: queueId } }
      return [{ kind: 'number', ...(before ? { before } : {}), after }]
    })
  }

  #whyNotNumber(companyId: CompanyId, number: string, queueId: QueueId, language: Language): Refusal | undefined {
    const found = this.#numberFor(this.#parts.configuration.current, companyId, number, queueId, language)
    return isRefusal(found) ? found : undefined
  }

  /** The number as it is, undefined when it is free; refuses one that leads to something else. */
  #numberFor(
    current: ConfigurationReader,
    companyId: CompanyId,
    number: string,
    queueId: QueueId,
    language: Language,
  ): PhoneNumber | Refusal | undefined {
    const say = sentences[language]
    if (number.startsWith('+') && !e164.test(number))
      return InvalidRequest(undefined, { mistakes: [{ path: '/number', reason: 'is not E.164' }] })
    if (current.company(companyId)?.emergencyNumbers.includes(number))
      return NumberForEmergencies(say.emergency(number))
    const own = current.number(companyId, number)
    if (!own) return current.directNumber(number) ? Conflict(say.taken(number)) : undefined
    const { target } = own
    const isFree =
      target.kind === 'service' &&
      target.service === 'queue' &&
      (target.id === undefined ||
        target.id === queueId ||
        !this.#publisher.live(companyId).queues.some(({ id }) => id === target.id))
    return isFree ? own : Conflict(say.taken(number))
  }
}
