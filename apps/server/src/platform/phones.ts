import type { Binding } from '@vaxel/core'
import { createDeskSharing } from '@vaxel/features/desk-sharing'
import { NoticeFan } from '@vaxel/features/history'
import { Registrar } from '@vaxel/features/registrar'
import { KeyedVisitorPhones } from '@vaxel/features/web-chat'
import { KeyedBrowserPhones } from '@vaxel/features/web-phone'
import type { Flow } from '@vaxel/sip'
import type { Store } from '@vaxel/store'
import { domainOfHost } from '../domain-of-host.ts'
import { flowToBinding } from '../flow-to-binding.ts'
import { NatKeepAlive } from '../nat-keep-alive.ts'
import type { Ground } from './ground.ts'
import type { Transport } from './transport.ts'

export type Phones = Awaited<ReturnType<typeof startPhones>>

/** Phones on desks, in browsers and of visitors: who each speaks for, and by which flow it is reached. */
export async function startPhones(ground: Ground, { network, phoneKey, relay }: Transport) {
  const { configuration, store, clock, log, scope, later } = ground
  const { directory, bindings, ledger } = store
  const resolveDomain = (host: string) =>
    domainOfHost(directory, host, (name) => name === 'localhost' || name === configuration.publicAddress)
  const keepAlive = new NatKeepAlive(network)
  scope.add(() => keepAlive.close())
  const browserPhones = new KeyedBrowserPhones({
    key: phoneKey,
    directory: () => directory,
    credentials: store.credentials,
    sessions: store.sessions,
    now: () => clock.now(),
  })
  const notices = new NoticeFan(log)
  const desks = createDeskSharing({ ...store, clock, log, notices, reseat: (deviceId) => registrar.reseat(deviceId) })
  scope.add(() => desks.close())
  const visitorPhones = new KeyedVisitorPhones({
    key: phoneKey,
    directory,
    credentials: store.credentials,
    relays: relay.credentials,
    webSockets: configuration.webSockets,
    clock,
    offered: (chatId) => later.offeredChat?.(chatId),
  })
  const registrar = new Registrar({
    browserPhones,
    visitors: visitorPhones,
    clock,
    log,
    directory,
    bindings,
    ledger,
    resolveDomain,
    abuseLimits: configuration.limits.abuse,
    personAt: desks.personAt,
    onProved: (flow) => network.proved(flow),
    onChanged: (address, now) => {
      keepAlive.follow(address, now)
      later.bindingsChanged?.(now)
      later.tellWatchers?.('reg', address)
    },
  })
  scope.add(() => registrar.close())
  await registrar.start()
  scope.add(clock.onJump(({ byMs }) => registrar.clockJumped(byMs)))
  for (const address of addressesBound(bindings)) keepAlive.follow(address, bindings.ofAddress(address))
  const flowOf = async (binding: Binding): Promise<Flow | undefined> => flowToBinding(network, binding)
  // A shared desk phone speaks for whoever is logged in at it.
  const authenticateCaller: Registrar['authenticate'] = (request, flow) => {
    const who = registrar.authenticate(request, flow)
    return who.ok ? { ...who, user: desks.personAt(who.device.id) ?? who.user } : who
  }
  return { resolveDomain, browserPhones, visitorPhones, notices, desks, registrar, flowOf, authenticateCaller }
}

/** Addresses of record that have bindings. */
function addressesBound(bindings: Store['bindings']): Set<string> {
  const addresses = new Set<string>()
  for (const { addressOfRecord } of bindings.all()) addresses.add(addressOfRecord)
  return addresses
}
