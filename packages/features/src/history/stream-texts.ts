import { briefFieldsOf } from '@vaxel/contract'
import type { Notice, NumberedEvent } from '@vaxel/core'
import { toEventView } from './views.ts'

/** What happens now is the same object for every client of the stream: it is written out once. */
function writtenOnce<T extends object>(write: (told: T) => object): (told: T) => string {
  const texts = new WeakMap<T, string>()
  return (told) => {
    let text = texts.get(told)
    if (text === undefined) {
      text = JSON.stringify(write(told))
      texts.set(told, text)
    }
    return text
  }
}

/** An entry of the ledger as it stands there. */
export const wholeText = writtenOnce<NumberedEvent>(toEventView)

/**
 * An entry for a screen: without whose company it is, which the client knows, and with those fields of a call's `data` alone
 * that are needed before somebody reads the call's story.
 */
export const briefText = writtenOnce<NumberedEvent>((event) => {
  const { companyId: _, data, ...view } = toEventView(event)
  const fields = briefFieldsOf(event.kind)
  return {
    ...view,
    data: fields ? Object.fromEntries(Object.entries(data).filter(([name]) => fields.has(name))) : data,
  }
})

export const noticeText = writtenOnce<Notice>(({ kind, atMs, data }) => ({
  notice: kind,
  at: new Date(atMs).toISOString(),
  data,
}))
