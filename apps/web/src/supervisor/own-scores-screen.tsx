import { faultText } from '../app/app.ts'
import { useApp } from '../app/use-app.ts'
import { Banner, Empty, Page } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import { ScoreList } from './score-list.tsx'
import { useAsked } from './use-asked.ts'

/** How an agent's own conversations were found. */
export function Screen() {
  const words = useWords()
  const { api } = useApp()
  const { answer, fault } = useAsked(() => api.call('listOwnScores', { query: { limit: 200 } }), '')
  return (
    <Page title={words.supervisor.ownScores}>
      {fault !== undefined && <Banner tone="bad">{faultText(words, fault)}</Banner>}
      {answer?.items.length === 0 && <Empty icon="star" title={words.supervisor.noScores} />}
      {answer && <ScoreList scores={answer.items} />}
    </Page>
  )
}
