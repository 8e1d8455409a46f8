import { playSound } from '../agent/play-sound.ts'
import type { App } from '../app/app.ts'
import { asLanguage } from '../words/use-text.ts'
import { say } from '@vaxel/site'
import { emergencyHolder } from './emergency-holder.ts'
import { EmergencyModel } from './emergency-model.ts'
import { sentences } from './emergency-words.ts'

const loud = 1

/** @returns ends it, at log-out */
export function startEmergency(app: App, userId: string): () => void {
  const model = new EmergencyModel({
    api: app.api,
    userId,
    onTaken: ({ seen }) => {
      const language = asLanguage(app.speech.speech.get().format.language)
      app.toasts.show({
        tone: 'info',
        text: say(sentences, language, { key: 'taken', values: { name: seen?.name ?? '' } }),
      })
    },
  })
  let heard = new Set<string>()
  const stopSound = model.open.subscribe(() => {
    const now = model.open.get().map(({ callId }) => callId)
    if (now.some((callId) => !heard.has(callId))) playSound('knock', loud)
    heard = new Set([...heard, ...now])
  })
  const stop = model.follow(app.events)
  emergencyHolder.set(model)
  return () => {
    stop()
    stopSound()
    emergencyHolder.set(undefined)
  }
}
