import { languageOf, type Mailbox, type ServiceLine, type VoiceService } from '@vaxel/core'
import { enterMailbox } from './enter-mailbox.ts'
import { leaveMessage } from './leave-message.ts'
import { listen } from './listen.ts'
import type { VoicemailParts } from './parts.ts'
import { prompt } from './say.ts'

/**
 * What answers the number of voicemail. A call that was diverted leaves a message for the first who has a mailbox; so does a call to a number
 * that stands for one mailbox. Everybody else listens: to their own, or to one whose number and PIN they know.
 */
export function telephoneService(parts: VoicemailParts): VoiceService {
  const { boxes, directory } = parts
  return async (line) => {
    const target = directory.number(line.companyId, line.number)?.target
    const meant =
      target?.kind === 'service' && target.id !== undefined ? boxes.find(line.companyId, target.id) : undefined
    const diverted = boxes.ofDiversions(line.companyId, line.diversions)
    const box = meant ?? diverted?.box
    // A group without a mailbox: nobody would ever hear what is said here.
    if (!box && line.diversions.length > 0) return await line.say(prompt('voicemail-no-messages-taken'))
    // Who calls themselves wants to listen.
    if (!box || (line.user && box.userId === line.user.id)) return await goIn(parts, line)
    if ((await leaveMessage(parts, line, box, diverted?.by)) === 'wants-in') await goIn(parts, line, box)
  }
}

async function goIn(parts: VoicemailParts, line: ServiceLine, known?: Mailbox): Promise<void> {
  const entered = await enterMailbox(parts, line, known)
  if (!entered) return
  if (entered.kind === 'leave') {
    await leaveMessage(parts, line, entered.box)
    return
  }
  const { box } = entered
  const owner = box.userId && parts.directory.user(box.userId)
  line.language = owner?.language ?? line.user?.language ?? languageOf(line.company)
  const name = parts.boxes.nameOf(box)
  line.note('voicemail-listens', `listens to the mailbox of ${name}`, { name })
  await listen({ parts, line, box, by: line.user?.id ?? `telephone ${line.caller.number}` })
}
