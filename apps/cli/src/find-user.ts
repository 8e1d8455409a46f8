import { listUsers, type OperationReply } from '@vaxel/contract'
import type { ApiClient } from './api-client.ts'
import { Failure } from './failure.ts'

export type ListedUser = OperationReply<typeof listUsers>['items'][number]

/** All users of the company. */
export async function allUsers(api: ApiClient): Promise<ListedUser[]> {
  const users: ListedUser[] = []
  let after: string | undefined
  do {
    const page = await api.call(listUsers, { query: { limit: 1000, ...(after === undefined ? {} : { after }) } })
    users.push(...page.items)
    after = page.next
  } while (after !== undefined)
  return users
}

/** A user by login, name, extension or identifier. */
export async function findUser(api: ApiClient, wanted: string): Promise<ListedUser> {
  const users = await allUsers(api)
  const found =
    users.find(({ login, id }) => login === wanted || id === wanted) ??
    users.find(({ name, extension }) => name === wanted || extension === wanted)
  if (!found) throw new Failure(`There is no user ${wanted}. See: vaxel user list`)
  return found
}
