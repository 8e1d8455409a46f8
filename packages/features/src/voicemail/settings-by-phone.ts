import { type GreetingKind, LineGone, type Spoken } from '@vaxel/core'
import { mostGreetingMs, mostNameMs } from './greeting-service.ts'
import { recordSound } from './record-sound.ts'
import { prompt } from './say.ts'
import type { Visit } from './visit.ts'

const kinds: Readonly<Record<string, GreetingKind>> = {
  1: 'standard',
  2: 'busy',
  3: 'noAnswer',
  4: 'away',
  5: 'holiday',
  6: 'name',
}
const mostTries = 3

/** Greetings are heard, recorded and taken away. `*` leads back. */
export async function greetingsMenu(visit: Visit): Promise<void> {
  for (let silences = 0; silences < mostTries; ) {
    const { keys } = await visit.line.readKeys({ say: prompt('voicemail-greetings-menu'), most: 1 })
    if (keys === '*') return
    silences = keys === '' ? silences + 1 : 0
    const kind = kinds[keys]
    if (kind) await greetingMenu(visit, kind)
  }
}

async function greetingMenu(visit: Visit, kind: GreetingKind): Promise<void> {
  const { parts, line, box, by } = visit
  const { keys } = await line.readKeys({ say: prompt('voicemail-greeting-menu'), most: 1 })
  const now = parts.boxes.find(box.companyId, box.id)?.greetings.find((greeting) => greeting.kind === kind)
  if (keys === '1') {
    const sound: Spoken[] = now
      ? [{ kind: 'sound', source: parts.files.source(now) }]
      : prompt('voicemail-greeting-none')
    await line.say(sound)
  } else if (keys === '2') await recordGreeting(visit, kind)
  else if (keys === '3') {
    await parts.greetings.remove(box, kind, by)
    await line.say(prompt('voicemail-deleted-greeting'))
  }
}

async function recordGreeting(visit: Visit, kind: GreetingKind): Promise<void> {
  const { parts, line, box, by } = visit
  for (let tries = 0; tries < mostTries; tries++) {
    const sound = await recordSound(visit, kind === 'name' ? mostNameMs : mostGreetingMs, 'voicemail-after-tone')
    if (!sound) {
      await line.say(prompt('voicemail-too-short'))
      continue
    }
    let wish: string
    try {
      wish = await askToKeep(visit, sound)
    } catch (error) {
      // Who hangs up has not said that it may be heard by everybody.
      if (error instanceof LineGone) await parts.files.remove(sound)
      throw error
    }
    if (wish === '1') {
      await parts.greetings.put(box, kind, sound, 'phone', by)
      return await line.say(prompt('voicemail-greeting-kept'))
    }
    await parts.files.remove(sound)
    if (wish !== '3') return
  }
}

async function askToKeep({ parts, line }: Visit, sound: Parameters<typeof parts.files.source>[0]): Promise<string> {
  for (;;) {
    const { keys } = await line.readKeys({ say: prompt('voicemail-greeting-keep'), most: 1 })
    if (keys !== '2') return keys
    await line.say([{ kind: 'sound', source: parts.files.source(sound) }])
  }
}

/** A new PIN, twice. */
export async function changePin({ parts, line, box, by }: Visit): Promise<void> {
  for (let tries = 0; tries < mostTries; tries++) {
    const first = await line.readKeys({ say: prompt('voicemail-new-pin'), most: 12, endOn: '#' })
    if (first.keys === '' || first.keys.includes('*')) return
    const again = await line.readKeys({ say: prompt('voicemail-new-pin-again'), most: 12, endOn: '#' })
    if (first.keys !== again.keys) {
      await line.say(prompt('voicemail-pin-differs'))
      continue
    }
    if (!(await parts.pins.set(box, first.keys, by))) return await line.say(prompt('voicemail-pin-changed'))
    await line.say(prompt('voicemail-pin-weak'))
  }
}
