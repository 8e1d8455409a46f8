import type { CompanyId, Mistake, Refusal, UserId } from '@vaxel/base'
import {
  type changeTelephoneFeatures,
  FeatureCodesWrong,
  NotFound,
  type OperationReply,
  type OperationRequest,
  type Principal,
  type readTelephoneFeatures,
} from '@vaxel/contract'
import {
  checkCodes,
  codesOf,
  type Company,
  type ConfigurationReader,
  type ConfigurationWriter,
  defaultParking,
  type Feature,
  featureRows,
  type OwnCodes,
} from '@vaxel/core'

type View = OperationReply<typeof readTelephoneFeatures>
type Patch = OperationRequest<typeof changeTelephoneFeatures>['body']

/** Codes, parking places and pickup groups of companies: read by everybody, changed by administrators. */
export class FeatureSettings {
  readonly #configuration: ConfigurationWriter

  constructor(configuration: ConfigurationWriter) {
    this.#configuration = configuration
  }

  read({ companyId }: Principal): View | Refusal {
    const company = this.#configuration.current.company(companyId as CompanyId)
    return company ? viewOf(company, this.#configuration.current) : NotFound()
  }

  /** Refuses with every mistake at once. */
  async change(principal: Principal, patch: Patch, address: string): Promise<View | Refusal> {
    let after: Company | undefined
    const actor = { by: `user:${principal.userId}`, address }
    const refusal = await this.#configuration.change(actor, (current) => {
      const before = current.company(principal.companyId as CompanyId)
      if (!before) return NotFound()
      after = patchedCompany(before, patch)
      const mistakes = mistakesOf(after, patch, current)
      if (mistakes.length > 0) return FeatureCodesWrong(undefined, { mistakes })
      return [{ kind: 'company', before, after }]
    })
    return refusal ?? viewOf(after!, this.#configuration.current)
  }
}

function viewOf(company: Company, current: ConfigurationReader): View {
  const own = company.featureCodes
  const on = new Map(codesOf(own).map(({ feature, code }) => [feature, code]))
  return {
    codes: featureRows.map(({ feature, code, argument }) => ({
      feature,
      code: on.get(feature) ?? '',
      delivered: code,
      argument,
    })),
    parking: company.parking ?? defaultParking,
    // Who is gone is no member any more.
    pickupGroups: (company.pickupGroups ?? []).map(({ name, userIds }) => ({
      name,
      userIds: userIds.filter((id) => current.user(id)?.companyId === company.id),
    })),
    ...(company.deskLogoutHour === undefined ? {} : { deskLogoutHour: company.deskLogoutHour }),
  }
}

function patchedCompany(before: Company, { codes, parking, pickupGroups, deskLogoutHour }: Patch): Company {
  const { featureCodes, parking: parkingBefore, deskLogoutHour: hourBefore, pickupGroups: groups, ...rest } = before
  const own: Partial<Record<Feature, string>> = { ...featureCodes }
  for (const { feature, code } of codes ?? []) own[feature] = code
  for (const { feature, code } of featureRows) if (own[feature] === code) delete own[feature]
  const places = parking === null ? undefined : (parking ?? parkingBefore)
  const hour = deskLogoutHour === null ? undefined : (deskLogoutHour ?? hourBefore)
  const members = pickupGroups?.map(({ name, userIds }) => ({ name, userIds: userIds as UserId[] })) ?? groups
  return {
    ...rest,
    ...(Object.keys(own).length > 0 ? { featureCodes: own as OwnCodes } : {}),
    ...(places ? { parking: places } : {}),
    ...(members ? { pickupGroups: members } : {}),
    ...(hour === undefined ? {} : { deskLogoutHour: hour }),
  }
}

function mistakesOf(after: Company, patch: Patch, current: ConfigurationReader): readonly Mistake[] {
  const isTaken = (number: string): boolean =>
    current.number(after.id, number) !== undefined || after.emergencyNumbers.includes(number)
  const found = checkCodes(after.featureCodes, after.parking ?? defaultParking, isTaken).map(({ at, text }) => {
    const index = patch.codes?.findIndex(({ feature }) => feature === at) ?? -1
    return { path: at === 'parking' ? '/parking' : index < 0 ? '/codes' : `/codes/${index}/code`, reason: text }
  })
  const strangers = (patch.pickupGroups ?? []).flatMap(({ userIds }, group) =>
    userIds.flatMap((id, i) =>
      current.user(id as UserId)?.companyId === after.id
        ? []
        : [{ path: `/pickupGroups/${group}/userIds/${i}`, reason: 'is nobody of the company' }],
    ),
  )
  return [...found, ...strangers]
}
