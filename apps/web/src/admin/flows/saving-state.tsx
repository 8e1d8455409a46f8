import { faultText } from '../../app/app.ts'
import { useApp } from '../../app/use-app.ts'
import { useValue } from '../../base/use-value.ts'
import { Button } from '../../look/index.ts'
import { useWords } from '../../words/use-words.ts'
import type { FlowEditor } from './flow-editor.ts'
import { useFlowWords } from './use-flow-words.ts'

/** Whether the server keeps what is drawn; where somebody else was faster, the way out. */
export function SavingState({ editor }: { readonly editor: FlowEditor }) {
  const text = useFlowWords()
  const words = useWords()
  const { api, toasts } = useApp()
  const saving = useValue(editor.saving)
  if (saving === 'overtaken') {
    const load = () =>
      void api.call('readFlow', { params: { flowId: editor.flow.get().id } }).then(
        (flow) => editor.take(flow),
        (error: unknown) => toasts.show({ tone: 'bad', text: faultText(words, error) }),
      )
    return (
      <span role="alert">
        {text('overtaken')}{' '}
        <Button size="small" onPress={load}>
          {text('loadTheirs')}
        </Button>
      </span>
    )
  }
  return <span role="status">{text(saving === 'saved' ? 'saved' : saving === 'failed' ? 'saveFailed' : 'saving')}</span>
}
