import { faultText } from '../../app/app.ts'
import { useApp } from '../../app/use-app.ts'
import { Banner, Button, Line, useQuestion } from '../../look/index.ts'
import { useWords } from '../../words/use-words.ts'
import type { CentreProps } from './centre-props.ts'
import { useCentreText } from './use-centre-text.ts'

/** Says that something is changed and not published, wherever one looks. */
export function DraftBanner({
  model,
  view,
  onLook,
}: Omit<CentreProps, 'users'> & { readonly onLook: (() => void) | undefined }) {
  const words = useWords()
  const text = useCentreText()
  const { toasts } = useApp()
  const { ask, dialog } = useQuestion((error) => faultText(words, error))
  if (!view.hasDraft) return null
  const askDrop = () =>
    ask({
      title: text('drop'),
      text: text('dropAsk'),
      yes: text('drop'),
      isDanger: true,
      run: async () => {
        await model.drop()
        toasts.show({ tone: 'good', text: text('dropped') })
      },
    })
  const names = view.conflicts.map(({ name }) => name).join(', ')
  return (
    <>
      {dialog}
      <Banner
        tone="info"
        tools={
          <Line>
            <Button onPress={askDrop}>{text('drop')}</Button>
            {onLook && (
              <Button kind="primary" onPress={onLook}>
                {text('lookAndPublish')}
              </Button>
            )}
          </Line>
        }
      >
        {text('draftChanges', { changes: view.changes.total })}{' '}
        {view.changedBy !== undefined && text('draftBy', { name: view.changedBy })}
      </Banner>
      {view.conflicts.length > 0 && <Banner tone="warn">{text('conflicts', { names })}</Banner>}
    </>
  )
}
