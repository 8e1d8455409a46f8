import type { CompanyId, UserId } from '@vaxel/base'
import type { ContactsOf, DirectoryAnswer, DirectoryCard, DirectoryQuery } from '@vaxel/core'

export interface Who {
  readonly companyId: CompanyId
  readonly userId?: UserId
}

/** What the searching thread is told, in order, … */
export type SearchOrder =
  | { readonly op: 'load' | 'put'; readonly of: ContactsOf; readonly cards: readonly DirectoryCard[] }
  | { readonly op: 'loaded' }
  | { readonly op: 'remove'; readonly of: ContactsOf; readonly ids: readonly string[] }
  | { readonly op: 'forget'; readonly of: ContactsOf }
  | { readonly op: 'close' }

/** … and asked. */
export type SearchQuestion =
  | { readonly op: 'search'; readonly query: DirectoryQuery }
  | { readonly op: 'read'; readonly who: Who; readonly ids: readonly string[] }
  | { readonly op: 'withNumbers'; readonly who: Who; readonly numbers: readonly string[] }
  | { readonly op: 'size' }

export type SearchRequest = SearchOrder | (SearchQuestion & { readonly id: number })

export interface SearchReply {
  readonly id: number
  readonly answer?: DirectoryAnswer | readonly DirectoryCard[] | number
  readonly error?: string
}
