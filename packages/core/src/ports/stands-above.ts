import type { UserId } from '@vaxel/base'
import type { ConfigurationReader } from './configuration-writer.ts'

/**
 * Whether a user is an operator and whoever acts is none. Administrators of the company that an operator belongs to let its
 * people in again; whoever lets in an operator is one.
 * @param of who acts
 */
export const standsAbove = (
  current: Pick<ConfigurationReader, 'isOperator'>,
  of: { readonly isOperator: boolean },
  userId: string,
): boolean => !of.isOperator && current.isOperator(userId as UserId)
