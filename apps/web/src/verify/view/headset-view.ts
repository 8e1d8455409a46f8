import type { DevicesFound } from '../found.ts'
import type { PageSound } from '../page/page-sound.ts'
import { tryMicrophone } from '../page/try-microphone.ts'
import { fill, make } from './make.ts'
import type { Speech } from './speech.ts'

const toneMs = 1500

/** Microphone and speaker, each only after a click. */
export function headsetView({ word }: Speech, sound: PageSound, tell: (found: DevicesFound) => void): HTMLElement {
  const meter = make('meter', { min: 0, max: 1, low: 0.02, value: 0, 'aria-label': word('level') })
  const status = make('p', { role: 'status' })
  const answer = make('div')
  const microphone = make('button', { type: 'button' }, word('tryMicrophone'))
  const speaker = make('button', { type: 'button' }, word('trySpeaker'))
  const listen = async (): Promise<void> => {
    microphone.disabled = true
    fill(status, word('speakNow'), meter)
    const found = await tryMicrophone(sound, (level) => {
      meter.value = level
    })
    fill(status)
    microphone.disabled = false
    tell({ microphone: found })
  }
  const play = async (): Promise<void> => {
    speaker.disabled = true
    fill(answer)
    await sound.play(toneMs).catch(() => {})
    speaker.disabled = false
    const yes = make('button', { type: 'button', onclick: () => say('heard') }, word('yes'))
    const say = (heard: 'heard' | 'not-heard'): void => {
      fill(answer)
      speaker.focus()
      tell({ speaker: heard })
    }
    fill(
      answer,
      make('p', { id: 'heard-question' }, word('heardQuestion')),
      make(
        'p',
        { class: 'actions', role: 'group', 'aria-labelledby': 'heard-question' },
        yes,
        make('button', { type: 'button', onclick: () => say('not-heard') }, word('no')),
      ),
    )
    yes.focus()
  }
  microphone.addEventListener('click', () => void listen())
  speaker.addEventListener('click', () => void play())
  return make(
    'section',
    { class: 'card headset' },
    make('h2', {}, word('headset')),
    make('p', {}, word('headsetIntro')),
    make('p', { class: 'actions' }, microphone, speaker),
    status,
    answer,
  )
}
