import type { ReplyOf, RequestOf } from '../../api/api.ts'
import { wordsOf } from '../trunks/trunk-draft.ts'
import { draftOfLimits, type LimitsDraft, limitsOf } from './limits-draft.ts'

type Company = ReplyOf<'readCompany'>

/** A company as it is being filled in; emergency numbers and networks with blanks between them. */
export interface CompanyDraft {
  readonly name: string
  readonly country: string
  readonly timeZone: string
  readonly mainNumber: string
  readonly emergencyNumbers: string
  readonly allowedNetworks: string
  readonly directAudioNetworks: string
  /** Days; empty: for ever. */
  readonly callRetention: string
  readonly customerRetention: string
  readonly mailRetention: string
  readonly spokenRefusals: boolean
  readonly offersCallBack: boolean
  readonly tellsMonitored: boolean
  readonly limits: LimitsDraft
}

export const draftOf = (company: Company): CompanyDraft => ({
  name: company.name,
  country: company.country,
  timeZone: company.timeZone ?? '',
  mainNumber: company.mainNumber ?? '',
  emergencyNumbers: company.emergencyNumbers.join(' '),
  allowedNetworks: company.allowedNetworks?.join(' ') ?? '',
  directAudioNetworks: company.directAudioNetworks?.join(' ') ?? '',
  callRetention: String(company.callRetentionDays ?? ''),
  customerRetention: String(company.customerRetentionDays ?? ''),
  mailRetention: String(company.mailRetentionDays ?? ''),
  spokenRefusals: company.spokenRefusals ?? false,
  offersCallBack: company.offersCallBack ?? false,
  tellsMonitored: company.tellsMonitored ?? true,
  limits: draftOfLimits(company.limits),
})

/** What was changed in the form and nothing else: what another administrator has changed meanwhile stays. */
export function changeOf(before: Company, draft: CompanyDraft): RequestOf<'changeCompany'>['body'] {
  const was = draftOf(before)
  const isNew = (key: keyof CompanyDraft): boolean => JSON.stringify(draft[key]) !== JSON.stringify(was[key])
  const { spokenRefusals, offersCallBack, tellsMonitored } = draft
  return {
    ...(isNew('name') ? { name: draft.name.trim() } : {}),
    ...(isNew('country') ? { country: draft.country.trim().toUpperCase() } : {}),
    ...(isNew('timeZone') ? { timeZone: draft.timeZone.trim() || null } : {}),
    ...(isNew('mainNumber') ? { mainNumber: draft.mainNumber.replace(/[\s-]/g, '') || null } : {}),
    ...(isNew('emergencyNumbers') ? { emergencyNumbers: wordsOf(draft.emergencyNumbers) } : {}),
    ...(isNew('allowedNetworks') ? { allowedNetworks: networksOf(draft.allowedNetworks) } : {}),
    ...(isNew('directAudioNetworks') ? { directAudioNetworks: networksOf(draft.directAudioNetworks) } : {}),
    ...(isNew('callRetention') ? { callRetentionDays: daysOf(draft.callRetention) } : {}),
    ...(isNew('customerRetention') ? { customerRetentionDays: daysOf(draft.customerRetention) } : {}),
    ...(isNew('mailRetention') ? { mailRetentionDays: daysOf(draft.mailRetention) } : {}),
    ...(isNew('spokenRefusals') ? { spokenRefusals } : {}),
    ...(isNew('offersCallBack') ? { offersCallBack } : {}),
    ...(isNew('tellsMonitored') ? { tellsMonitored } : {}),
    ...(isNew('limits') ? { limits: limitsOf(draft.limits) } : {}),
  }
}

/** None is from anywhere, and nowhere directly. */
const networksOf = (text: string): string[] | null => {
  const networks = wordsOf(text)
  return networks.length > 0 ? networks : null
}

/** What is no number goes to the server as it is, which says what is wrong with it. */
const daysOf = (text: string): number | null => {
  const days = text.trim()
  return days === '' ? null : /^\d{1,9}$/.test(days) ? Number(days) : (days as unknown as number)
}

/** What goes by its age, as the form has it. */
export type Kept = 'calls' | 'customers' | 'mails'

/** What was kept longer until now, with the days after which it will be erased. */
export function erasesAfter(before: Company, draft: CompanyDraft): { readonly what: Kept; readonly days: number }[] {
  const shorter = (what: Kept, typed: string, was: number | undefined) => {
    const days = daysOf(typed)
    return typeof days === 'number' && (was === undefined || days < was) ? [{ what, days }] : []
  }
  return [
    ...shorter('calls', draft.callRetention, before.callRetentionDays),
    ...shorter('customers', draft.customerRetention, before.customerRetentionDays),
    ...shorter('mails', draft.mailRetention, before.mailRetentionDays),
  ]
}
