import type { Party } from '../ports/call-ledger.ts'
import type { Company, Directory, Trunk, User } from '../ports/directory.ts'
import type { Diversion } from './diversion.ts'
import type { PeopleNow } from './people-now.ts'

/** Who calls: a user's device, the outside over a trunk, or the company itself where a rule of its administrator sends a call on. */
export type CallSource =
  | { readonly kind: 'user'; readonly user: User }
  | { readonly kind: 'trunk'; readonly trunk: Trunk }
  | { readonly kind: 'company' }

/** What is asked where a call goes. */
export interface RouteQuestion {
  readonly directory: Directory
  readonly company: Company
  readonly domain: string
  readonly from: CallSource
  readonly dialled: string
  /** Who calls, as people see them; rules may know them. */
  readonly caller?: Party
  /** Absent: nobody's rules are followed. */
  readonly people?: PeopleNow
  /** At whom the call was before. */
  readonly diversions?: readonly Diversion[]
  /** Who is there has not dialled it, but is sent there by somebody else, after having talked with them or before. */
  readonly sentBy?: 'transfer' | 'diversion'
  /** The call's id, from which comes what is drawn by lot. */
  readonly seed?: string
}
