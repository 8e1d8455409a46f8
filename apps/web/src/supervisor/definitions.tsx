import { Card, Terms } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import type { supervisorEn } from './words/en.ts'

export type FigureWord = keyof (typeof supervisorEn)['definition']

/** What each figure on the screen means, beside it. */
export function Definitions({
  figures,
  hasLevelNow,
  hasSum,
}: {
  readonly figures: readonly FigureWord[]
  readonly hasLevelNow?: boolean
  readonly hasSum?: boolean
}) {
  const { supervisor: words } = useWords()
  return (
    <Card title={words.definitions}>
      <Terms
        items={[
          ...(hasLevelNow ? [[words.levelNow, words.levelNowDefinition] as const] : []),
          ...figures.map((figure) => [words.figures[figure], words.definition[figure]] as const),
        ]}
      />
      {hasSum && <p>{words.sum}</p>}
    </Card>
  )
}
