import type { CallId, Clock, LegId } from '@vaxel/base'
import type { BindingStore, Call, CallSource, Directory, Party, PlannedRule, Trunk } from '@vaxel/core'
import type { Referral } from '@vaxel/sip'
import { backToTrunk, ownTargetOf } from './back-to-trunk.ts'
import type { CallAdmission } from './call-admission.ts'
import type { CallOwner, OnwardRoutes, RoutedOnward } from './call-owner.ts'
import type { CallContext, CallRegister } from './call-register.ts'
import { DomainUnknown } from './errors.ts'
import { findDestination } from './find-destination.ts'
import { heldNumber } from './hook/hook-numbers.ts'
import type { KnownCallers } from './known-callers.ts'
import type { CallPeople } from './people-now.ts'
import { toDevices } from './to-devices.ts'
import { trunkAgain } from './trunk-again.ts'
import type { TrunkWays } from './trunk-ways.ts'
import type { VoiceLines } from './voice/voice-lines.ts'

type Question = Pick<
  Parameters<typeof findDestination>[1],
  'from' | 'dialled' | 'only' | 'diversions' | 'rule' | 'sentBy'
>
type Place = Pick<CallContext, 'company' | 'domain' | 'reaches'>

/** What decides where calls go. */
export interface RoutesAround {
  readonly clock: Clock
  readonly options: {
    readonly directory: Directory
    readonly bindings: BindingStore
    readonly trunks?: TrunkWays
  }
  readonly admission: CallAdmission
  readonly people: CallPeople
  readonly knownCallers: KnownCallers
  readonly voice: Pick<VoiceLines, 'sendingOf'>
}

const nowhere = (): RoutedOnward => ({ kind: 'refused', refusal: DomainUnknown(), explanation: [] })

/** Where calls go: at their beginning, at a transfer, by a rule, or when a service sends its caller on. */
export class CallRoutes implements OnwardRoutes {
  readonly #around: RoutesAround
  readonly #register: CallRegister

  constructor(around: RoutesAround, register: CallRegister) {
    this.#around = around
    this.#register = register
  }

  /** On behalf of whoever is behind a leg, or of the call's own origin. @param how.only bindings to ring, if not all */
  find(owner: CallOwner, from: CallSource, dialled: string, how: Pick<Question, 'only' | 'sentBy'> = {}): RoutedOnward {
    const context = this.#register.context(owner.id)
    return context ? this.#find(owner, context, { from, dialled, ...how }) : nowhere()
  }

  /** For a call that does not exist yet. @param ahead.reaches gets how each leg is reached */
  ahead(id: CallId, ahead: Place & { from: CallSource; caller: Party; dialled: string }): RoutedOnward {
    const { from, dialled, caller } = ahead
    return this.#find({ id, state: { call: { caller } } }, ahead, { from, dialled })
  }

  async forward(owner: CallOwner, rule: PlannedRule): Promise<RoutedOnward> {
    const context = this.#register.context(owner.id)
    if (!context) return nowhere()
    const { company, domain } = context
    const { caller } = owner.state.call
    await this.#around.knownCallers.learn({ callId: owner.id, company, domain, caller, dialled: rule.to })
    // The machine has noted already from whom it goes on.
    const diversions = owner.state.call.diversions?.slice(0, -1) ?? []
    return this.#find(owner, context, { from: { kind: 'company' }, dialled: rule.to, diversions, rule })
  }

  async onward(owner: CallOwner, by: LegId, target: string): Promise<RoutedOnward> {
    if (target === heldNumber) return { kind: 'service', service: 'feature', number: heldNumber, explanation: [] }
    const source = this.sourceOf(owner, by)
    const back = source.kind === 'trunk' ? this.#backTo(owner, source.trunk, target) : undefined
    const sentBy = owner.state.name === 'routing' ? 'transfer' : 'diversion'
    return back ?? this.find(owner, source, target, { sentBy })
  }

  async ofService(owner: CallOwner, leg: LegId): Promise<RoutedOnward> {
    const context = this.#register.context(owner.id)
    const sending = this.#around.voice.sendingOf(owner.id)
    if (!context || !sending) return nowhere()
    const devices = toDevices(this.#around, owner, context.reaches, sending)
    if (devices) return devices
    const { again } = sending.options
    if (again !== undefined) return this.#again(owner, context, again)
    const { as, divertedFrom: user, divertedFromNumber } = sending.options
    const from = as ?? this.sourceOf(owner, leg)
    const reason = 'deflection' as const
    const trail = [
      ...(divertedFromNumber === undefined ? [] : [{ number: divertedFromNumber, reason }]),
      ...(user ? [{ number: user.extension ?? user.name, userId: user.id, reason }] : []),
    ]
    const diversions = [...(owner.state.call.diversions ?? []), ...trail]
    return this.#find(owner, context, { from, dialled: sending.to, diversions, ...(as ? { sentBy: 'diversion' } : {}) })
  }

  /** Who is responsible for what a leg asks: its user, or its trunk. */
  sourceOf(owner: CallOwner, leg: LegId): CallSource {
    const { directory } = this.#around.options
    const party = owner.state.call.legs.get(leg)
    const user = party?.party.userId ? directory.user(party.party.userId) : undefined
    if (user) return { kind: 'user', user }
    const trunk = party?.trunkId ? directory.trunk(party.trunkId) : undefined
    if (trunk) return { kind: 'trunk', trunk }
    return this.#register.context(owner.id)!.from
  }

  /** The address at a trunk's own targets that it transfers a call to, if it does. */
  ownTargetOf(owner: CallOwner, transferor: LegId, referral: Referral): string | undefined {
    const source = this.sourceOf(owner, transferor)
    return source.kind === 'trunk' ? ownTargetOf(source.trunk, referral) : undefined
  }

  #backTo(owner: CallOwner, trunk: Trunk, uri: string): RoutedOnward | undefined {
    const { referredBy } = owner
    owner.referredBy = undefined
    const reaches = this.#register.context(owner.id)?.reaches
    const { clock, admission } = this.#around
    const around = { clock, usageOf: ({ id }: Trunk) => admission.usageOf(id) }
    return reaches && backToTrunk(trunk, { uri, referredBy }, around, reaches)
  }

  #again(owner: CallOwner, { company, reaches }: Place, leg: LegId): RoutedOnward {
    const { clock, admission } = this.#around
    const { directory } = this.#around.options
    return trunkAgain(owner.state.call.legs.get(leg), reaches, {
      clock,
      usageOf: ({ id }) => admission.usageOf(id),
      costRefusal: (payer) => admission.costRefusal(company, payer === undefined ? undefined : directory.user(payer)),
    })
  }

  /** Finds where a call goes as people are now; what costs money is held against who pays. */
  #find(
    { id, state }: Pick<CallOwner, 'id'> & { readonly state: { readonly call: Pick<Call, 'caller' | 'diversions'> } },
    { company, domain, reaches }: Place,
    question: Question,
  ): RoutedOnward {
    const { clock, admission, people } = this.#around
    const { directory, bindings, trunks } = this.#around.options
    const { caller, diversions = [] } = state.call
    const usageOf = (trunk: Trunk) => admission.usageOf(trunk.id)
    const routed = findDestination(
      { clock, directory, bindings, meters: admission.meters, usageOf, trunks },
      {
        directory,
        company,
        domain,
        caller,
        diversions,
        people: people.seenFrom(id, company.id),
        seed: id,
        ...question,
      },
      reaches,
    )
    if (routed.kind !== 'destination' || routed.to.isEmergency) return routed
    const { steps, explanation } = routed.to
    const payer = steps
      .flatMap(({ targets }) => targets)
      .filter(({ pricePerMinuteMicros }) => pricePerMinuteMicros)
      .map(({ leg }) => reaches.get(leg))
      .find((reach) => reach?.kind === 'trunk')
    if (!payer) return routed
    const user = payer.payer === undefined ? undefined : directory.user(payer.payer)
    const refusal = admission.costRefusal(company, user)
    return refusal ? { kind: 'refused', refusal, explanation: [...explanation, refusal.text] } : routed
  }
}
