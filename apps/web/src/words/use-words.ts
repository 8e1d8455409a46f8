import { createContext, useContext } from 'react'
import type { Format } from './format.ts'
import type { Words } from './words.ts'

export interface Speech {
  readonly words: Words
  readonly format: Format
}

export const SpeechContext = createContext<Speech | undefined>(undefined)

function useSpeech(): Speech {
  const speech = useContext(SpeechContext)
  if (!speech) throw new Error('a screen is drawn without a language')
  return speech
}

/** The texts in the person's language: `useWords().phone.title`. */
export const useWords = (): Words => useSpeech().words

/** How the person's language writes dates and numbers. */
export const useFormat = (): Format => useSpeech().format
