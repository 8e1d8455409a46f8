import { createTrunks, type TrunksFeature } from '@vaxel/features/trunks'
import type { Ground } from './ground.ts'
import type { Phones } from './phones.ts'
import type { Transport } from './transport.ts'

/** Trunks; they are told to start when calls can be taken. */
export function buildTrunks(
  { store, clock, log, scope, later }: Ground,
  { network, stack }: Transport,
  { registrar }: Pick<Phones, 'registrar'>,
): TrunksFeature {
  const trunks = createTrunks({
    clock,
    log,
    random: store.random,
    directory: store.directory,
    ledger: store.ledger,
    feed: store.feed,
    stack,
    keepAlive: (flow) => network.keepAlive(flow),
    usage: (id) => later.calls!.admission.usageOf(id),
    certificate: () => later.ownCertificate?.(),
    peerNamesBy: (flow, trust) => network.peerNamesBy(flow, trust),
    provesLogin: (...proof) => registrar.provesLogin(...proof),
  })
  scope.add(() => trunks.close())
  return trunks
}
