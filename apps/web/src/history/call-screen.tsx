import { useEffect, useMemo, useState } from 'react'
import { ApiFault } from '../api/api.ts'
import type { ScreenProps } from '../app/feature.ts'
import { Link } from '../app/link.tsx'
import { useApp, useMe } from '../app/use-app.ts'
import { faultText } from '../app/app.ts'
import { useValue } from '../base/use-value.ts'
import { Banner, Button, Card, Page, Quiet } from '../look/index.ts'
import { useFormat, useWords } from '../words/use-words.ts'
import { CallViewModel } from './call-view-model.ts'
import css from './history.module.css'
import { LadderView } from './ladder-view.tsx'
import { RecordingPlayer } from './recording-player.tsx'
import { ShareDialog } from './share-dialog.tsx'
import { StoryView } from './story-view.tsx'

/** What happened to one call. */
export function Screen({ params }: ScreenProps) {
  const callId = params.id ?? ''
  const words = useWords()
  const { history } = words
  const format = useFormat()
  const app = useApp()
  const viewModel = useMemo(() => new CallViewModel({ ...app, callId }), [app, callId])
  const { story, recordings, messages, names, fault, loadedAtMs } = useValue(viewModel.state)
  const { user } = useMe()
  const seesMessages = user.role === 'supervisor' || user.role === 'administrator'
  const [isSharing, setSharing] = useState(false)
  useEffect(() => viewModel.follow(app.events), [viewModel, app])
  const title = story
    ? `${story.caller.name ?? story.caller.number} → ${story.called.name ?? story.called.number}`
    : history.story
  return (
    <Page
      title={title}
      tools={
        <>
          <Link to="/calls">{history.back}</Link>
          {story && (
            <Button icon="share" onPress={() => setSharing(true)}>
              {history.share}
            </Button>
          )}
        </>
      }
    >
      {fault !== undefined && (
        <Banner tone={story ? 'warn' : 'bad'}>
          {story && loadedAtMs !== undefined && !(fault instanceof ApiFault && fault.status === 404)
            ? history.lastTruth(format.time(loadedAtMs))
            : faultText(words, fault)}
        </Banner>
      )}
      {story && (
        <>
          <Quiet>
            {format.dateTime(Date.parse(story.startedAt))}
            {story.answeredAt !== undefined &&
              story.endedAt !== undefined &&
              `, ${history.lengthOf(format.duration(Date.parse(story.endedAt) - Date.parse(story.answeredAt)))}`}
          </Quiet>
          <StoryView story={story} />
          {recordings.length > 0 && (
            <Card title={history.recordings}>
              <div className={css.recordings}>
                {recordings.map((recording) => (
                  <RecordingPlayer key={recording.id} recording={recording} />
                ))}
              </div>
            </Card>
          )}
          {seesMessages && (
            <Card
              title={history.ladder}
              tools={
                <Button
                  onPress={() =>
                    messages ? viewModel.hideMessages() : void viewModel.loadMessages().catch(app.showFault)
                  }
                >
                  {messages ? history.hideLadder : history.showLadder}
                </Button>
              }
            >
              <Quiet>{history.ladderHint}</Quiet>
              {messages && <LadderView messages={messages} {...(names ? { names } : {})} />}
            </Card>
          )}
          {isSharing && <ShareDialog callId={callId} onClose={() => setSharing(false)} />}
        </>
      )}
    </Page>
  )
}
