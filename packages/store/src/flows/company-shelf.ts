import type { CompanyId } from '@vaxel/base'

/** Things of companies in memory, by a name that is unique in each company. */
export class CompanyShelf<T extends { readonly companyId: CompanyId }> {
  readonly #nameOf: (thing: T) => string
  readonly #things = new Map<CompanyId, Map<string, T>>()

  constructor(nameOf: (thing: T) => string) {
    this.#nameOf = nameOf
  }

  one(companyId: CompanyId, name: string): T | undefined {
    return this.#things.get(companyId)?.get(name)
  }

  of(companyId: CompanyId): readonly T[] {
    return [...(this.#things.get(companyId)?.values() ?? [])]
  }

  keep(thing: T): void {
    const things = this.#things.get(thing.companyId)
    if (things) things.set(this.#nameOf(thing), thing)
    else this.#things.set(thing.companyId, new Map([[this.#nameOf(thing), thing]]))
  }

  remove(companyId: CompanyId, name: string): void {
    this.#things.get(companyId)?.delete(name)
  }

  forget(isCompanyGone: (companyId: CompanyId) => boolean): void {
    for (const companyId of this.#things.keys()) if (isCompanyGone(companyId)) this.#things.delete(companyId)
  }
}
