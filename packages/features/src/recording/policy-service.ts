import type { Clock, CompanyId, Refusal, UserId } from '@vaxel/base'
import { type OperationReply, type Principal, RecordingPolicyWrong, type readRecordingPolicy } from '@vaxel/contract'
import type { Directory, LedgerEvent, RecordingPolicy, RecordingStore } from '@vaxel/core'
import type { RecordingKeeper } from './recording-keeper.ts'
import { tellingOf } from './rules.ts'

type View = OperationReply<typeof readRecordingPolicy>

/** What companies want of recording, and their keys. */
export class PolicyService {
  readonly #store: RecordingStore
  readonly #keeper: RecordingKeeper
  readonly #directory: Directory
  readonly #clock: Clock

  constructor(options: { store: RecordingStore; keeper: RecordingKeeper; directory: Directory; clock: Clock }) {
    this.#store = options.store
    this.#keeper = options.keeper
    this.#directory = options.directory
    this.#clock = options.clock
  }

  read({ companyId: id }: Pick<Principal, 'companyId'>): View {
    const companyId = id as CompanyId
    const policy = this.#store.policy(companyId)
    const country = this.#directory.company(companyId)?.country ?? ''
    const keyMadeAtMs = this.#store.keyMadeAtMs(companyId)
    const { freeBytes, isFull } = this.#keeper.disk
    return {
      policy: { ...policy, exceptions: [...policy.exceptions], mailTo: [...policy.mailTo] },
      told: tellingOf(policy, country),
      country,
      isDiskFull: isFull,
      ...(keyMadeAtMs === undefined ? {} : { keyMadeAt: new Date(keyMadeAtMs).toISOString() }),
      ...(freeBytes === undefined ? {} : { freeBytes }),
    }
  }

  async put(principal: Principal, policy: View['policy']): Promise<View | Refusal> {
    const companyId = principal.companyId as CompanyId
    const wrong = this.#mistakes(companyId, policy as RecordingPolicy)
    if (wrong.length > 0) return RecordingPolicyWrong(wrong.join(' '))
    const before = this.#store.policy(companyId)
    const event = this.#event(principal, 'recording.policyChanged', { before, after: policy })
    await this.#store.putPolicy(companyId, policy as RecordingPolicy, this.#clock.now(), event)
    return this.read(principal)
  }

  async renewKey(principal: Principal): Promise<{ resealed: number }> {
    const event = this.#event(principal, 'recording.keyRenewed', {})
    return { resealed: await this.#store.rotateKey(principal.companyId as CompanyId, this.#clock.now(), event) }
  }

  /** All mistakes at once, a sentence each. */
  #mistakes(companyId: CompanyId, { exceptions, mail, mailTo }: RecordingPolicy): string[] {
    const seen = new Set<string>()
    const wrong: string[] = []
    for (const { subject } of exceptions) {
      const name = subject.kind === 'user' ? subject.userId : subject.number
      if (seen.has(`${subject.kind} ${name}`)) wrong.push(`There are two rules for ${name}; keep one.`)
      seen.add(`${subject.kind} ${name}`)
      if (subject.kind === 'user' && this.#directory.user(subject.userId)?.companyId !== companyId)
        wrong.push(`There is no person ${subject.userId} in this company; take the rule out.`)
    }
    if (mail === 'none' && mailTo.length > 0)
      wrong.push(
        'Addresses are given, but nothing is mailed; choose a link or an attachment, or take the addresses out.',
      )
    return wrong
  }

  #event({ companyId, userId }: Principal, kind: string, data: object): LedgerEvent {
    return {
      kind,
      atMs: this.#clock.now(),
      companyId: companyId as CompanyId,
      data: { userId: userId as UserId, ...data },
    }
  }
}
