import { type Clock, type CompanyId, isRefusal, makeId, type RandomBytes, type Refusal, type UserId } from '@vaxel/base'
import {
  type createSharedMailbox,
  type changeSharedMailbox,
  type listSharedMailboxes,
  MailboxNumberTaken,
  NotFound,
  type OperationReply,
  type OperationRequest,
  type Principal,
} from '@vaxel/contract'
import type { Directory, Mailbox, MailboxId, VoicemailStore } from '@vaxel/core'
import type { Mailboxes } from './mailboxes.ts'

type View = OperationReply<typeof listSharedMailboxes>['items'][number]
type Made = OperationRequest<typeof createSharedMailbox>['body']
type Change = OperationRequest<typeof changeSharedMailbox>['body']

const mostListed = 500

/** Mailboxes of groups and queues, as administrators make them; what is in them they hear only as members. */
export class SharedMailboxes {
  readonly #boxes: Mailboxes
  readonly #store: VoicemailStore
  readonly #directory: Directory
  readonly #clock: Clock
  readonly #random: RandomBytes

  constructor(options: {
    boxes: Mailboxes
    store: VoicemailStore
    directory: Directory
    clock: Clock
    random: RandomBytes
  }) {
    this.#boxes = options.boxes
    this.#store = options.store
    this.#directory = options.directory
    this.#clock = options.clock
    this.#random = options.random
  }

  list({ companyId }: Principal): { items: View[] } {
    return {
      items: this.#boxes
        .shared(companyId as CompanyId)
        .slice(0, mostListed)
        .map((box) => this.#view(box)),
    }
  }

  async make(
    principal: Principal,
    { name, number, members, mostMessages, mostMinutes }: Made,
  ): Promise<View | Refusal> {
    const companyId = principal.companyId as CompanyId
    const refused = this.#refuse(companyId, undefined, { number, members })
    if (refused) return refused
    const box: Mailbox = {
      id: makeId<MailboxId>(this.#clock.now(), this.#random),
      companyId,
      name,
      ...(number === undefined ? {} : { number }),
      members: members as UserId[],
      settings: {
        ...(mostMessages === undefined ? {} : { mostMessages }),
        ...(mostMinutes === undefined ? {} : { mostMinutes }),
      },
      greetings: [],
    }
    const data = { box: box.id, by: principal.userId, name }
    await this.#boxes.put(box, { kind: 'voicemail.mailboxCreated', data })
    this.#boxes.changed(box)
    return this.#view(box)
  }

  async change(principal: Principal, boxId: string, change: Change): Promise<View | Refusal> {
    const box = this.find(principal, boxId)
    if (isRefusal(box)) return box
    const { number: numberWish, name, members, ...quota } = change
    const number = numberWish ?? undefined
    const refused = this.#refuse(box.companyId, box, { number, members })
    if (refused) return refused
    const { number: before, ...rest } = box
    const kept = numberWish === undefined ? before : number
    const now: Mailbox = {
      ...rest,
      ...(kept === undefined ? {} : { number: kept }),
      ...(name === undefined ? {} : { name }),
      ...(members === undefined ? {} : { members: members as UserId[] }),
      settings: { ...box.settings, ...quota },
    }
    const data = { box: box.id, by: principal.userId, fields: Object.keys(change) }
    await this.#boxes.put(now, { kind: 'voicemail.settingsChanged', data })
    this.#boxes.changed(now)
    return this.#view(now)
  }

  async remove(principal: Principal, boxId: string): Promise<Refusal | undefined> {
    const box = this.find(principal, boxId)
    if (isRefusal(box)) return box
    const { companyId, id } = box
    const data = { box: id, by: principal.userId, name: this.#boxes.nameOf(box) }
    await this.#store.removeMailbox(id, { kind: 'voicemail.mailboxRemoved', companyId, atMs: this.#clock.now(), data })
    this.#boxes.changed(box)
    return undefined
  }

  find({ companyId }: Principal, boxId: string): Mailbox | Refusal {
    const box = this.#boxes.find(companyId as CompanyId, boxId)
    return box && box.userId === undefined ? box : NotFound()
  }

  #refuse(
    companyId: CompanyId,
    box: Mailbox | undefined,
    { number, members = [] }: { number: string | undefined; members?: readonly string[] | undefined },
  ): Refusal | undefined {
    if (members.some((id) => this.#directory.user(id as UserId)?.companyId !== companyId))
      return NotFound('Somebody of these is not in the company.')
    if (number === undefined) return undefined
    const holder = this.#boxes.ofNumber(companyId, number)
    return holder && holder.id !== box?.id ? MailboxNumberTaken() : undefined
  }

  #view(box: Mailbox): View {
    const { newMessages, savedMessages } = this.#boxes.counts(box)
    const { mostMessages, mostMinutes } = this.#boxes.settings(box)
    return {
      id: box.id,
      name: this.#boxes.nameOf(box),
      ...(box.number === undefined ? {} : { number: box.number }),
      members: [...(box.members ?? [])],
      newMessages,
      savedMessages,
      mostMessages,
      mostMinutes,
      hasPin: box.pinHash !== undefined,
    }
  }
}
