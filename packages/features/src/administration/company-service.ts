import { type CompanyId, isTimeZone, makeId, type Refusal } from '@vaxel/base'
import { Conflict, InvalidRequest, NotAllowed, NotFound, StillInUse } from '@vaxel/contract'
import {
  type CallLimits,
  type Company,
  type ConfigurationChange,
  type Domain,
  chiefEmergencyNumbersOf,
} from '@vaxel/core'
import { hasOtherNetworks, networksFault, shutsOut } from './allowed-networks.ts'
import { type Acting, type AdministrationDependencies, patched } from './scope.ts'

export interface NewCompany {
  readonly name: string
  readonly country?: string
  readonly timeZone?: string
  readonly limits?: CallLimits
  readonly emergencyNumbers?: readonly string[]
  readonly mainNumber?: string
  readonly spokenRefusals?: boolean
  readonly offersCallBack?: boolean
  readonly tellsMonitored?: boolean
  readonly allowedNetworks?: readonly string[]
  readonly directAudioNetworks?: readonly string[]
  readonly callRetentionDays?: number
  readonly customerRetentionDays?: number
  readonly mailRetentionDays?: number
  readonly domain?: string
}

/** Companies and their domains. */
export class CompanyService {
  readonly #around: AdministrationDependencies

  constructor(dependencies: AdministrationDependencies) {
    this.#around = dependencies
  }

  visible({ isOperator, companyId }: Acting): Iterable<Company> {
    const { current } = this.#around.configuration
    if (isOperator) return current.companies()
    const own = current.company(companyId)
    return own ? [own] : []
  }

  read({ companyId }: Acting): Company | Refusal {
    return this.#around.configuration.current.company(companyId) ?? NotFound()
  }

  async create(acting: Acting, wanted: NewCompany): Promise<Company | Refusal> {
    const { actor } = acting
    const { configuration, clock, random } = this.#around
    const { domain, country = 'SE', ...rest } = wanted
    const unknown = unknownZone(wanted.timeZone)
    if (unknown) return unknown
    const company: Company = {
      limits: {},
      emergencyNumbers: chiefEmergencyNumbersOf(country),
      ...rest,
      id: makeId<CompanyId>(clock.now(), random),
      country,
    }
    const refusal = await configuration.change(actor, (current) => {
      const shut = networksFault(company) ?? shutsOut(current, acting, company)
      if (shut) return shut
      if (domain !== undefined && current.domain(domain)) return Conflict(`The domain ${domain} exists already.`)
      const changes: ConfigurationChange[] = [{ kind: 'company', after: company }]
      if (domain !== undefined) changes.push({ kind: 'domain', after: { name: domain, companyId: company.id } })
      return changes
    })
    return refusal ?? company
  }

  async change(
    acting: Acting,
    patch: { readonly [K in keyof Omit<Company, 'id'>]?: Company[K] | null },
  ): Promise<Company | Refusal> {
    const { actor, companyId, isOperator } = acting
    if (patch.limits !== undefined && !isOperator)
      return NotAllowed('The limits of a company are set by the operator of the installation.')
    const unknown = unknownZone(patch.timeZone)
    if (unknown) return unknown
    let after: Company | undefined
    let isNetworked = false
    const refusal = await this.#around.configuration.change(actor, (current) => {
      const before = current.company(companyId)
      if (!before) return NotFound()
      const { emergencyNumbers: numbers = [] } = patch
      const taken = numbers?.find((one) => !before.emergencyNumbers.includes(one) && current.number(companyId, one))
      if (taken !== undefined) return hasNumberInUse(taken)
      after = patched(before, patch)
      isNetworked = hasOtherNetworks(before, after)
      const shut = networksFault(after) ?? (isNetworked ? shutsOut(current, acting, after) : undefined)
      if (shut) return shut
      return [{ kind: 'company', before, after }]
    })
    if (refusal) return refusal
    if (isNetworked) await this.#around.endBindingsOutside(companyId)
    return after!
  }

  async remove({ actor, companyId, userId }: Acting): Promise<Refusal | undefined> {
    return this.#around.configuration.change(actor, (current) => {
      const before = current.company(companyId)
      if (!before) return NotFound()
      if (current.user(userId)?.companyId === companyId)
        return StillInUse('This is the company that you belong to yourself.')
      return [{ kind: 'company', before }]
    })
  }

  domains({ companyId }: Acting): readonly Domain[] {
    return this.#around.configuration.current.domainsOf(companyId)
  }

  async createDomain({ actor, companyId }: Acting, name: string): Promise<Domain | Refusal> {
    const domain: Domain = { name, companyId }
    const refusal = await this.#around.configuration.change(actor, (current) =>
      current.domain(name) ? Conflict(`The domain ${name} exists already.`) : [{ kind: 'domain', after: domain }],
    )
    return refusal ?? domain
  }

  async removeDomain({ actor, companyId }: Acting, name: string): Promise<Refusal | undefined> {
    return this.#around.configuration.change(actor, (current) => {
      const before = current.domain(name)
      if (before?.companyId !== companyId) return NotFound()
      if (current.usersOf(companyId).some((user) => user.domain === name))
        return StillInUse(`Users still have logins in ${name}.`)
      return [{ kind: 'domain', before }]
    })
  }
}

/** Nobody could call any more who has the number here. */
const hasNumberInUse = (number: string): Refusal =>
  InvalidRequest(undefined, {
    mistakes: [
      { path: '/emergencyNumbers', reason: `has ${number}, which is in use: give who has it another one first` },
    ],
  })

const unknownZone = (timeZone: string | null | undefined): Refusal | undefined =>
  timeZone === undefined || timeZone === null || isTimeZone(timeZone)
    ? undefined
    : InvalidRequest(undefined, {
        mistakes: [{ path: '/timeZone', reason: 'is no time zone, as Europe/Stockholm is' }],
      })
