import { isRefusal, type CompanyId } from '@vaxel/base'
import {
  changeMailboxQuota,
  changeMailboxSettings,
  changeSharedMailbox,
  createSharedMailbox,
  deleteVoiceMessage,
  forwardVoiceMessage,
  listMyMailboxes,
  listSharedMailboxes,
  listVoiceMessages,
  markVoiceMessage,
  NotFound,
  type OperationHandler,
  perform,
  putGreeting,
  readGreetingAudio,
  readMailboxQuota,
  readVoiceMessage,
  readVoiceMessageAudio,
  removeGreeting,
  removeSharedMailbox,
  resetMailboxPin,
  restoreVoiceMessage,
  setMailboxPin,
} from '@vaxel/contract'
import type { VoicemailParts } from './parts.ts'
import type { SharedMailboxes } from './shared-mailboxes.ts'
import { messageView } from './views.ts'
import type { WebService } from './web-service.ts'

const usualLimit = 50

/** Voicemail over the API. */
export function voicemailHandlers(
  { boxes, messages, greetings, pins }: VoicemailParts,
  web: WebService,
  shared: SharedMailboxes,
): readonly OperationHandler[] {
  return [
    perform(listMyMailboxes, ({ principal }) => web.mailboxes(principal)),
    perform(changeMailboxSettings, ({ principal, params, body }) => web.changeSettings(principal, params.boxId, body)),
    perform(setMailboxPin, async ({ principal, params, body }) => {
      const box = web.box(principal, params.boxId)
      return isRefusal(box) ? box : pins.set(box, body.pin, principal.userId)
    }),
    perform(resetMailboxPin, async ({ principal, params }) => {
      const box = boxes.find(principal.companyId as CompanyId, params.boxId)
      return box ? pins.set(box, undefined, principal.userId) : NotFound()
    }),
    perform(listVoiceMessages, async ({ principal, params, query }) => {
      const box = web.box(principal, params.boxId)
      if (isRefusal(box)) return box
      const { limit = usualLimit, before, state } = query
      const states = state === undefined ? (['new', 'saved'] as const) : [state]
      const found = await messages.list(box, { states, limit: limit + 1, ...(before === undefined ? {} : { before }) })
      const items = found.slice(0, limit).map(messageView)
      const last = items.at(-1)
      return { items, ...(found.length > limit && last ? { next: last.id } : {}) }
    }),
    perform(readVoiceMessage, async ({ principal, params }) => {
      const found = await web.message(principal, params.boxId, params.messageId)
      return isRefusal(found) ? found : messageView(found.message)
    }),
    perform(readVoiceMessageAudio, async ({ principal, params, query }) => {
      const found = await web.message(principal, params.boxId, params.messageId)
      if (isRefusal(found)) return found
      const { message } = found
      const name = `${new Date(message.atMs).toISOString().slice(0, 16).replace(/\D/g, '-')}.wav`
      return web.audio(query.part === 'comment' ? message.spokenComment : message, name)
    }),
    perform(markVoiceMessage, async ({ principal, params, body }) => {
      const found = await web.message(principal, params.boxId, params.messageId)
      if (isRefusal(found)) return found
      return messageView(await messages.setHeard(found.message, found.box, body.isHeard, principal.userId))
    }),
    perform(deleteVoiceMessage, async ({ principal, params }) => {
      const found = await web.message(principal, params.boxId, params.messageId)
      return isRefusal(found) ? found : web.delete(principal, found)
    }),
    perform(restoreVoiceMessage, async ({ principal, params }) => {
      const found = await web.message(principal, params.boxId, params.messageId)
      if (isRefusal(found)) return found
      return messageView(await messages.restore(found.message, found.box, principal.userId))
    }),
    perform(forwardVoiceMessage, async ({ principal, params, body }) => {
      const found = await web.message(principal, params.boxId, params.messageId)
      return isRefusal(found) ? found : web.forward(principal, found, body)
    }),
    perform(putGreeting, async ({ principal, params, body }) => {
      const box = web.box(principal, params.boxId)
      if (isRefusal(box)) return box
      const refused = await greetings.upload(box, params.kind, body, principal.userId)
      return refused ?? web.view(principal, params.boxId)
    }),
    perform(removeGreeting, async ({ principal, params }) => {
      const box = web.box(principal, params.boxId)
      if (isRefusal(box)) return box
      await greetings.remove(box, params.kind, principal.userId)
      return undefined
    }),
    perform(readGreetingAudio, async ({ principal, params }) => {
      const box = web.box(principal, params.boxId)
      return isRefusal(box) ? box : web.greeting(box, params.kind)
    }),
    perform(listSharedMailboxes, ({ principal }) => shared.list(principal)),
    perform(createSharedMailbox, ({ principal, body }) => shared.make(principal, body)),
    perform(changeSharedMailbox, ({ principal, params, body }) => shared.change(principal, params.boxId, body)),
    perform(removeSharedMailbox, ({ principal, params }) => shared.remove(principal, params.boxId)),
    perform(readMailboxQuota, ({ principal, params }) => {
      const box = boxes.find(principal.companyId as CompanyId, params.boxId)
      if (!box) return NotFound()
      const { mostMessages, mostMinutes } = boxes.settings(box)
      const { newMessages, savedMessages, usedMs } = boxes.counts(box)
      return {
        mostMessages,
        mostMinutes,
        messages: newMessages + savedMessages,
        usedSeconds: Math.round(usedMs / 1000),
        hasPin: box.pinHash !== undefined,
      }
    }),
    perform(changeMailboxQuota, async ({ principal, params, body }) => {
      const box = boxes.find(principal.companyId as CompanyId, params.boxId)
      if (!box) return NotFound()
      const data = { box: box.id, by: principal.userId, fields: Object.keys(body) }
      await boxes.put({ ...box, settings: { ...box.settings, ...body } }, { kind: 'voicemail.settingsChanged', data })
      return undefined
    }),
  ]
}
