import type { CompanyId, TrunkId } from '@vaxel/base'
import * as contract from '@vaxel/contract'
import {
  InvalidRequest,
  NotFound,
  type OperationHandler,
  type OperationReply,
  perform,
  type Principal,
} from '@vaxel/contract'
import { type Directory, rewriteNumber, rewritingMistakes, type Trunk } from '@vaxel/core'
import { trunkProfiles } from './profiles.ts'

type State = OperationReply<typeof contract.readTrunkState>
type Profiles = OperationReply<typeof contract.listTrunkProfiles>

const usualPage = 200

/** @param around `stateOf` looks at a trunk now; `check` asks its targets first */
export function trunkHandlers(around: {
  readonly directory: Directory
  stateOf(trunk: Trunk): State
  check(trunk: Trunk): Promise<void>
}): readonly OperationHandler[] {
  const { directory, stateOf, check } = around
  const find = ({ companyId }: Principal, id: string): Trunk | undefined => {
    const trunk = directory.trunk(id as TrunkId)
    return trunk?.companyId === companyId ? trunk : undefined
  }
  return [
    perform(contract.listTrunkProfiles, () => ({
      // The same but for what may be changed of it.
      items: structuredClone(trunkProfiles) as unknown as Profiles['items'],
    })),
    perform(contract.listTrunkStates, ({ principal, query: { after, limit = usualPage } }) => {
      const trunks = directory
        .trunksOf(principal.companyId as CompanyId)
        .filter(({ name }) => after === undefined || name > after)
        .toSorted((a, b) => (a.name < b.name ? -1 : 1))
      const page = trunks.slice(0, limit)
      const last = page.at(-1)
      return { items: page.map(stateOf), ...(last && trunks.length > limit ? { next: last.name } : {}) }
    }),
    perform(contract.readTrunkState, ({ principal, params }) => {
      const trunk = find(principal, params.trunkId)
      return trunk ? stateOf(trunk) : NotFound()
    }),
    perform(contract.checkTrunk, async ({ principal, params }) => {
      const trunk = find(principal, params.trunkId)
      if (!trunk) return NotFound()
      await check(trunk)
      return stateOf(trunk)
    }),
    perform(contract.tryTrunkNumber, ({ body: { rules, number } }) => {
      // Examples are for saving; here only what cannot be read is in the way.
      const unreadable = rewritingMistakes({ calledOut: rules }, '').filter(({ path }) => !path.includes('/examples'))
      const mistakes = unreadable.map(({ path, reason }) => ({ path: path.replace('/calledOut', '/rules'), reason }))
      return mistakes.length > 0 ? InvalidRequest(undefined, { mistakes }) : rewriteNumber(rules, number)
    }),
  ]
}
