import type { Logger } from '@vaxel/base'
import type { LdapDoor } from '@vaxel/core'
import type { DirectoryDependencies } from '../scope.ts'
import type { SearchKeeper } from '../search-keeper.ts'

/** What directories of others are read with. */
export interface ExternalParts extends DirectoryDependencies {
  readonly ldap: LdapDoor
  readonly log: Logger
}

export interface ReadingParts extends ExternalParts {
  readonly keeper: SearchKeeper
}
