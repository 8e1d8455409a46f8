import { isRefusal } from '@vaxel/base'
import * as contract from '@vaxel/contract'
import { type OperationHandler, perform } from '@vaxel/contract'
import type { CallShare } from '@vaxel/core'
import { callsAsCsv } from './calls-csv.ts'
import type { HistoryService } from './history-service.ts'
import type { LiveCallService } from './live-call-service.ts'
import type { RecordingService } from './recording-service.ts'
import type { ShareService } from './share-service.ts'
import { toStoryView } from './story/story-view.ts'
import type { StoryService } from './story-service.ts'
import { toCallView, toEventView, toLegView, toLiveCallView, toMessageView } from './views.ts'

export function historyHandlers(history: HistoryService): readonly OperationHandler[] {
  return [
    perform(contract.listCalls, async ({ principal, query }) => {
      const { calls, next } = await history.calls(principal, query)
      return { items: calls.map(toCallView), ...(next === undefined ? {} : { next }) }
    }),
    perform(contract.exportCalls, async ({ principal, query }) => {
      const { calls, isCut } = await history.export(principal, query)
      return { name: 'calls.csv', csv: callsAsCsv(calls), calls: calls.length, isCut }
    }),
    perform(contract.readCall, async ({ principal, params }) => {
      const found = await history.call(principal, params.callId)
      if (isRefusal(found)) return found
      return {
        call: toCallView(found.call),
        legs: found.legs.map(toLegView),
        timeline: found.events.map(toEventView),
        troubles: found.troubles,
        messages: found.messages.map(toMessageView),
      }
    }),
    perform(contract.listEvents, async ({ principal, query }) => {
      const { events, last } = await history.events(principal, query)
      return { items: events.map(toEventView), last }
    }),
  ]
}

export function liveCallHandlers(calls: LiveCallService): readonly OperationHandler[] {
  return [
    perform(contract.makeCall, ({ principal, body }) => calls.make(principal, body)),
    perform(contract.listLiveCalls, ({ principal }) => ({ items: calls.list(principal).map(toLiveCallView) })),
    perform(contract.readLiveCall, ({ principal, params }) => {
      const call = calls.read(principal, params.callId)
      return isRefusal(call) ? call : toLiveCallView(call)
    }),
    perform(contract.commandCall, ({ principal, params, body }) =>
      calls.command(principal, params.callId, params.verb, body),
    ),
  ]
}

const time = (ms: number): string => new Date(ms).toISOString()

export function storyHandlers(
  stories: StoryService,
  shares: ShareService,
  recordings: RecordingService,
): readonly OperationHandler[] {
  const shareView = ({ companyId: _, createdAtMs, expiresAtMs, ...share }: CallShare) => ({
    ...share,
    createdAt: time(createdAtMs),
    expiresAt: time(expiresAtMs),
  })
  return [
    perform(contract.readCallStory, async ({ principal, params }) => {
      const story = await stories.story(principal, params.callId)
      return story ? toStoryView(story) : contract.NotFound()
    }),
    perform(contract.listRecordings, async ({ principal, params }) => {
      const found = await stories.recordings(principal, params.callId)
      if (!found) return contract.NotFound()
      return { items: found.map(({ startedAtMs, file: _, ...rest }) => ({ ...rest, startedAt: time(startedAtMs) })) }
    }),
    perform(contract.readRecordingAudio, ({ principal, params }) =>
      recordings.audio(principal, params.callId, params.recordingId),
    ),
    perform(contract.createCallShare, async ({ principal, params, body }) => {
      const made = await shares.create(principal, params.callId, body)
      return isRefusal(made) ? made : { share: shareView(made.share), path: `/shared/${made.token}` }
    }),
    perform(contract.listCallShares, async ({ principal, params }) => {
      const found = await shares.list(principal, params.callId)
      return isRefusal(found) ? found : { items: found.map(shareView) }
    }),
    perform(contract.removeCallShare, ({ principal, params }) =>
      shares.remove(principal, params.callId, params.shareId),
    ),
    perform(contract.readSharedCall, ({ params, address }) => shares.open(params.token, address)),
  ]
}
