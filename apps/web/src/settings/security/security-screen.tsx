import { Page } from '../../look/index.ts'
import { useWords } from '../../words/use-words.ts'
import { Section } from './security-section.tsx'

/** The same by itself: where a link leads that says what to do about one's login. */
export function Screen() {
  const { security } = useWords()
  return (
    <Page title={security.title}>
      <Section />
    </Page>
  )
}
