import type { Mistake } from '@vaxel/base'
import {
  type ConfigurationReader,
  type Directory,
  isCompanyShortDial,
  type NumberTarget,
  ownShortDials,
  type PhoneNumber,
  resolveNumber,
  routeCall,
  userIn,
} from '@vaxel/core'
import type { Acting, AdministrationDependencies } from './scope.ts'

/** What is wrong with what a number is to reach; all of it at once. */
export function mistakesOfTarget(
  current: ConfigurationReader,
  acting: Acting,
  { number, target }: PhoneNumber,
  { flows, centres }: Pick<AdministrationDependencies, 'flows' | 'centres'> = {},
): readonly Mistake[] {
  const isKnown = (userId: string) => userIn(current, acting, userId) !== undefined
  const reason = 'is no user of the company'
  switch (target.kind) {
    case 'user':
      return isKnown(target.userId) ? [] : [{ path: '/target/userId', reason }]
    case 'group':
    case 'shared':
      return [
        ...target.userIds.flatMap((userId, i) => (isKnown(userId) ? [] : [{ path: `/target/userIds/${i}`, reason }])),
        ...target.userIds.flatMap((userId, i) =>
          target.userIds.indexOf(userId) < i ? [{ path: `/target/userIds/${i}`, reason: 'is named twice' }] : [],
        ),
        ...mistakesOfOverflow(current, acting, number, target.overflow),
      ]
    case 'short':
      return [...mistakesOfShortDial(number), ...mistakeAt('/target/to', whyNowhere(current, acting, target.to))]
    case 'service': {
      if (target.service === 'queue' && centres && target.id !== undefined) {
        const queues = centres.published(acting.companyId)?.centre.queues ?? []
        const isThere = queues.some(({ id }) => id === target.id)
        return mistakeAt('/target/id', isThere ? undefined : 'names no queue that is published')
      }
      if (target.service !== 'flow' || !flows) return []
      const flow = target.id === undefined ? undefined : flows.flow(acting.companyId, target.id)
      return mistakeAt('/target/id', flow ? undefined : 'names no flow of the company')
    }
  }
}

function mistakesOfOverflow(
  current: ConfigurationReader,
  acting: Acting,
  number: string,
  overflow: Extract<NumberTarget, { kind: 'group' }>['overflow'] = {},
): readonly Mistake[] {
  return (['busy', 'noAnswer'] as const).flatMap((when) => {
    const to = overflow[when]
    if (to === undefined) return []
    const why =
      to === number
        ? 'is the number itself: calls would come back at once'
        : whyNowhere(current, acting, to, 'diversion')
    return mistakeAt(`/target/overflow/${when}`, why)
  })
}

/** A number that begins as people's own short dials do must be one of the company's; any other may stand for another one too. */
function mistakesOfShortDial(number: string): readonly Mistake[] {
  return /^\d|^\+/.test(number) || isCompanyShortDial(number)
    ? []
    : mistakeAt('/number', `is no short dial: those of a company are ${ownShortDials} and three or four digits`)
}

/** Why a number of the company's choice does not take calls, or undefined. @param sentBy absent: people dial it */
function whyNowhere(current: Directory, { companyId }: Acting, to: string, sentBy?: 'diversion'): string | undefined {
  const company = current.company(companyId)
  const [domain] = current.domainsOf(companyId)
  if (!company || !domain) return 'cannot be looked up: the company has no domain'
  const target = resolveNumber(current, company, domain.name, to)
  if (target.kind === 'own' && target.number.target.kind === 'short') return 'is a short dial itself'
  const question = { directory: current, company, domain: domain.name, from: { kind: 'company' as const }, dialled: to }
  const route = routeCall({ ...question, ...(sentBy === undefined ? {} : { sentBy }) })
  if (route.kind === 'refused') return `does not take calls: ${route.refusal.text}`
  return route.kind === 'trunk' && route.isEmergency
    ? 'is an emergency number, which people dial themselves'
    : undefined
}

const mistakeAt = (path: string, reason: string | undefined): readonly Mistake[] =>
  reason === undefined ? [] : [{ path, reason }]
