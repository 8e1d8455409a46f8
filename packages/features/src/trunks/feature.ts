import type { CompanyId, TrunkId, UserId } from '@vaxel/base'
import type { OperationHandler } from '@vaxel/contract'
import type { Trunk, TrunkFault, TrunkLogin, TrunkTarget, TrunkTls } from '@vaxel/core'
import type { Flow, SipRequest } from '@vaxel/sip'
import { trunkHandlers } from './api.ts'
import type { OwnCertificate } from './certificate-warnings.ts'
import { TrunkDesk, type TrunkDeskOptions } from './trunk-desk.ts'
import { TrunkDoor } from './trunk-door.ts'
import { targetUri } from './target-uri.ts'
import { revocationSentences } from './revocation-age.ts'
import { trustKey } from './tls-trust.ts'
import { toTrunkState } from './views.ts'

export type { OwnCertificate } from './certificate-warnings.ts'
export { trustOf } from './tls-trust.ts'

export interface TrunkDependencies extends TrunkDeskOptions {
  /** Calls and money of a trunk now; none if absent. */
  usage?(id: CompanyId | UserId | TrunkId): { readonly callsNow: number; readonly spentTodayMicros: number }
  /** The certificate that we show. */
  certificate?(): OwnCertificate | undefined
  peerNamesBy?(flow: Flow, trust: TrunkTls): readonly string[] | undefined
  provesLogin?(request: SipRequest, flow: Flow, companyId: CompanyId, login: TrunkLogin): boolean
}

/** Trunks as they live: registered, looked after, recognised. */
export interface TrunksFeature {
  readonly handlers: readonly OperationHandler[]
  readonly door: TrunkDoor
  readonly desk: TrunkDesk
  /** What calls ask. */
  readonly ways: {
    trunkOf(request: SipRequest, flow: Flow): Trunk | undefined
    inOrder(trunk: Trunk): readonly TrunkTarget[]
    /** None of its targets is there, as far as is known. */
    isDown(trunk: Trunk): boolean
    trustOf(trunk: Trunk): string | undefined
    wayTo(
      trunk: Trunk,
      target: TrunkTarget,
    ): { readonly nextHop: string; readonly routes?: readonly string[]; readonly trust?: string }
    addressOf(trunk: Trunk, target: TrunkTarget): string | undefined
    noteCall(trunk: Trunk, target: TrunkTarget, fault: TrunkFault | undefined): void
  }
  /** Revocation lists that want a newer one, a sentence each. */
  warnings(): readonly string[]
  start(): void
  flowClosed(flow: Flow): void
  close(): Promise<void>
}

export function createTrunks(dependencies: TrunkDependencies): TrunksFeature {
  const { directory, clock } = dependencies
  const desk = new TrunkDesk(dependencies)
  const door = new TrunkDoor({ ...dependencies, desk })
  const stateOf = (trunk: Trunk) =>
    toTrunkState(trunk, desk.watch(trunk.id), {
      nowMs: clock.now(),
      usage: dependencies.usage?.(trunk.id) ?? { callsNow: 0, spentTodayMicros: 0 },
      certificate: dependencies.certificate?.(),
    })
  return {
    handlers: trunkHandlers({ directory, stateOf, check: async ({ id }) => desk.watch(id)?.check() }),
    door,
    desk,
    ways: {
      trunkOf: (request, flow) => door.trunkOf(request, flow),
      inOrder: (trunk) => desk.inOrder(trunk),
      isDown: (trunk) => desk.isDown(trunk),
      trustOf: trustKey,
      wayTo: (trunk, target) => {
        const trust = trustKey(trunk)
        const proxy = trunk.registration?.outboundProxy
        const routes = desk.watch(trunk.id)?.registration?.registered?.serviceRoutes ?? []
        const preloaded = routes.length > 0 ? routes : proxy ? [`<${proxy}${/;lr\b/i.test(proxy) ? '' : ';lr'}>`] : []
        return {
          nextHop: proxy ?? targetUri(target),
          ...(preloaded.length > 0 ? { routes: preloaded } : {}),
          ...(trust === undefined ? {} : { trust }),
        }
      },
      addressOf: (trunk, target) => desk.watch(trunk.id)?.addressOf(target),
      noteCall: (trunk, target, fault) => desk.watch(trunk.id)?.noteSeen(target, fault),
    },
    warnings: () =>
      [...directory.companies()]
        .flatMap(({ id }) => directory.trunksOf(id))
        .flatMap((trunk) => revocationSentences(trunk, clock.now())),
    start: () => desk.start(),
    flowClosed: (flow) => desk.flowClosed(flow),
    close: () => desk.close(),
  }
}
