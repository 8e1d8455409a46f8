import type { Refusal } from '@vaxel/base'
import { FlowTooMany, NotFound, type Principal } from '@vaxel/contract'
import type { KeptFlowCredential } from '@vaxel/core'
import type { FlowDependencies } from './dependencies.ts'
import { by, companyIdOf } from './scope.ts'

const mostCredentials = 100

/** What look-ups and webhooks may send as `Authorization`, each to one host. The values are shown to nobody. */
export class CredentialService {
  readonly #parts: FlowDependencies

  constructor(parts: FlowDependencies) {
    this.#parts = parts
  }

  list(principal: Principal) {
    const kept = this.#parts.flows.credentialsOf(companyIdOf(principal))
    const items = kept.toSorted((a, b) => (a.name < b.name ? -1 : 1))
    return {
      items: items.map(({ name, host, changedAtMs }) => ({
        name,
        host,
        changedAt: new Date(changedAtMs).toISOString(),
      })),
    }
  }

  async put(
    principal: Principal,
    name: string,
    { host, value }: { host: string; value: string },
  ): Promise<Refusal | undefined> {
    const { flows, clock } = this.#parts
    const companyId = companyIdOf(principal)
    const kept = flows.credentialsOf(companyId)
    if (kept.length >= mostCredentials && !kept.some((one) => one.name === name)) return FlowTooMany()
    const credential = { companyId, name, host, changedAtMs: clock.now() }
    await flows.putCredential(credential, value, this.#event(credential, 'flow.credentialKept', principal))
    return undefined
  }

  async remove(principal: Principal, name: string): Promise<Refusal | undefined> {
    const { flows } = this.#parts
    const kept = flows.credentialsOf(companyIdOf(principal)).find((one) => one.name === name)
    if (!kept) return NotFound()
    await flows.removeCredential(kept, this.#event(kept, 'flow.credentialRemoved', principal))
    return undefined
  }

  #event({ companyId, name, host }: KeptFlowCredential, kind: string, principal: Principal) {
    return { kind, atMs: this.#parts.clock.now(), companyId, data: { name, host, by: by(principal) } }
  }
}
