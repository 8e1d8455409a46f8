import type { CompanyId, Refusal, UserId } from '@vaxel/base'
import { NotFound, type Principal } from '@vaxel/contract'
import type { Company, Directory, FlowStore, KeptFlow, Language, LedgerEvent } from '@vaxel/core'

export const by = ({ userId }: Principal): string => `user:${userId}`
export const companyIdOf = ({ companyId }: Principal): CompanyId => companyId as CompanyId

/** The language of sentences: the one asked for, else that of whoever asks. */
export const languageFor = (directory: Directory, { userId }: Principal, asked: Language | undefined): Language =>
  asked ?? directory.user(userId as UserId)?.language ?? 'en'

export function findFlow(flows: Pick<FlowStore, 'flow'>, principal: Principal, flowId: string): KeptFlow | Refusal {
  return flows.flow(companyIdOf(principal), flowId) ?? NotFound()
}

export function companyOf(directory: Directory, principal: Principal): Company | Refusal {
  return directory.company(companyIdOf(principal)) ?? NotFound()
}

/** Tells of a flow. */
export const flowEvent = (
  flow: Pick<KeptFlow, 'id' | 'companyId' | 'name'>,
  kind: string,
  principal: Principal,
  atMs: number,
  more: LedgerEvent['data'] = {},
): LedgerEvent => ({
  kind,
  atMs,
  companyId: flow.companyId,
  data: { flow: flow.id, name: flow.name, by: by(principal), ...more },
})
