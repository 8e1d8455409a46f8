import type { Mailbox, ServiceLine } from '@vaxel/core'
import type { VoicemailParts } from './parts.ts'
import { prompt } from './say.ts'

const mostTries = 3

/** Who is in, or that they were led elsewhere: to leave a message in a mailbox (`*` and its number). */
export type Entered = { readonly kind: 'in' | 'leave'; readonly box: Mailbox } | undefined

/**
 * Lets somebody into a mailbox. At a registered device of its person: at once where there is no PIN yet, or where they want it so;
 * else by PIN. `*` at the question for the PIN leads to other mailboxes. From anywhere else: by number and PIN. Which of both was
 * wrong is not said, and takes as long.
 * @param known the mailbox that was called
 * @returns undefined when they did not get in; they have heard why
 */
export async function enterMailbox(parts: VoicemailParts, line: ServiceLine, known?: Mailbox): Promise<Entered> {
  const { boxes, pins } = parts
  let box = known ?? (line.user && boxes.ofUser(line.user))
  for (let tries = 0; tries < mostTries; tries++) {
    let asked = box?.id ?? ''
    if (!box) {
      const number = await askNumber(line)
      if (number === undefined) continue
      if (number.startsWith('*')) {
        const leave = boxes.ofNumber(line.companyId, number.slice(1))
        if (leave) return { kind: 'leave', box: leave }
        await line.say(prompt('voicemail-no-box-there'))
        continue
      }
      box = boxes.ofNumber(line.companyId, number)
      asked = `${line.companyId} ${number}` as typeof asked
    }
    const isOwnDevice = box !== undefined && line.user !== undefined && boxes.mayListen(line.user.id, box)
    const needsPin = !(isOwnDevice && box && (box.pinHash === undefined || boxes.settings(box).skipsPin))
    if (box && !needsPin) return { kind: 'in', box }
    if (pins.isLocked(box?.id ?? asked, isOwnDevice)) {
      line.note('voicemail-locked', 'too many wrong PINs were tried', {})
      await line.say(prompt('voicemail-locked'))
      return undefined
    }
    const { keys } = await line.readKeys({ say: prompt('voicemail-enter-pin'), most: 12, endOn: '#' })
    if (keys === '*') {
      box = undefined
      continue
    }
    if (await pins.check(box, asked, keys.replace(/\D/g, ''), isOwnDevice)) return { kind: 'in', box: box! }
    line.note('voicemail-wrong-pin', 'the PIN or the mailbox was wrong', {})
    await line.say(prompt('voicemail-wrong'))
    if (!known && !isOwnDevice) box = undefined
  }
  await line.say(prompt('voicemail-goodbye'))
  return undefined
}

async function askNumber(line: ServiceLine): Promise<string | undefined> {
  const { keys } = await line.readKeys({ say: prompt('voicemail-enter-box'), most: 20, endOn: '#' })
  return keys === '' ? undefined : keys
}
