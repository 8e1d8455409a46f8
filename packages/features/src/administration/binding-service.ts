import type { CompanyId, Refusal } from '@vaxel/base'
import { NotFound } from '@vaxel/contract'
import type { Binding } from '@vaxel/core'
import { type Acting, type AdministrationDependencies, userIn } from './scope.ts'

/** Registered contacts, to see and to end. */
export class BindingService {
  readonly #around: AdministrationDependencies
  readonly #end: EndBinding

  constructor(dependencies: AdministrationDependencies, end: EndBinding | undefined) {
    this.#around = dependencies
    this.#end = end ?? ((binding) => this.#replaceWithout(binding))
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
        await this.#end(binding)
        return undefined
      }
    return NotFound()
  }

  *#ofCompany(companyId: CompanyId): Iterable<Binding> {
    for (const binding of this.#around.bindings.all()) if (binding.companyId === companyId) yield binding
  }

  async #replaceWithout({ addressOfRecord, id }: Binding): Promise<void> {
    const { bindings } = this.#around
    const left = bindings.ofAddress(addressOfRecord).filter((binding) => binding.id !== id)
    await bindings.replace(addressOfRecord, left)
  }
}

/** How a binding is ended; the registrar's way tells those who watch it. */
export type EndBinding = (binding: Binding) => Promise<void>
