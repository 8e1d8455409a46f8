import { type CompanyId, isRefusal } from '@vaxel/base'
import * as contract from '@vaxel/contract'
import { type OperationHandler, perform, type Principal } from '@vaxel/contract'
import type { Contact, PhotoStore } from '@vaxel/core'
import type { ContactService } from './contact-service.ts'
import type { FavouriteService } from './favourite-service.ts'
import type { PhotoService } from './photo-service.ts'
import type { ProfileService } from './profile-service.ts'
import { askerOf } from './scope.ts'
import type { SearchService } from './search-service.ts'
import { toContactView } from './views.ts'

/** The services behind the routes. */
export interface DirectoryServices {
  readonly search: SearchService
  readonly contacts: ContactService
  readonly favourites: FavouriteService
  readonly profiles: ProfileService
  readonly photos: PhotoService
  readonly photoStore: PhotoStore
  readonly countryOf: (companyId: CompanyId) => string
}

export function directoryHandlers(services: DirectoryServices): readonly OperationHandler[] {
  return [...peopleHandlers(services), ...contactHandlers(services), ...favouriteHandlers(services)]
}

function peopleHandlers({ search, profiles, photos }: DirectoryServices): readonly OperationHandler[] {
  return [
    perform(contract.searchDirectory, ({ principal, address, query }) =>
      search.search(askerOf(principal, address), query),
    ),
    perform(contract.findByNumber, ({ principal, address, query }) =>
      search.byNumbers(askerOf(principal, address), query.numbers.split(',')),
    ),
    perform(contract.readCard, ({ principal, address, params }) =>
      search.person(askerOf(principal, address), params.cardId),
    ),
    perform(contract.changeOwnProfile, async ({ principal, address, body }) => {
      const asker = askerOf(principal, address)
      return (await profiles.change(asker, body)) ?? search.person(asker, asker.userId)
    }),
    perform(contract.readPhoto, ({ principal, address, params, query }) =>
      photos.read(askerOf(principal, address), params.cardId, query.tag),
    ),
    perform(contract.putPhoto, ({ principal, address, params, body }) =>
      photos.put(askerOf(principal, address), params.cardId, body.image),
    ),
    perform(contract.removePhoto, ({ principal, address, params }) =>
      photos.remove(askerOf(principal, address), params.cardId),
    ),
  ]
}

function contactHandlers({ contacts, photoStore, countryOf }: DirectoryServices): readonly OperationHandler[] {
  const view = (contact: Contact, { companyId }: Principal) =>
    toContactView(contact, photoStore, countryOf(companyId as CompanyId))
  return [
    perform(contract.listContacts, async ({ principal, address, query: { limit = 200, ...query } }) => {
      const found = await contacts.list(askerOf(principal, address), { ...query, limit })
      const last = found.length === limit ? found.at(-1) : undefined
      return { items: found.map((contact) => view(contact, principal)), ...(last ? { next: last.id } : {}) }
    }),
    perform(contract.createContact, async ({ principal, address, body }) => {
      const contact = await contacts.create(askerOf(principal, address), body)
      return isRefusal(contact) ? contact : view(contact, principal)
    }),
    perform(contract.readContact, async ({ principal, address, params }) => {
      const contact = await contacts.read(askerOf(principal, address), params.contactId)
      return isRefusal(contact) ? contact : view(contact, principal)
    }),
    perform(contract.changeContact, async ({ principal, address, params, body }) => {
      const contact = await contacts.change(askerOf(principal, address), params.contactId, body)
      return isRefusal(contact) ? contact : view(contact, principal)
    }),
    perform(contract.removeContact, ({ principal, address, params }) =>
      contacts.remove(askerOf(principal, address), params.contactId),
    ),
    perform(contract.createContacts, ({ principal, address, body }) =>
      contacts.createMany(askerOf(principal, address), body),
    ),
  ]
}

function favouriteHandlers({ favourites }: DirectoryServices): readonly OperationHandler[] {
  return [
    perform(contract.readFavourites, ({ principal, address }) => favourites.read(askerOf(principal, address))),
    perform(contract.orderFavourites, ({ principal, address, body }) =>
      favourites.order(askerOf(principal, address), body.cardIds),
    ),
    perform(contract.addFavourite, ({ principal, address, params }) =>
      favourites.add(askerOf(principal, address), params.cardId),
    ),
    perform(contract.removeFavourite, ({ principal, address, params }) =>
      favourites.remove(askerOf(principal, address), params.cardId),
    ),
    perform(contract.createFavouriteGroup, ({ principal, address, body }) =>
      favourites.createGroup(askerOf(principal, address), body.name, body.cardIds),
    ),
    perform(contract.changeFavouriteGroup, ({ principal, address, params, body }) =>
      favourites.changeGroup(askerOf(principal, address), params.groupId, body),
    ),
    perform(contract.removeFavouriteGroup, ({ principal, address, params }) =>
      favourites.removeGroup(askerOf(principal, address), params.groupId),
    ),
  ]
}
