import { sourceOfAddress } from '@vaxel/base'
import { SipMirror } from '@vaxel/connect'
import { takeInvite } from '@vaxel/features/calls'
import type { TrunksFeature } from '@vaxel/features/trunks'
import type { Flow, SipRequest, SipResponse, SipStack } from '@vaxel/sip'
import type { Metrics } from '../metrics.ts'
import { OverloadWatch } from '../overload-watch.ts'
import type { Calls } from './calls.ts'
import type { Ground } from './ground.ts'
import type { Phones } from './phones.ts'
import { type RequestTakers, takeRequest } from './requests.ts'
import type { Transport } from './transport.ts'

/**
 * From here on what arrives by SIP is answered: calls, requests outside of calls, the checks of sites.
 * @returns what keeps new calls from being more than the machine can take
 */
export function takeSignalling(
  { clock, log, store, scope, later }: Ground,
  { network, stack }: Transport,
  { registrar }: Pick<Phones, 'registrar'>,
  trunks: TrunksFeature,
  { calls }: Pick<Calls, 'calls'>,
  takers: RequestTakers,
  metrics: Metrics,
): OverloadWatch {
  const overload = new OverloadWatch({
    clock,
    log,
    directory: store.directory,
    waitingMs: () => network.waitingMs(),
  })
  scope.add(() => overload.close())
  // What the API, a queue or a conference begins takes its company's share.
  calls.overload = {
    admits: (id) => overload.admits({ source: id, name: `the company ${store.directory.company(id)?.name ?? id}` }),
  }
  const trunkOf = (request: SipRequest, flow: Flow) =>
    request.method === 'REGISTER' ? undefined : trunks.door.trunkAt(request, flow)
  stack.setUser({
    admits: (request, flow) => {
      if (trunkOf(request, flow) === undefined) return registrar.admits(request, flow)
      network.proved(flow)
      return true
    },
    screen: (request, flow, sizeBytes) => {
      const trunk = trunkOf(request, flow)
      if (trunk) return overload.screen(request, { source: trunk.id, name: `the trunk ${trunk.name}`, isTrunk: true })
      const source = sourceOfAddress(flow.remote.address)
      return (
        registrar.screen(request, flow, sizeBytes) ?? overload.screen(request, { source, name: source, isTrunk: false })
      )
    },
    mayBeForged: (flow) => registrar.mayBeForged(flow),
    onInvite: (invite) => {
      takeInvite(calls, invite).catch((error: unknown) => {
        log.error('an INVITE could not be handled', { error: String(error) })
        invite.refuse(500)
      })
    },
    onRequest: (incoming) => takeRequest(takers, incoming),
    onWire: (direction, message, flow, bytes) => {
      metrics.messageSeen(direction, flow.protocol)
      if (direction === 'in' && flow.protocol !== 'udp' && isOfCall(stack, message)) network.proved(flow)
      calls.trace.see(direction, message, flow, bytes)
    },
  })
  const mirror = new SipMirror({
    clock,
    keyOf: (checkId) => later.siteChecks?.keyOf(checkId),
    send: (flow, bytes) => network.send(flow, bytes),
    contactFor: (flow) => {
      const { address, port } = network.advertised(flow)
      return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
    },
  })
  network.onMessage((flow, bytes) => {
    if (!mirror.takes(flow, bytes)) stack.receive(flow, bytes)
  })
  network.onFlowClosed((flow) => {
    stack.flowClosed(flow)
    calls.browsers.flowClosed(flow)
    trunks.flowClosed(flow)
    void registrar.flowGone(flow.id)
  })
  return overload
}

/** A request of a call that goes on, whose tags nobody else knows: also on a new connection, after the old one was lost. */
const isOfCall = (stack: Pick<SipStack, 'findUsage'>, message: SipRequest | SipResponse): boolean =>
  message.kind === 'request' &&
  message.to.tag !== undefined &&
  stack.findUsage(message.callId, message.to.tag, message.from.tag ?? '') !== undefined
