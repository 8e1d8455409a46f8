import type { Refusal } from '@vaxel/base'
import { InvalidRequest } from '@vaxel/contract'
import type { Company, ConfigurationReader } from '@vaxel/core'
import { mayComeFrom, readIpRange } from '@vaxel/site'
import type { Acting } from './scope.ts'

/** Why a company cannot have these networks: one cannot be read, or whoever sets them would be shut out by them. */
export function networksFault(
  current: ConfigurationReader,
  { userId, actor, isThisMachine }: Acting,
  { id, allowedNetworks }: Pick<Company, 'id' | 'allowedNetworks'>,
): Refusal | undefined {
  if (allowedNetworks === undefined) return undefined
  const unreadable = allowedNetworks.find((text) => readIpRange(text) === undefined)
  if (unreadable !== undefined)
    return mistake(`has ${unreadable}, which is no address, network (192.0.2.0/24) or range (192.0.2.10-20)`)
  const { address } = actor
  if (address === undefined || current.user(userId)?.companyId !== id) return undefined
  return mayComeFrom(allowedNetworks, { address, ...(isThisMachine ? { isThisMachine } : {}) })
    ? undefined
    : mistake(`leaves out ${address}, where you are now: you would be shut out yourself`)
}

const mistake = (reason: string): Refusal =>
  InvalidRequest(undefined, { mistakes: [{ path: '/allowedNetworks', reason }] })

/** Whether others may come in than before. */
export const hasOtherNetworks = (before: object | undefined, after: object | undefined): boolean =>
  JSON.stringify(networksOf(before)) !== JSON.stringify(networksOf(after))

const networksOf = (company: object | undefined): unknown => (company as Partial<Company> | undefined)?.allowedNetworks
