import type { ScreenProps } from '../app/feature.ts'
import { ConferencePage } from './conference-page.tsx'
import { RoomsPage } from './rooms-page.tsx'

/** The company's rooms, or the one that was opened. */
export function Screen({ params }: ScreenProps) {
  const { number } = params
  return number === undefined ? <RoomsPage /> : <ConferencePage key={number} number={decodeURIComponent(number)} />
}
