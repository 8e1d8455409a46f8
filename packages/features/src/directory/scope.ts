import type { Clock, CompanyId, RandomBytes, UserId } from '@vaxel/base'
import type { Principal } from '@vaxel/contract'
import type {
  Actor,
  ConfigurationWriter,
  ContactsOf,
  ContactStore,
  DetectMediaType,
  DirectorySearch,
  EventFeed,
  ExternalDirectoryStore,
  FavouriteStore,
  Notices,
  PhotoStore,
} from '@vaxel/core'

/** What the directory works with. */
export interface DirectoryDependencies {
  readonly configuration: ConfigurationWriter
  readonly contacts: ContactStore
  readonly photos: PhotoStore
  readonly externalDirectories: ExternalDirectoryStore
  readonly favourites: FavouriteStore
  readonly search: DirectorySearch
  readonly feed: EventFeed
  readonly notices: Notices
  readonly detectMediaType: DetectMediaType
  readonly clock: Clock
  readonly random: RandomBytes
}

/** Who asks, and what they may do with contacts. */
export interface Asker {
  readonly companyId: CompanyId
  readonly userId: UserId
  /** May change what the company shares. */
  readonly keepsShared: boolean
  readonly isAdministrator: boolean
  readonly actor: Actor
}

export function askerOf(principal: Principal, address: string): Asker {
  return {
    companyId: principal.companyId as CompanyId,
    userId: principal.userId as UserId,
    keepsShared: principal.role !== 'user',
    isAdministrator: principal.role === 'administrator',
    actor: { by: `user:${principal.userId}`, address },
  }
}

/** The country whose way of writing numbers a company has. */
export const countryOf = (
  { configuration }: Pick<DirectoryDependencies, 'configuration'>,
  companyId: CompanyId,
): string => configuration.current.company(companyId)?.country ?? 'SE'

/** Whose contacts somebody means. */
export const contactsOf = ({ companyId, userId }: Asker, kind: 'shared' | 'personal'): ContactsOf =>
  kind === 'shared' ? { companyId } : { companyId, ownerId: userId }
