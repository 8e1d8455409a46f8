import type { Logger } from '@vaxel/base'
import type { OperationHandler } from '@vaxel/contract'
import type { CallerNames, LdapDoor } from '@vaxel/core'
import { directoryHandlers } from './api.ts'
import { ContactService } from './contact-service.ts'
import { createExternalDirectories } from './external/external.ts'
import { FavouriteService } from './favourite-service.ts'
import { PhotoService } from './photo-service.ts'
import { ProfileService } from './profile-service.ts'
import { countryOf, type DirectoryDependencies } from './scope.ts'
import { SearchKeeper } from './search-keeper.ts'
import { SearchService } from './search-service.ts'

/** People: whom to find, who is calling, whom to keep at hand. */
export interface DirectoryFeature {
  readonly handlers: readonly OperationHandler[]
  readonly callerNames: CallerNames
  /** Begins to read the directories of others. */
  start(): Promise<void>
  /** Reads everybody into what is searched; without it the first search does. */
  load(): Promise<void>
  close(): Promise<void>
}

export function createDirectory(
  dependencies: DirectoryDependencies & { readonly log: Logger; readonly ldap: LdapDoor },
): DirectoryFeature {
  const keeper = new SearchKeeper(dependencies)
  const favourites = new FavouriteService(dependencies, keeper)
  const contacts = new ContactService(dependencies, keeper)
  const search = new SearchService(dependencies, keeper, favourites)
  const external = createExternalDirectories({ ...dependencies, keeper })
  return {
    handlers: [
      ...external.handlers,
      ...directoryHandlers({
        search,
        contacts,
        favourites,
        profiles: new ProfileService(dependencies),
        photos: new PhotoService(dependencies, contacts, keeper),
        photoStore: dependencies.photos,
        countryOf: (companyId) => countryOf(dependencies, companyId),
      }),
    ],
    start: () => external.start(),
    callerNames: search,
    load: () => keeper.load(),
    close: async () => {
      await external.close()
      keeper.close()
      await dependencies.search.close()
    },
  }
}
