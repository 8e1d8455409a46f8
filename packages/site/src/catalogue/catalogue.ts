import type { Address, PlaceName, Requirement, RequirementKind, RequirementOf } from './requirement.ts'

export const catalogueFormat = 'vaxel-site-catalogue/1'

/** Everything that one service asks of a site, as one version of one provider. */
export interface Catalogue {
  readonly format: typeof catalogueFormat
  /** The same for every version: `telia-touchpoint-plus`. */
  readonly id: string
  readonly title: string
  readonly provider: string
  /** `YYYYMMDDNN`, rising. */
  readonly version: string
  /** Day of publication. */
  readonly publishedAt: string
  /** Language of its texts. */
  readonly language: string
  readonly documents: readonly SourceDocument[]
  readonly places: readonly Place[]
  /** What a site may choose; each becomes the fact `option.<id>`. */
  readonly options: readonly SiteOption[]
  readonly requirements: readonly Requirement[]
}

export interface SourceDocument {
  readonly id: string
  readonly title: string
  /** As the document calls itself: `3.54`. */
  readonly version: string
  readonly date: string
  readonly language: string
  /** Every section, in its order. */
  readonly sections: readonly DocumentSection[]
}

export interface DocumentSection {
  readonly number: string
  readonly title: string
  /** Why nothing of it became a requirement. Absent: requirements name the section in their provenance. */
  readonly without?: string
}

export interface Place {
  readonly name: PlaceName
  /** As a drawing of the network labels it. */
  readonly label: string
  readonly side: 'customer' | 'provider' | 'third-party'
  /** Known of the provider's side; the customer's side comes from the profile. */
  readonly addresses?: readonly Address[]
}

export interface SiteOption {
  readonly id: string
  readonly label: string
  readonly kind: 'flag' | 'count' | 'choice'
  readonly choices?: readonly { readonly id: string; readonly label: string }[]
}

/** The requirements of one kind, in their order. */
export const requirementsOf = <K extends RequirementKind>(
  requirements: readonly Requirement[],
  kind: K,
): readonly RequirementOf<K>[] => requirements.filter((one): one is RequirementOf<K> => one.body.kind === kind)
