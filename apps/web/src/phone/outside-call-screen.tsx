import { useMemo } from 'react'
import type { ScreenProps } from '../app/feature.ts'
import { useApp } from '../app/use-app.ts'
import { useValue } from '../base/use-value.ts'
import { Button, Card, Line, Page } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import { phoneHolder, phoneState } from './phone-holder.ts'

/** `/call?to=tel:+46…`: a link of another page or program. It calls nobody before it was allowed to. */
export function Screen(_: ScreenProps) {
  const { phone: texts, shell } = useWords()
  const { router } = useApp()
  const runtime = useValue(phoneHolder)
  const { place } = useValue(phoneState)
  const { query } = useValue(router.location)
  const number = useMemo(() => numberOf(query.get('to') ?? ''), [query])
  return (
    <Page title={texts.title}>
      <Card title={number === '' ? texts.noCalls : texts.callNumber(number)}>
        {number !== '' && <p>{texts.outsideAsk}</p>}
        <Line>
          <Button
            kind="primary"
            size="large"
            icon="call"
            isDisabled={number === '' || place !== 'here'}
            autoFocus
            onPress={() => {
              router.replace('/phone')
              void runtime?.phone.call(number)
            }}
          >
            {texts.callNumber(number)}
          </Button>
          <Button size="large" onPress={() => router.replace('/phone')}>
            {shell.cancel}
          </Button>
        </Line>
      </Card>
    </Page>
  )
}

/** What can be dialled of a link (RFC 3966): parameters and separators are left out. */
function numberOf(link: string): string {
  const plain = link.replace(/^(web\+)?(tel|callto|sip|sips):(\/\/)?/i, '').split(/[;?]/, 1)[0]!
  return plain.replace(/[\s().-]/g, '').slice(0, 64)
}
