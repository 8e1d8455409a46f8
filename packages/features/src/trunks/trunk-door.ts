import type { CompanyId, TrunkId } from '@vaxel/base'
import { type Directory, toE164, type Trunk, type TrunkLogin, type TrunkTls } from '@vaxel/core'
import { type Flow, parseUri, type SipRequest } from '@vaxel/sip'
import { hasOwnTrust } from './tls-trust.ts'
import type { TrunkDesk } from './trunk-desk.ts'

export interface TrunkDoorOptions {
  readonly directory: Directory
  readonly desk: TrunkDesk
  /** Names of the client certificate on a flow, if these authorities or pins vouch for it. */
  peerNamesBy?(flow: Flow, trust: TrunkTls): readonly string[] | undefined
  /** Whether a request answers a challenge of ours with this login. */
  provesLogin?(request: SipRequest, flow: Flow, companyId: CompanyId, login: TrunkLogin): boolean
}

/**
 * Tells whose call a request from outside is: by the registration of ours that it comes by, by the address that it comes from, by the
 * certificate that its connection has shown, or by digest. What several trunks could claim is nobody's.
 */
export class TrunkDoor {
  readonly #options: TrunkDoorOptions
  #version = -1
  #withNames: readonly Trunk[] = []
  #withLogin: readonly Trunk[] = []
  #registering: readonly Trunk[] = []

  constructor(options: TrunkDoorOptions) {
    this.#options = options
  }

  /** Without looking at a password: what the place that a request comes from says. */
  trunkAt(request: SipRequest, flow: Flow): Trunk | undefined {
    this.#follow()
    const { directory } = this.#options
    return (
      this.#registered(request, flow) ??
      directory.trunkByAddress(flow.remote.address, flow.remote.port) ??
      this.#byCertificate(request, flow)
    )
  }

  /** As above; a request that brings credentials is whose password they prove, and no device's that is behind the same address. */
  trunkOf(request: SipRequest, flow: Flow): Trunk | undefined {
    const hasCredentials = request.headers.has('Proxy-Authorization') || request.headers.has('Authorization')
    if (!hasCredentials) return this.trunkAt(request, flow)
    this.#follow()
    const { provesLogin } = this.#options
    return this.#withLogin.find(({ companyId, incomingLogin }) =>
      provesLogin?.(request, flow, companyId, incomingLogin!),
    )
  }

  #registered(request: SipRequest, flow: Flow): Trunk | undefined {
    if (this.#registering.length === 0) return undefined
    const uri = parseUri(request.uri)
    const instance = uri?.parameters.get('rinstance')
    const named = instance && this.#registering.find(({ id }) => this.#client(id)?.instance === instance)
    if (named) return named
    const near = this.#registering.filter(({ id }) => cameBy(this.#client(id)?.registered?.flow, flow))
    if (near.length <= 1) return near[0]
    // Several of us are customers of that carrier: its account, else the number that is called, tells which.
    const called = [uri?.user, request.to.uri.user].flatMap((user) => (user ? [decoded(user)] : []))
    return (
      only(near.filter(({ registration }) => called.includes(registration!.user))) ??
      only(near.filter(({ companyId }) => called.some((number) => this.#isOf(number, companyId))))
    )
  }

  #client(id: TrunkId) {
    return this.#options.desk.watch(id)?.registration
  }

  #isOf(number: string, companyId: CompanyId): boolean {
    const { directory } = this.#options
    const country = directory.company(companyId)?.country
    const e164 = country && toE164(number, country)
    return e164 !== undefined && directory.directNumber(e164)?.companyId === companyId
  }

  #byCertificate(request: SipRequest, flow: Flow): Trunk | undefined {
    if (flow.protocol !== 'tls' || this.#withNames.length === 0) return undefined
    const { peerNamesBy } = this.#options
    const shown = this.#withNames.filter(({ certificateNames, tls }) => {
      const names = hasOwnTrust(tls) ? peerNamesBy?.(flow, tls!) : flow.peerNames
      return names?.some((name) => certificateNames!.some((wanted) => isNamed(name, wanted.toLowerCase())))
    })
    const host = parseUri(request.uri)?.host.toLowerCase()
    const asCalled = shown.filter(({ ownHost }) => ownHost?.toLowerCase() === host)
    return only(asCalled) ?? only(shown.filter(({ ownHost }) => ownHost === undefined)) ?? only(shown)
  }

  #follow(): void {
    const { directory } = this.#options
    if (this.#version === directory.version) return
    this.#version = directory.version
    const trunks = [...directory.companies()].flatMap(({ id }) => directory.trunksOf(id))
    this.#withNames = trunks.filter(({ certificateNames }) => (certificateNames?.length ?? 0) > 0)
    this.#withLogin = trunks.filter(({ incomingLogin }) => incomingLogin !== undefined)
    this.#registering = trunks.filter(({ registration }) => registration !== undefined)
  }
}

/** Over a connection of ours; on UDP from where the registrar answered. */
function cameBy(own: Flow | undefined, flow: Flow): boolean {
  if (!own) return false
  if (own.protocol !== 'udp') return own.id === flow.id
  return flow.protocol === 'udp' && own.remote.address === flow.remote.address && own.remote.port === flow.remote.port
}

/** A certificate's name stands for itself; one with a wildcard for no name (RFC 5922 §7.2). */
const isNamed = (name: string, wanted: string): boolean => name.toLowerCase() === wanted

const only = <T>(found: readonly T[]): T | undefined => (found.length === 1 ? found[0] : undefined)

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
