import type { CompanyId, Refusal } from '@vaxel/base'
import { NotFound } from '@vaxel/contract'
import type { Binding } from '@vaxel/core'
import { userIn } from '@vaxel/core'
import type { Acting, AdministrationDependencies } from './scope.ts'

/** Registered contacts, to see and to end. */
export class BindingService {
  readonly #around: AdministrationDependencies

  constructor(dependencies: AdministrationDependencies) {
    this.#around = dependencies
  }

  list(acting: Acting, userId: string | undefined): readonly Binding[] {
    const { bindings, configuration } = this.#around
    const nowMs = this.#around.clock.now()
    const wanted = acting.seesAll ? userId : acting.userId
    if (!acting.seesAll && userId !== undefined && userId !== acting.userId) return []
    if (wanted !== undefined) {
      const user = userIn(configuration.current, acting, wanted)
      return user ? bindings.ofUser(user.id).filter((binding) => binding.expiresAtMs > nowMs) : []
    }
    return [...this.#ofCompany(acting.companyId)].filter((binding) => binding.expiresAtMs > nowMs)
  }

  async remove(acting: Acting, bindingId: string): Promise<Refusal | undefined> {
    for (const binding of this.#ofCompany(acting.companyId))
      if (binding.id === bindingId) {
        await this.#around.endBinding(binding)
        return undefined
      }
    return NotFound()
  }

  *#ofCompany(companyId: CompanyId): Iterable<Binding> {
    for (const binding of this.#around.bindings.all()) if (binding.companyId === companyId) yield binding
  }
}
