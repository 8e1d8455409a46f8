import type { CompanyId } from '@vaxel/base'

/** Where a house is, as people write it on an envelope. */
export interface CivicAddress {
  /** ISO 3166-1 alpha-2, in capitals: `SE`. */
  readonly country: string
  /** State, county or province, as the country's emergency centres call it. */
  readonly region?: string
  readonly city: string
  readonly street: string
  /** With its letter: `12 B`. */
  readonly houseNumber?: string
  readonly postalCode?: string
  /** Where a street address has several. */
  readonly building?: string
}

/** Where an address of the network is. */
export interface SitePlace {
  readonly siteId: string
  readonly site: string
  /** The part of the site's network, as it is called there: `floor 2`. */
  readonly segment?: string
  readonly address?: CivicAddress
}

/** Where telephones are, for emergency calls: known without asking a database that may be away. */
export interface EmergencyPlaces {
  /**
   * The site that an address belongs to: the smallest of all networks that hold it, by which sites are reached or which they have inside.
   * Undefined where no site or more than one fits as well.
   * @param address IP literal
   */
  placeOf(companyId: CompanyId, address: string): SitePlace | undefined
}
