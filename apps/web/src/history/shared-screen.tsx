import { useEffect, useState } from 'react'
import { ApiFault } from '../api/api.ts'
import { faultText } from '../app/app.ts'
import type { ScreenProps } from '../app/feature.ts'
import { useApp } from '../app/use-app.ts'
import { Banner, Card, Empty, Page, Quiet } from '../look/index.ts'
import { useFormat, useWords } from '../words/use-words.ts'
import css from './history.module.css'
import { LadderView } from './ladder-view.tsx'
import type { SharedCall } from './shared-call.ts'
import { StoryView } from './story-view.tsx'

/** A call that somebody has shared, for whoever has the link. */
export function Screen({ params }: ScreenProps) {
  const words = useWords()
  const { history } = words
  const format = useFormat()
  const { api } = useApp()
  const [shared, setShared] = useState<SharedCall>()
  const [fault, setFault] = useState<unknown>()
  const token = params.token ?? ''
  useEffect(() => {
    api.call('readSharedCall', { params: { token } }).then(setShared, setFault)
  }, [api, token])
  const isGone = fault instanceof ApiFault && (fault.status === 404 || fault.status === 400)
  return (
    <main className={css.shared}>
      <Page title={history.sharedTitle}>
        {isGone && (
          <Empty icon="link" title={history.shareGone}>
            {history.shareGoneText}
          </Empty>
        )}
        {fault !== undefined && !isGone && <Banner tone="bad">{faultText(words, fault)}</Banner>}
        {shared && (
          <>
            <Quiet>
              {history.sharedBy(shared.company)} {history.sharedUntil(format.dateTime(Date.parse(shared.expiresAt)))}
            </Quiet>
            <h2>
              {shared.story.caller.name ?? shared.story.caller.number} →{' '}
              {shared.story.called.name ?? shared.story.called.number}
            </h2>
            <Quiet>{format.dateTime(Date.parse(shared.story.startedAt))}</Quiet>
            <StoryView story={shared.story} />
            {shared.messages.length > 0 && (
              <Card title={history.ladder}>
                <LadderView messages={shared.messages} />
              </Card>
            )}
          </>
        )}
      </Page>
    </main>
  )
}
