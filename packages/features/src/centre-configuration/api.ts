import type { CompanyId, UserId } from '@vaxel/base'
import * as contract from '@vaxel/contract'
import { type OperationHandler, perform, type Principal } from '@vaxel/contract'
import type { CentreSection, CentreThing, Language, ScreenPop } from '@vaxel/core'
import type { CentreDependencies } from './dependencies.ts'
import type { DraftService } from './draft-service.ts'
import type { QueueService } from './queue-service.ts'
import { toPublishedView } from './views.ts'

/** Routes of the configuration of contact centres. */
export function centreHandlers(
  { centres, directory }: CentreDependencies,
  drafts: DraftService,
  queues: QueueService,
): readonly OperationHandler[] {
  const inWords = ({ userId }: Principal, { language }: { language?: Language }): Language =>
    language ?? directory.user(userId as UserId)?.language ?? 'en'
  return [
    perform(contract.readCentre, ({ principal }) =>
      toPublishedView(centres.published(principal.companyId as CompanyId)),
    ),
    perform(contract.readCentreDraft, ({ principal, query }) => drafts.read(principal, inWords(principal, query))),
    perform(contract.putCentreDraft, ({ principal, query, body }) =>
      drafts.put(principal, inWords(principal, query), body.revision, body.centre),
    ),
    perform(contract.dropCentreDraft, ({ principal, query }) =>
      drafts.drop(principal, inWords(principal, query), query.revision),
    ),
    ...thingHandlers(drafts, inWords),
    perform(contract.changeCentreAgents, ({ principal, query, body: { revision, ...wish } }) =>
      drafts.changeAgents(principal, inWords(principal, query), revision, wish),
    ),
    perform(contract.checkCentre, ({ principal, query, body }) =>
      drafts.check(principal, inWords(principal, query), body.centre),
    ),
    perform(contract.compareCentres, ({ principal, query }) =>
      drafts.compare(principal, inWords(principal, query), query.from ?? 'published', query.to ?? 'draft'),
    ),
    perform(contract.publishCentre, ({ principal, query, body }) =>
      drafts.publish(principal, inWords(principal, query), body.revision, body.note),
    ),
    perform(contract.listCentreVersions, ({ principal, query }) => drafts.versions(principal, query)),
    perform(contract.readCentreVersion, ({ principal, params }) => drafts.version(principal, Number(params.version))),
    perform(contract.restoreCentreVersion, ({ principal, params, query, body }) =>
      drafts.restore(principal, inWords(principal, query), Number(params.version), body.note),
    ),
    perform(contract.makeCentreQueue, ({ principal, address, query, body }) =>
      queues.make(principal, address, inWords(principal, query), body),
    ),
    perform(contract.giveQueueNumber, ({ principal, address, params, query }) =>
      queues.giveNumber(principal, address, inWords(principal, query), params.queueId, params.number),
    ),
  ]
}

const puts = {
  queues: contract.putCentreQueue,
  agents: contract.putCentreAgent,
  skills: contract.putCentreSkill,
  schedules: contract.putCentreSchedule,
  reasons: contract.putCentreReason,
  wrapUpCodes: contract.putCentreWrapUpCode,
  templates: contract.putCentreTemplate,
  alarms: contract.putCentreAlarm,
  mailboxes: contract.putCentreMailbox,
  websites: contract.putCentreWebsite,
} as const

function thingHandlers(
  drafts: DraftService,
  inWords: (principal: Principal, query: { language?: Language }) => Language,
): readonly OperationHandler[] {
  const handlers = Object.entries(puts).map(([section, operation]) =>
    perform(operation, ({ principal, params, query, body }) =>
      drafts.putThing(principal, inWords(principal, query), body.revision, {
        section: section as CentreSection,
        id: params.id,
        thing: body.value as unknown as CentreThing,
      }),
    ),
  )
  return [
    ...handlers,
    perform(contract.putCentreScreenPop, ({ principal, query, body }) =>
      drafts.putScreenPop(principal, inWords(principal, query), body.revision, body.value as ScreenPop | null),
    ),
    perform(contract.removeCentreThing, ({ principal, params, query }) =>
      drafts.removeThing(principal, inWords(principal, query), query.revision, params.section, params.id),
    ),
  ]
}
