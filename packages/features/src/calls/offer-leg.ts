import { type CallId, type Clock, type CompanyId, type LegId, type Logger, makeId } from '@vaxel/base'
import type { Binding, MediaEngine, PeopleNow } from '@vaxel/core'
import { formatHost } from '@vaxel/sip'
import type { BrowserLegs } from './browser-legs.ts'
import type { CallOwner } from './call-owner.ts'
import type { CallRegister } from './call-register.ts'
import type { CallServiceOptions } from './call-service-options.ts'
import { mediaPolicy, offeredKeyings } from './media-policy.ts'
import { outgoingInvite } from './outgoing-invite.ts'
import { SipLeg } from './sip-leg.ts'
import { isStream, type StreamLegs } from './stream-legs.ts'
import { whySkipped } from './skip-member.ts'
import { mediaAddressOf } from './trunk-invite.ts'

/** What making a leg needs of the calls that go on. */
export interface LegMakers {
  readonly clock: Clock
  readonly log: Logger
  readonly engine: MediaEngine
  readonly options: CallServiceOptions
  readonly browsers: BrowserLegs
  readonly streams: StreamLegs
  readonly people: { seenFrom(callId: CallId, companyId: CompanyId): PeopleNow }
}

/**
 * Makes the leg for a target that was named in a route, and offers it the call.
 * @param like the leg whose media format is liked best
 * @returns undefined when it is not to be reached now, which the call is told
 */
export function offerLeg(
  { options, log, engine, people, browsers, streams }: LegMakers,
  register: CallRegister,
  owner: CallOwner,
  { id, like }: { readonly id: LegId; readonly like: SipLeg | undefined },
): SipLeg | undefined {
  const context = register.context(owner.id)
  const reach = context?.reaches.get(id)
  if (!context || !reach) return undefined
  const skipped = whySkipped(reach, {
    directory: options.directory,
    company: context.company,
    caller: owner.state.call.caller,
    people: people.seenFrom(owner.id, context.company.id),
  })
  if (skipped) {
    owner.dispatch({ kind: 'legFailed', leg: id, failure: skipped })
    return undefined
  }
  const isTrunk = reach.kind === 'trunk'
  const protocol = isTrunk ? reach.target.protocol : reach.binding.flow.protocol
  const { trunks } = options
  const peerAddress = isTrunk ? mediaAddressOf(reach, trunks) : reach.binding.flow.remoteAddress
  const events = isTrunk
    ? owner.newsOf(id, (fault) => trunks?.noteCall(reach.trunk, reach.target, fault))
    : owner.newsOf(id)
  const policy = mediaPolicy(isTrunk ? reach.trunk : reach.device, protocol, peerAddress, isTrunk)
  const keyings = offeredKeyings(isTrunk ? reach.trunk : reach.device, protocol)
  const leg = new SipLeg({ id, callId: owner.id, engine, policy, log, events, keyings })
  register.addLeg(owner, leg)
  if (leg.isBrowser && !isTrunk) browsers.add(leg, reach.device.id, reach.binding)
  else if (!isTrunk && isStream(protocol)) streams.add(leg, reach.device.id, reach.binding)
  leg.offer(
    options.stack,
    () => outgoingInvite(options, { ...context, state: owner.state }, reach),
    like?.media,
    (usage) => {
      register.addDialog(owner, leg, usage)
      const remote = usage.flow?.remote
      const remoteAddress = remote && formatHost(remote.address, remote.port)
      owner.dispatch({
        kind: 'legSent',
        leg: id,
        sipCallId: usage.sipCallId,
        ...(remoteAddress ? { remoteAddress } : {}),
      })
    },
  )
  return leg
}

/** The device of a leg that rings has been loaded anew: it rings there. */
export function ringAgain(
  { options, clock }: LegMakers,
  register: CallRegister,
  owner: CallOwner,
  { old, binding }: { readonly old: LegId; readonly binding: Binding },
): void {
  const leg = owner.state.call.legs.get(old)
  const device = options.directory.device(binding.deviceId)
  const reaches = register.context(owner.id)?.reaches
  if (!leg || !device || !reaches) return
  const target = { leg: makeId<LegId>(clock.now()), party: leg.party, deviceId: device.id }
  reaches.set(target.leg, { kind: 'binding', binding, device })
  owner.dispatch({ kind: 'legRingsAgain', old, target })
}

/**
 * Rings a phone anew, and asks it to answer by itself, for its person who commands that from elsewhere.
 * @returns false for a browser, and for a phone that was asked already
 */
export function ringToAnswer(
  { clock }: LegMakers,
  register: CallRegister,
  owner: CallOwner,
  { old }: { readonly old: LegId },
): boolean {
  const reaches = register.context(owner.id)?.reaches
  const reach = reaches?.get(old)
  const leg = owner.state.call.legs.get(old)
  if (!reaches || !leg || reach?.kind !== 'binding' || reach.answersItself || reach.device.kind === 'browser')
    return false
  const target = { leg: makeId<LegId>(clock.now()), party: leg.party, deviceId: reach.device.id }
  reaches.set(target.leg, { ...reach, answersItself: true })
  owner.dispatch({ kind: 'legRingsAgain', old, target })
  return true
}
