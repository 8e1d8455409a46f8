import { useCallback, useState } from 'react'
import { useApp } from '../app/use-app.ts'
import { useKeptLoaded } from '../app/use-kept-loaded.ts'
import { useValue } from '../base/use-value.ts'
import { LateSelect } from '../look/late-select.tsx'
import { useWords } from '../words/use-words.ts'
import { askLines, callOn, chosenLine, type LineOffer, type OutLine } from './line-choice.ts'

const usually = 'usual'

/** On which number the next calls are made: the own one, or a shared line's. Nothing for whoever has no choice. */
export function CallAs() {
  const { telephone } = useWords()
  const app = useApp()
  const chosen = useValue(chosenLine)
  const person = useValue(app.me)
  const [offer, setOffer] = useState<LineOffer>({ lines: [] })
  const load = useCallback(() => {
    // Without an answer calls show what they did; a number can be called without any.
    askLines(app).then(setOffer, () => {})
  }, [app])
  useKeptLoaded(load)
  const { lines, usual } = offer
  const named = ({ name, number }: OutLine) => (name === number ? number : `${name} (${number})`)
  const others = lines.filter(({ number }) => number !== usual?.number)
  if (others.length === 0) return null
  const first = usual ? named(usual) : telephone.ownNumber(person?.user.extension)
  return (
    <LateSelect
      label={telephone.callAs}
      choices={[{ id: usually, label: first }, ...others.map((line) => ({ id: line.number, label: named(line) }))]}
      value={chosen !== undefined && chosen !== usual?.number ? chosen : usually}
      onChange={(id) => callOn(app, id === usually ? undefined : id)}
    />
  )
}
