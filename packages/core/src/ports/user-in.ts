import type { UserId } from '@vaxel/base'
import type { Directory, User } from './directory.ts'

/**
 * A user of somebody's own company; one of another company is not there.
 * @param of who asks, or acts
 */
export function userIn(
  directory: Pick<Directory, 'user'>,
  { companyId }: { readonly companyId: string },
  userId: string,
): User | undefined {
  const user = directory.user(userId as UserId)
  return user?.companyId === companyId ? user : undefined
}
