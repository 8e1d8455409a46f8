import type { TrunkIdentity } from '../ports/trunk.ts'

/**
 * The number that a trunk is told of who calls.
 * @param caller `outside`: E.164 number of somebody outside whose call goes on; `direct`: the user's own number; `inside`: the extension
 * @example shownNumber(undefined, { inside: '201' }, '+46846500400') // '+46846500400'
 */
export function shownNumber(
  identity: TrunkIdentity | undefined,
  caller: { readonly outside?: string; readonly direct?: string; readonly inside: string },
  mainNumber: string | undefined,
): string {
  const own = identity?.number === 'main' ? mainNumber : (caller.direct ?? mainNumber)
  const wanted = caller.outside ?? own ?? caller.direct ?? caller.inside
  const { allowed } = identity ?? {}
  const mayShow = (number: string): boolean =>
    allowed === undefined || allowed.some((begin) => number.startsWith(begin))
  if (mayShow(wanted)) return wanted
  return own !== undefined && mayShow(own) ? own : (mainNumber ?? wanted)
}
