import * as contract from '@vaxel/contract'
import { type OperationHandler, perform, type Principal } from '@vaxel/contract'
import type { Language } from '@vaxel/core'
import { calendar } from './calendar.ts'
import type { CredentialService } from './credential-service.ts'
import type { FlowDependencies } from './dependencies.ts'
import type { FlowService } from './flow-service.ts'
import type { ReplayService } from './replay-service.ts'
import { companyIdOf, languageFor } from './scope.ts'
import type { SoundService } from './sound-service.ts'
import type { TrialService } from './trial-service.ts'
import { toEntry } from './views.ts'
import { pageOf } from './page.ts'

/** The services behind the routes. */
export interface FlowServices {
  readonly service: FlowService
  readonly trials: TrialService
  readonly replays: ReplayService
  readonly sounds: SoundService
  readonly credentials: CredentialService
}

export function flowHandlers(parts: FlowDependencies, services: FlowServices): readonly OperationHandler[] {
  const { directory, flows, prompts, clock } = parts
  const { service, sounds, credentials } = services
  const inWords = (principal: Principal, { language }: { language?: Language }): Language =>
    languageFor(directory, principal, language)
  return [
    perform(contract.listFlows, ({ principal, query }) =>
      pageOf(
        flows.flowsOf(companyIdOf(principal)),
        (flow) => toEntry(flow, directory, services.trials.liveErrors(flow)),
        query,
      ),
    ),
    perform(contract.createFlow, ({ principal, body }) => service.create(principal, body.name, body.draft)),
    perform(contract.readFlow, ({ principal, params }) => service.read(principal, params.flowId)),
    perform(contract.renameFlow, ({ principal, params, body }) => service.rename(principal, params.flowId, body.name)),
    perform(contract.removeFlow, ({ principal, params }) => service.remove(principal, params.flowId)),
    perform(contract.putFlowDraft, ({ principal, params, body }) => service.putDraft(principal, params.flowId, body)),
    perform(contract.dropFlowDraft, ({ principal, params, query }) =>
      service.dropDraft(principal, params.flowId, query.revision),
    ),
    perform(contract.publishFlow, ({ principal, params, query, body }) =>
      service.publish(principal, params.flowId, body, inWords(principal, query)),
    ),
    perform(contract.listFlowVersions, ({ principal, params }) => service.versions(principal, params.flowId)),
    perform(contract.readFlowVersion, ({ principal, params }) =>
      service.version(principal, params.flowId, Number(params.version)),
    ),
    perform(contract.restoreFlowVersion, ({ principal, params, query }) =>
      service.restore(principal, params.flowId, Number(params.version), inWords(principal, query)),
    ),
    ...trialHandlers(services, inWords),
    perform(contract.listFlowSounds, ({ principal }) => sounds.list(principal)),
    perform(contract.uploadFlowSound, ({ principal, query, body }) => sounds.upload(principal, query.name, body)),
    perform(contract.readFlowSound, ({ principal, params }) => sounds.read(principal, params.soundId)),
    perform(contract.removeFlowSound, ({ principal, params }) => sounds.remove(principal, params.soundId)),
    perform(contract.listFlowCredentials, ({ principal }) => credentials.list(principal)),
    perform(contract.putFlowCredential, ({ principal, params, body }) => credentials.put(principal, params.name, body)),
    perform(contract.removeFlowCredential, ({ principal, params }) => credentials.remove(principal, params.name)),
    perform(contract.listFlowPrompts, () => ({
      items: Object.entries(prompts).map(([name, { en, sv, fr }]) => ({ name, en, sv, fr })),
    })),
    perform(contract.listHolidays, ({ principal, query }) =>
      calendar(directory, principal, query, inWords(principal, query), clock.now()),
    ),
  ]
}

function trialHandlers(
  { trials, replays }: FlowServices,
  inWords: (principal: Principal, query: { language?: Language }) => Language,
): readonly OperationHandler[] {
  return [
    perform(contract.checkFlow, ({ principal, params, query, body }) =>
      trials.check(principal, params.flowId, body.graph, inWords(principal, query)),
    ),
    perform(contract.simulateFlow, ({ principal, params, query, body }) =>
      trials.simulate(principal, params.flowId, body, inWords(principal, query)),
    ),
    perform(contract.listFlowCases, ({ principal, params }) => trials.cases(principal, params.flowId)),
    perform(contract.createFlowCase, ({ principal, params, body }) =>
      trials.createCase(principal, params.flowId, body),
    ),
    perform(contract.changeFlowCase, ({ principal, params, body }) =>
      trials.changeCase(principal, params.flowId, params.caseId, body),
    ),
    perform(contract.removeFlowCase, ({ principal, params }) =>
      trials.removeCase(principal, params.flowId, params.caseId),
    ),
    perform(contract.runFlowCases, ({ principal, params, query, body }) =>
      trials.runCases(principal, params.flowId, body.graph, inWords(principal, query)),
    ),
    perform(contract.compareFlow, ({ principal, params, query, body }) =>
      trials.differences(principal, params.flowId, body, inWords(principal, query)),
    ),
    perform(contract.replayFlow, ({ principal, params, query, body }) =>
      replays.replay(principal, params.flowId, body, inWords(principal, query)),
    ),
  ]
}
