import { useApp } from '../../app/use-app.ts'
import { Button, Line, Quiet } from '../../look/index.ts'
import { useText } from '../../words/use-text.ts'
import { accountSentences } from './sentences.ts'

/** Says that changes hold at once, and leads to where they can wait. */
export function AtOnce() {
  const text = useText(accountSentences)
  const { router } = useApp()
  return (
    <>
      <Quiet>{text('atOnce')}</Quiet>
      <Line>
        <Button size="small" onPress={() => router.go('/admin/centre/channels')}>
          {text('toDraft')}
        </Button>
      </Line>
    </>
  )
}
