import type { Refusal } from '@vaxel/base'
import { InvalidRequest } from '@vaxel/contract'
import type { Company, ConfigurationReader } from '@vaxel/core'
import { mayComeFrom, readIpRange } from '@vaxel/site'
import type { Acting } from './scope.ts'

/** Why whoever sets the networks that are allowed may not: they would be shut out by them. */
export function shutsOut(
  current: ConfigurationReader,
  { userId, actor, isThisMachine }: Acting,
  { id, allowedNetworks }: Pick<Company, 'id' | 'allowedNetworks'>,
): Refusal | undefined {
  if (allowedNetworks === undefined) return undefined
  const { address } = actor
  if (address === undefined || current.user(userId)?.companyId !== id) return undefined
  return mayComeFrom(allowedNetworks, { address, ...(isThisMachine ? { isThisMachine } : {}) })
    ? undefined
    : mistake('/allowedNetworks', `leaves out ${address}, where you are now: you would be shut out yourself`)
}

/** Why a company cannot have these networks: one cannot be read. */
export function networksFault({ allowedNetworks, directAudioNetworks }: Company): Refusal | undefined {
  return unreadableIn('/allowedNetworks', allowedNetworks) ?? unreadableIn('/directAudioNetworks', directAudioNetworks)
}

function unreadableIn(path: string, networks: readonly string[] = []): Refusal | undefined {
  const unreadable = networks.find((text) => readIpRange(text) === undefined)
  if (unreadable === undefined) return undefined
  return mistake(path, `has ${unreadable}, which is no address, network (192.0.2.0/24) or range (192.0.2.10-20)`)
}

const mistake = (path: string, reason: string): Refusal => InvalidRequest(undefined, { mistakes: [{ path, reason }] })

/** Whether others may come in than before. */
export const hasOtherNetworks = (before: object | undefined, after: object | undefined): boolean =>
  JSON.stringify(networksOf(before)) !== JSON.stringify(networksOf(after))

const networksOf = (company: object | undefined): unknown => (company as Partial<Company> | undefined)?.allowedNetworks
