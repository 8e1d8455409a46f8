import type { CompanyId, UserId } from '@vaxel/base'
import {
  areEnough,
  type CentreSurroundings,
  type Company,
  type Directory,
  isSameMailbox,
  type NumberReach,
  resolveNumber,
  secretsOfMailbox,
} from '@vaxel/core'
import type { CentreDependencies } from './dependencies.ts'

/** What a check of a centre may look at. */
export function surroundingsOf(
  { directory, flows, voicemail, mailChannel, webChats }: CentreDependencies,
  companyId: CompanyId,
): CentreSurroundings {
  const company = directory.company(companyId)
  const elsewhere = mailChannel.accounts().filter((account) => account.companyId !== companyId)
  const boxes = new Set(
    voicemail.mailboxesOf(companyId).flatMap((box) => (box.userId === undefined ? [box.number] : [])),
  )
  return {
    userName: (id) => {
      const user = directory.user(id as UserId)
      return user?.companyId === companyId ? user.displayName : undefined
    },
    numberReach: (number) => (company ? numberReach(directory, company, number) : { kind: 'unknown' }),
    soundName: (id) => flows.sound(companyId, id)?.name,
    hasMessageBox: (number) => boxes.has(number),
    hasSecrets: (mailbox) => areEnough(mailbox.login, secretsOfMailbox(mailChannel, companyId, mailbox)),
    isReadElsewhere: ({ reading }) =>
      elsewhere.some(({ removedAtMs, ...other }) => removedAtMs === undefined && isSameMailbox(other.reading, reading)),
    isIdOfOthers: (section, id) =>
      section === 'mailboxes'
        ? elsewhere.some((other) => other.id === id)
        : (webChats.site(id)?.companyId ?? companyId) !== companyId,
    queueNumbers: queueNumbersOf(directory, companyId),
  }
}

/** Numbers that lead to a queue by its identifier, in order. */
export function queueNumbersOf(directory: Directory, companyId: CompanyId): { number: string; queueId: string }[] {
  return directory
    .numbersOf(companyId)
    .flatMap(({ number, target }) =>
      target.kind === 'service' && target.service === 'queue' && target.id !== undefined
        ? [{ number, queueId: target.id }]
        : [],
    )
    .toSorted((a, b) => a.number.localeCompare(b.number, 'en', { numeric: true }))
}

/** A short dial leads to a number, which is no short dial again. */
function numberReach(directory: Directory, company: Company, number: string, isShort = false): NumberReach {
  const domain = directory.domainsOf(company.id)[0]?.name ?? ''
  const resolved = resolveNumber(directory, company, domain, number)
  switch (resolved.kind) {
    case 'emergency':
      return { kind: 'emergency' }
    case 'user':
      return { kind: 'people' }
    case 'own': {
      const { target } = resolved.number
      if (target.kind === 'short')
        return isShort ? { kind: 'unknown' } : numberReach(directory, company, target.to, true)
      if (target.kind !== 'service') return { kind: 'people' }
      if (target.service !== 'queue') return { kind: 'service' }
      return { kind: 'queue', ...(target.id === undefined ? {} : { queueId: target.id }) }
    }
    case 'external': {
      const isTaken = directory
        .trunksOf(company.id)
        .some(({ prefixes }) => prefixes.some((p) => resolved.number.startsWith(p) || number.startsWith(p)))
      return { kind: isTaken ? 'outside' : 'unknown' }
    }
    case 'code':
    case 'parkingPlace':
      return { kind: 'service' }
    case 'unknown':
      return { kind: 'unknown' }
  }
}
